package dev.mlk.practice.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands for the node agent before there is one: the agent is a client of the API server and starts
 * after it.
 */
public final class LatePodStreams implements PodStreams {
  private final AtomicReference<Optional<PodStreams>> agent =
      new AtomicReference<>(Optional.empty());

  /** From now on that agent is asked. */
  public void become(PodStreams streams) {
    agent.set(Optional.of(streams));
  }

  @Override
  public InputStream log(Target target, LogOptions options) throws IOException {
    return present().log(target, options);
  }

  @Override
  public RunningCommand exec(Target target, List<String> command, boolean terminal)
      throws IOException {
    return present().exec(target, command, terminal);
  }

  @Override
  public RunningCommand attach(Target target, boolean terminal) throws IOException {
    return present().attach(target, terminal);
  }

  @Override
  public Socket connect(Target target, int port) throws IOException {
    return present().connect(target, port);
  }

  @Override
  public NodeUsage usage() {
    return agent.get().map(PodStreams::usage).orElse(NodeUsage.NONE);
  }

  private PodStreams present() throws IOException {
    return agent.get().orElseThrow(() -> new IOException("no node agent runs in this cluster"));
  }
}
