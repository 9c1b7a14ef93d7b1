package dev.mlk.practice;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;

/** An agent of which nobody asks for a log, a command or a port. */
class UnreachablePods implements PodStreams {
  @Override
  public InputStream log(Target target, LogOptions options) throws IOException {
    throw new IOException("no logs here");
  }

  @Override
  public RunningCommand exec(Target target, List<String> command, boolean terminal)
      throws IOException {
    throw new IOException("no commands here");
  }

  @Override
  public RunningCommand attach(Target target, boolean terminal) throws IOException {
    throw new IOException("nothing to attach to here");
  }

  @Override
  public Socket connect(Target target, int port) throws IOException {
    throw new IOException("no ports here");
  }
}
