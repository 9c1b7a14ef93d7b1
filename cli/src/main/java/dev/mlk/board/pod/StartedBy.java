package dev.mlk.board.pod;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process looks at something in a cluster, so that a later one of the same machine can tell
 * whether it still does.
 *
 * @param host the machine
 * @param pid the process
 * @param since when the process began, in milliseconds since 1970: numbers are used again
 */
record StartedBy(String host, long pid, long since) {
  /** This process. */
  static StartedBy self() {
    ProcessHandle self = ProcessHandle.current();
    return new StartedBy(thisMachine(), self.pid(), start(self));
  }

  private static String thisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Short enough for the name of an annotation, and another one for every process. */
  String id() {
    return pid
        + "-"
        + Long.toString(since, Character.MAX_RADIX)
        + "-"
        + Integer.toHexString(host.hashCode());
  }

  /** As an annotation holds it. */
  String text() {
    return host + " " + pid + " " + since;
  }

  static Optional<StartedBy> parse(String text) {
    String[] words = text.split(" ", -1);
    try {
      return words.length == 3
          ? Optional.of(new StartedBy(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it ran on this machine and is no more; of other machines nothing is known. */
  boolean isGone() {
    return host.equals(thisMachine())
        && ProcessHandle.of(pid).filter(process -> start(process) == since).isEmpty();
  }
}
