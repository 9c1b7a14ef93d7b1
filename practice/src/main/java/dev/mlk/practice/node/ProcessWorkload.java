package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.process.LocalProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container that is a process; what it writes goes to its log and to whoever is attached. */
final class ProcessWorkload implements Workload {
  private static final System.Logger LOG = System.getLogger(ProcessWorkload.class.getName());

  private final LocalProcess process;
  private final ContainerLog log;
  private final CompletableFuture<Void> logged = new CompletableFuture<>();
  private final CompletableFuture<Exit> exit;
  private final List<OutputStream> attached = new CopyOnWriteArrayList<>();
  private boolean ended;
  private boolean lost;
  private volatile boolean outOfMemory;

  ProcessWorkload(LocalProcess process, ContainerLog log, String name) {
    this.process = process;
    this.log = log;
    this.exit =
        process
            .exit()
            .thenCombine(logged, (code, _) -> new Exit(outOfMemory ? 137 : code, outOfMemory));
    // Reading a pipe blocks a carrier thread, so it has a thread of its own.
    Thread.ofPlatform().daemon().name("log of " + name).start(this::pump);
  }

  private void pump() {
    byte[] buffer = new byte[16 * 1024];
    try (InputStream output = process.stdout()) {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        keep(buffer, count);
        pass(buffer, count);
      }
    } catch (IOException e) {
      // A terminal ends so when its last program does.
      LOG.log(System.Logger.Level.TRACE, "end of output", e);
    } finally {
      end();
    }
  }

  /** A full disk costs lines of the log, but must not block the program or break its pipe. */
  private void keep(byte[] buffer, int count) {
    try {
      log.write(buffer, 0, count);
    } catch (IOException e) {
      if (!lost) {
        LOG.log(System.Logger.Level.WARNING, "lines of a log are lost: {0}", e.getMessage());
      }
      lost = true;
    }
  }

  private void end() {
    try {
      log.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the end of a log is lost: {0}", e.getMessage());
    }
    synchronized (attached) {
      ended = true;
    }
    attached.forEach(ProcessWorkload::close);
    logged.complete(null);
  }

  private static void close(OutputStream output) {
    try {
      output.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.TRACE, "detaching", e);
    }
  }

  private void pass(byte[] buffer, int count) {
    attached.removeIf(each -> !passed(each, buffer, count));
  }

  private static boolean passed(OutputStream output, byte[] buffer, int count) {
    try {
      output.write(buffer, 0, count);
      output.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Also writes what comes from now on there, and closes it at the end of the output. */
  void attach(OutputStream output) {
    synchronized (attached) {
      if (!ended) {
        attached.add(output);
        return;
      }
    }
    close(output);
  }

  void detach(OutputStream output) {
    attached.remove(output);
  }

  @Override
  public CompletableFuture<Exit> exit() {
    return exit;
  }

  @Override
  public void terminate() {
    process.terminate();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void killForMemory() {
    outOfMemory = true;
    process.kill();
  }

  @Override
  public Optional<Usage> simulatedUse() {
    return Optional.empty();
  }

  @Override
  public Optional<LocalProcess> process() {
    return Optional.of(process);
  }
}
