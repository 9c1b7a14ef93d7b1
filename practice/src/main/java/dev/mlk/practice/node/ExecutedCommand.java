package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.kubelet.PodStreams.TerminalSize;
import dev.mlk.practice.node.process.LocalProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A command that runs beside a container's process. */
record ExecutedCommand(LocalProcess process) implements RunningCommand {
  @Override
  public OutputStream stdin() {
    return process.stdin();
  }

  @Override
  public InputStream stdout() {
    return process.stdout();
  }

  @Override
  public InputStream stderr() {
    return process.stderr();
  }

  @Override
  public void resize(TerminalSize size) {
    process.resize(size.columns(), size.rows());
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return process.exit().get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  @Override
  public void close() {
    process.kill();
  }
}
