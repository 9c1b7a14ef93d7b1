package dev.mlk.practice.kubernetes;

import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.Processes;
import dev.mlk.practice.node.process.Program;
import dev.mlk.practice.pki.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One process of the control plane, kept running: when it ends it is started again from its state,
 * sooner at first than later. Its output goes to a file, of which the last start's is kept as well.
 */
final class Component implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Component.class.getName());

  /** Writes where the first argument says, in the process itself. */
  private static final String TO_FILE = "umask 077; exec \"$@\" >\"$0\" 2>&1";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final int LAST_WORDS = 6;

  private final String name;
  private final Processes processes;
  private final Program program;
  private final Path log;
  private LocalProcess running;
  private boolean closed;

  /**
   * Starts it.
   *
   * @param folder the folder of the control plane: logs and numbers of processes
   */
  Component(
      String name,
      Processes processes,
      List<String> command,
      Map<String, String> environment,
      Path folder)
      throws IOException {
    this.name = name;
    this.processes = processes;
    this.log = folder.resolve(name + ".log");
    List<String> arguments = new ArrayList<>(List.of("/bin/sh", "-c", TO_FILE, log.toString()));
    arguments.addAll(command);
    this.program = new Program(arguments, environment, folder, false, false, true);
    start();
  }

  /** From now on it is started again whenever it ends. */
  void keepAlive() {
    Thread.ofVirtual().name(name).start(this::keep);
  }

  private synchronized void start() throws IOException {
    if (closed) {
      return;
    }
    if (Files.exists(log)) {
      Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    running = processes.start(program, name + "/");
    Path fresh = log.resolveSibling(name + ".pid.new");
    PrivateFile.write(fresh, Long.toString(running.pid()));
    Files.move(
        fresh,
        log.resolveSibling(name + ".pid"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized LocalProcess running() {
    return running;
  }

  private synchronized boolean closed() {
    return closed;
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    while (!closed()) {
      long begun = System.nanoTime();
      int code = running().exit().join();
      if (closed()) {
        return;
      }
      boolean stable = System.nanoTime() - begun > STABLE.toNanos();
      pause = stable ? FIRST_PAUSE : pause;
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} ended with code {1} and is started again; its log is {2}.1",
          name,
          Integer.toString(code),
          log.toString());
      LockSupport.parkNanos(pause.toNanos());
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      try {
        start();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, name + " cannot be started again", e);
      }
    }
  }

  /** Throws, with what it last wrote, when it has ended. */
  void requireAlive() throws IOException {
    if (running().exit().isDone()) {
      throw new IOException(
          name + " ended as soon as it had started; the end of " + log + ":\n" + lastWords());
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> telling =
        lines.stream()
            .filter(line -> line.matches("[EF][0-9]{4} .*|.*(?i)(error|fatal).*"))
            .toList();
    List<String> shown = telling.isEmpty() ? lines : telling;
    return String.join("\n", shown.subList(Math.max(0, shown.size() - LAST_WORDS), shown.size()));
  }

  long pid() {
    return running().pid();
  }

  /** Asks it to end; it is not started again. */
  synchronized void stop() {
    closed = true;
    running.terminate();
  }

  /** Waits for its end after {@link #stop}, and ends it when that takes too long. */
  void awaitEnd(Duration patience) {
    try {
      running().exit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Nothing is lost: what was acknowledged is in etcd's files.
      running().kill();
    } catch (InterruptedException e) {
      running().kill();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    awaitEnd(Duration.ofSeconds(2));
  }
}
