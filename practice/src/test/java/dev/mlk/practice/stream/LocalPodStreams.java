package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node agent that knows a single pod: commands are programs of this machine, attaching leads to a
 * program that repeats its input, ports are this machine's.
 */
final class LocalPodStreams implements PodStreams {
  final AtomicReference<TerminalSize> size = new AtomicReference<>();
  final List<Process> processes = new CopyOnWriteArrayList<>();

  @Override
  public InputStream log(Target target, LogOptions options) throws IOException {
    throw new IOException("no logs here");
  }

  @Override
  public RunningCommand exec(Target target, List<String> command, boolean terminal)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(terminal).start();
    processes.add(process);
    return new Local(process);
  }

  @Override
  public RunningCommand attach(Target target, boolean terminal) throws IOException {
    return exec(target, List.of("cat"), terminal);
  }

  @Override
  public Socket connect(Target target, int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private final class Local implements RunningCommand {
    private final Process process;

    Local(Process process) {
      this.process = process;
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public void resize(TerminalSize now) {
      size.set(now);
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
