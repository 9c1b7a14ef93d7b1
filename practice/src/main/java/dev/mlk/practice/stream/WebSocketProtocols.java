package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is spoken over WebSocket: the channel protocols, and SPDY inside of messages. */
final class WebSocketProtocols {
  private static final String ACCEPT_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
  private static final List<String> COMMANDS =
      List.of(
          "v5.channel.k8s.io",
          "v4.channel.k8s.io",
          "v4.base64.channel.k8s.io",
          "channel.k8s.io",
          "base64.channel.k8s.io");
  private static final List<String> PORTS =
      List.of(TUNNEL, "v4.channel.k8s.io", "v4.base64.channel.k8s.io", "portforward.k8s.io");

  private WebSocketProtocols() {}

  static Optional<Upgrade> choose(
      Map<String, List<String>> requestHeaders, PodStream wanted, PodStreams streams) {
    List<String> offers = Offers.of(requestHeaders, "sec-websocket-protocol");
    List<String> known = wanted instanceof PodStream.Ports ? PORTS : COMMANDS;
    Optional<String> chosen = Offers.choose(offers, known);
    if (chosen.isEmpty() && !offers.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = accepted(requestHeaders);
    chosen.ifPresent(protocol -> headers.put("Sec-WebSocket-Protocol", protocol));
    String protocol = chosen.orElse("");
    return Optional.of(
        Upgrade.of(
            headers,
            switch (wanted) {
              case PodStream.Command command ->
                  (in, out) ->
                      new WebSocketCommand(streams, command, protocol)
                          .hold(new WebSocketConnection(in, out));
              case PodStream.Ports ports ->
                  (in, out) -> ports(streams, ports, protocol, new WebSocketConnection(in, out));
            }));
  }

  /** The headers that accept a WebSocket (RFC 6455, section 4.2.2). */
  static Map<String, String> accepted(Map<String, List<String>> requestHeaders) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Accept", accept(Offers.first(requestHeaders, "sec-websocket-key")));
    return headers;
  }

  private static void ports(
      PodStreams streams, PodStream.Ports ports, String protocol, WebSocketConnection connection)
      throws IOException, InterruptedException {
    if (protocol.equals(TUNNEL)) {
      InputStream in = new TunnelInput(connection);
      OutputStream out = new TunnelOutput(connection);
      new SpdyPorts(streams, ports).hold(new SpdyConnection(in, out));
      connection.close();
    } else {
      new WebSocketPorts(streams, ports, protocol.contains("base64")).hold(connection);
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_KEY).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
