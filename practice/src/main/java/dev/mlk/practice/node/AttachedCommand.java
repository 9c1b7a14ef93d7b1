package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.kubelet.PodStreams.TerminalSize;
import dev.mlk.practice.node.process.LocalProcess;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.JsonNode;

/** A container's own process, as somebody who attaches sees it. */
final class AttachedCommand implements RunningCommand {
  private static final int BUFFER = 256 * 1024;

  private final ProcessWorkload workload;
  private final LocalProcess process;
  private final PipedInputStream output = new PipedInputStream(BUFFER);
  private final PipedOutputStream tap;
  private final OutputStream input;

  private AttachedCommand(ProcessWorkload workload, LocalProcess process, JsonNode container)
      throws IOException {
    this.workload = workload;
    this.process = process;
    this.tap = new PipedOutputStream(output);
    boolean takesInput = container.path("stdin").asBoolean(false);
    boolean once = container.path("stdinOnce").asBoolean(false);
    this.input = takesInput ? input(process.stdin(), once) : OutputStream.nullOutputStream();
  }

  static AttachedCommand to(ProcessWorkload workload, JsonNode container) throws IOException {
    LocalProcess process =
        workload.process().orElseThrow(() -> new IOException("the container has no process"));
    AttachedCommand attached = new AttachedCommand(workload, process, container);
    workload.attach(attached.tap);
    return attached;
  }

  /** The input ends with the first who attaches only when the container says so. */
  private static OutputStream input(OutputStream stdin, boolean once) {
    return new FilterOutputStream(stdin) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (once) {
          super.close();
        } else {
          flush();
        }
      }
    };
  }

  @Override
  public OutputStream stdin() {
    return input;
  }

  @Override
  public InputStream stdout() {
    return output;
  }

  @Override
  public InputStream stderr() {
    return InputStream.nullInputStream();
  }

  @Override
  public void resize(TerminalSize size) {
    process.resize(size.columns(), size.rows());
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return workload.exit().get().code();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  @Override
  public void close() {
    workload.detach(tap);
    try {
      tap.close();
    } catch (IOException e) {
      System.getLogger(AttachedCommand.class.getName())
          .log(System.Logger.Level.TRACE, "detaching", e);
    }
  }
}
