package dev.mlk.sweep.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process that runs a sweep.
 *
 * @param host the name of its machine or pod
 * @param pid its process
 * @param started when the process started, in milliseconds since 1970
 */
record Holder(String host, long pid, long started) {
  private static final Path HOST_NAME = Path.of("/etc/hostname");

  /** Start times are told to a hundredth of a second, counted from the start of the machine. */
  private static final long TOLERANCE = 2000;

  /** This process. */
  static Holder self(Map<String, String> environment) {
    ProcessHandle own = ProcessHandle.current();
    return new Holder(host(environment), own.pid(), started(own));
  }

  private static String host(Map<String, String> environment) {
    String name = environment.getOrDefault("HOSTNAME", "");
    try {
      if (name.isEmpty() && Files.isReadable(HOST_NAME)) {
        name = Files.readString(HOST_NAME).strip();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name.isEmpty() ? environment.getOrDefault("COMPUTERNAME", "localhost") : name;
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** As a Lease names its holder. */
  String text() {
    return host + "_" + pid + "_" + started;
  }

  /** Whether that holder was a process of this machine which has ended. */
  boolean knowsToBeGone(String text) {
    Optional<Holder> other = read(text).filter(holder -> holder.host.equals(host));
    if (other.isEmpty()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(other.get().pid);
    return process.isEmpty() || Math.abs(started(process.get()) - other.get().started) > TOLERANCE;
  }

  /** The machine or pod in such a text; the text itself where others have written it. */
  static String host(String text) {
    return read(text).map(Holder::host).orElse(text);
  }

  private static Optional<Holder> read(String text) {
    int last = text.lastIndexOf('_');
    int middle = text.lastIndexOf('_', last - 1);
    if (middle < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Holder(
              text.substring(0, middle),
              Long.parseLong(text.substring(middle + 1, last)),
              Long.parseLong(text.substring(last + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
