package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of a pod over the channels of a WebSocket: two channels for each port, one for data and one
 * for errors, and one connection to the port. Each channel begins with the port's number, low byte
 * first.
 */
final class WebSocketPorts {
  private final PodStreams pods;
  private final PodStream.Ports wanted;
  private final boolean base64;

  WebSocketPorts(PodStreams pods, PodStream.Ports wanted, boolean base64) {
    this.pods = pods;
    this.wanted = wanted;
    this.base64 = base64;
  }

  void hold(WebSocketConnection connection) throws IOException, InterruptedException {
    WebSocketChannels channels = new WebSocketChannels(connection, base64);
    List<PortRelay> relays = new ArrayList<>();
    for (int i = 0; i < wanted.ports().size(); i++) {
      int port = wanted.ports().get(i);
      byte[] number = {(byte) port, (byte) (port >> 8)};
      channels.send(2 * i, number, 0, 2);
      channels.send(2 * i + 1, number, 0, 2);
      relays.add(new PortRelay(channels.input(2 * i), channels.output(2 * i), port));
    }
    Connected.run(() -> relay(relays, channels), channels::readAll, connection::close);
  }

  private void relay(List<PortRelay> relays, WebSocketChannels channels)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < relays.size(); i++) {
      PortRelay relay = relays.get(i);
      int error = 2 * i + 1;
      threads.add(
          Thread.ofVirtual()
              .name("port " + relay.port())
              .start(() -> connect(relay, channels, error)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      threads.forEach(Thread::interrupt);
      relays.forEach(PortRelay::close);
    }
  }

  private void connect(PortRelay relay, WebSocketChannels channels, int error) {
    try (Socket socket = pods.connect(wanted.target(), relay.port())) {
      relay.run(socket);
    } catch (IOException e) {
      byte[] text = PortRelay.failure(wanted, relay.port(), e).getBytes(StandardCharsets.UTF_8);
      try {
        channels.send(error, text, 0, text.length);
      } catch (IOException gone) {
        e.addSuppressed(gone);
      }
    }
  }
}
