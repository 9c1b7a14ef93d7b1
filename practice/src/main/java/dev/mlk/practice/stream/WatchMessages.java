package dev.mlk.practice.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A watch over WebSocket: one text message an event. Java and JavaScript clients ask for watches so
 * first, and the JDK's waits for the end of any other answer, which a watch does not have.
 */
public final class WatchMessages {
  private WatchMessages() {}

  /**
   * The upgrade of a watch, when the client asks for one.
   *
   * @param requestHeaders the request's headers, names in lower case
   * @param events the watch's events, a line each
   */
  public static Optional<Upgrade> of(Map<String, List<String>> requestHeaders, InputStream events) {
    if (!Offers.first(requestHeaders, "upgrade").equalsIgnoreCase("websocket")) {
      return Optional.empty();
    }
    return Optional.of(
        Upgrade.of(
            WebSocketProtocols.accepted(requestHeaders),
            (in, out) -> hold(events, new WebSocketConnection(in, out))));
  }

  private static void hold(InputStream events, WebSocketConnection connection)
      throws IOException, InterruptedException {
    try (events) {
      Connected.run(() -> send(events, connection), () -> listen(connection), connection::close);
    }
  }

  private static void send(InputStream events, WebSocketConnection connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      connection.writeText(line);
    }
  }

  /** A watcher says nothing; reading answers its pings and notices when it goes. */
  private static void listen(WebSocketConnection connection) throws IOException {
    Optional<byte[]> message = connection.read();
    while (message.isPresent()) {
      message = connection.read();
    }
  }
}
