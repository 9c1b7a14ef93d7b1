package dev.mlk.practice.node.process;

import com.pty4j.PtyProcess;
import com.pty4j.WinSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running program and everything that it started. */
public final class LocalProcess {
  private final Process process;
  private final String mark;
  private final Processes owner;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  LocalProcess(Process process, String mark, Processes owner) {
    this.process = process;
    this.mark = mark;
    this.owner = owner;
  }

  /** Begins to wait for the end. */
  void watch() {
    var _ = process.onExit().thenAcceptAsync(this::swept, owner.executor());
  }

  private void swept(Process ended) {
    owner.tree().kill(process.pid(), mark);
    owner.ended(this);
    exit.complete(ended.exitValue());
  }

  /** The leader's number, which is also its session's. */
  public long pid() {
    return process.pid();
  }

  /**
   * The exit code, once the leader has ended and nothing that it started is left; 128 and the
   * signal's number after a signal.
   */
  public CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  /** Where its standard input comes from. */
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  /** What it writes. */
  public InputStream stdout() {
    return process.getInputStream();
  }

  /** What it writes as errors; nothing when those are merged or there is a terminal. */
  public InputStream stderr() {
    return process.getErrorStream();
  }

  /** Tells the terminal its size in characters; nothing happens without one. */
  public void resize(int columns, int rows) {
    if (process instanceof PtyProcess terminal && process.isAlive()) {
      terminal.setWinSize(new WinSize(columns, rows));
    }
  }

  /** Asks the leader to end: SIGTERM. */
  public void terminate() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  /** Ends the whole tree at once: SIGKILL. */
  public void kill() {
    killLeader();
    owner.tree().kill(process.pid(), mark);
  }

  /** Ends the leader alone: SIGKILL. */
  void killLeader() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  boolean belongsTo(String start) {
    return mark.startsWith(start);
  }

  /** A process on a terminal does not give its handle itself. */
  private Optional<ProcessHandle> handle() {
    return process.isAlive() ? ProcessHandle.of(process.pid()) : Optional.empty();
  }
}
