package dev.mlk.practice.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A small shell process that outlives this JVM just long enough to end the pods' processes. It
 * waits for the end of its standard input, which the kernel brings about however the JVM ends, and
 * is started again should it be ended itself.
 */
final class Guardian implements AutoCloseable {
  private final List<String> command;
  private final Set<Long> sessions = new TreeSet<>();
  private Process process;
  private OutputStream line;
  private boolean closed;

  /**
   * Starts the guardian.
   *
   * @param launcher what makes a session of its own, see {@link Sessions}
   * @param mark the text in the environment of all of the cluster's processes
   */
  Guardian(List<String> launcher, String mark) throws IOException {
    command = new ArrayList<>(launcher);
    command.addAll(List.of("/bin/sh", "-c", script(), "mlk-guardian", mark));
    start();
  }

  synchronized void began(long session) {
    sessions.add(session);
    tell("+ " + session);
  }

  synchronized void ended(long session) {
    sessions.remove(session);
    tell("- " + session);
  }

  /** The guardian's own process. */
  synchronized long pid() {
    return process.pid();
  }

  private synchronized void start() throws IOException {
    if (closed) {
      return;
    }
    process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    line = process.getOutputStream();
    for (long session : sessions) {
      tell("+ " + session);
    }
    var _ = process.onExit().thenRun(this::startAgain);
  }

  private void startAgain() {
    try {
      start();
    } catch (IOException e) {
      System.getLogger(Guardian.class.getName())
          .log(System.Logger.Level.WARNING, "no guardian for the pods' processes", e);
    }
  }

  private void tell(String news) {
    try {
      line.write((news + "\n").getBytes(StandardCharsets.US_ASCII));
      line.flush();
    } catch (IOException e) {
      // It has ended; its successor is told of all sessions anew.
      return;
    }
  }

  /** Lets the guardian do its last sweep and waits for its end. */
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
      try {
        line.close();
      } catch (IOException e) {
        last.destroyForcibly();
      }
    }
    try {
      if (!last.waitFor(10, TimeUnit.SECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String script() {
    try (InputStream text = Guardian.class.getResourceAsStream("guardian.sh")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
