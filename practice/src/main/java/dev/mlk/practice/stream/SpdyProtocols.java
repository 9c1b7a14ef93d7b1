package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is spoken over SPDY/3.1, which kubectl used before WebSocket and falls back to. */
final class SpdyProtocols {
  private static final String VERSION = "X-Stream-Protocol-Version";
  private static final List<String> COMMANDS =
      List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");
  private static final List<String> PORTS = List.of("portforward.k8s.io");

  private SpdyProtocols() {}

  static Optional<Upgrade> choose(
      Map<String, List<String>> requestHeaders, PodStream wanted, PodStreams streams) {
    List<String> offers = Offers.of(requestHeaders, "x-stream-protocol-version");
    List<String> known = wanted instanceof PodStream.Ports ? PORTS : COMMANDS;
    Optional<String> chosen = Offers.choose(offers, known);
    if (chosen.isEmpty() && !offers.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "SPDY/3.1");
    headers.put("Connection", "Upgrade");
    chosen.ifPresent(version -> headers.put(VERSION, version));
    String version = chosen.orElse("channel.k8s.io");
    return Optional.of(
        Upgrade.of(
            headers,
            switch (wanted) {
              case PodStream.Command command ->
                  (in, out) ->
                      new SpdyCommand(streams, command, version).hold(new SpdyConnection(in, out));
              case PodStream.Ports ports ->
                  (in, out) -> new SpdyPorts(streams, ports).hold(new SpdyConnection(in, out));
            }));
  }
}
