package dev.mlk.practice.node;

import dev.mlk.practice.node.probe.ProbeTarget;
import dev.mlk.practice.node.process.LocalProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** A run of a container as probes and hooks reach it. */
record RunTarget(NodeRoom room, PodRef pod, ContainerSlot slot, Run run) implements ProbeTarget {
  private static final int MOST_OUTPUT = 10 * 1024;

  @Override
  public Ended execute(List<String> command, Duration timeout)
      throws IOException, InterruptedException {
    if (run.root().isEmpty()) {
      return new Ended(0, false, "");
    }
    LocalProcess process = new Beside(room, pod, slot, run).start(command, false, false, true);
    AtomicBoolean late = new AtomicBoolean();
    Runnable cancel =
        room.ticker()
            .after(
                timeout,
                () -> {
                  late.set(true);
                  room.executor().execute(process::kill);
                });
    byte[] output = process.stdout().readNBytes(MOST_OUTPUT);
    process.stdout().close();
    try {
      int code = process.exit().get();
      return new Ended(code, late.get(), new String(output, StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new IOException(e);
    } finally {
      cancel.run();
    }
  }

  @Override
  public Socket connect(String host, int port, Duration timeout) throws IOException {
    int millis = (int) timeout.toMillis();
    return host.isEmpty()
        ? room.network().connect(pod.uid(), port, millis)
        : room.network().connectTo(host, port, millis);
  }

  @Override
  public String address(String host) {
    return host.isEmpty() ? room.network().address(pod.uid()) : host;
  }

  @Override
  public int port(String numberOrName) throws IOException {
    if (!numberOrName.isEmpty() && numberOrName.chars().allMatch(Character::isDigit)) {
      return Integer.parseInt(numberOrName);
    }
    for (JsonNode port : slot.spec().path("ports")) {
      if (port.path("name").asString("").equals(numberOrName)) {
        return port.path("containerPort").asInt(0);
      }
    }
    throw new IOException("couldn't find port: \"" + numberOrName + "\"");
  }
}
