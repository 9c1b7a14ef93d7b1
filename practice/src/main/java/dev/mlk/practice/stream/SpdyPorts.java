package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports of a pod over SPDY: for each connection that the client takes on its side it opens a stream
 * for errors and one for data, which belong together by their request id.
 */
final class SpdyPorts {
  private static final Logger LOG = System.getLogger(SpdyPorts.class.getName());

  private final PodStreams pods;
  private final PodStream.Ports wanted;
  private final Map<String, SpdyStream> waiting = new HashMap<>();
  private final Set<PortRelay> relays = ConcurrentHashMap.newKeySet();

  SpdyPorts(PodStreams pods, PodStream.Ports wanted) {
    this.pods = pods;
    this.wanted = wanted;
  }

  /** Relays until the client ends the connection. */
  void hold(SpdyConnection connection) throws InterruptedException {
    try {
      connection.readAll(this::opened);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client of ports is gone", e);
    } finally {
      relays.forEach(PortRelay::close);
    }
  }

  private void opened(SpdyStream stream) {
    String id = stream.header("requestid");
    String key = id.isEmpty() ? stream.header("port") : id;
    SpdyStream other = waiting.remove(key);
    if (other == null) {
      waiting.put(key, stream);
      return;
    }
    boolean data = stream.header("streamtype").equals("data");
    SpdyStream first = data ? stream : other;
    SpdyStream errors = data ? other : stream;
    Thread.ofVirtual().name("port " + stream.header("port")).start(() -> relay(first, errors));
  }

  private void relay(SpdyStream data, SpdyStream errors) {
    String number = data.header("port");
    int port = number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : 0;
    try (OutputStream error = errors.output()) {
      PortRelay relay = new PortRelay(data.input(), data.output(), port);
      relays.add(relay);
      try (Socket socket = pods.connect(wanted.target(), port)) {
        relay.run(socket);
      } catch (IOException e) {
        error.write(PortRelay.failure(wanted, port, e).getBytes(StandardCharsets.UTF_8));
      } finally {
        relay.close();
        relays.remove(relay);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the client of port " + port + " is gone", e);
    }
  }
}
