package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A way of talking that client and server share, and what is to be done over it. */
public final class Upgrade {
  private final Map<String, String> headers;
  private final Conversation conversation;

  private Upgrade(Map<String, String> headers, Conversation conversation) {
    this.headers = headers;
    this.conversation = conversation;
  }

  /** What happens on the connection after the upgrade. */
  interface Conversation {
    void hold(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * The best protocol of those that the client offers.
   *
   * @param requestHeaders the request's headers, names in lower case
   * @return empty when the client asks for no upgrade, or for none that is known here
   */
  public static Optional<Upgrade> choose(
      Map<String, List<String>> requestHeaders, PodStream wanted, PodStreams streams) {
    String protocol = Offers.first(requestHeaders, "upgrade");
    if (protocol.toLowerCase(Locale.ROOT).equals("websocket")) {
      return WebSocketProtocols.choose(requestHeaders, wanted, streams);
    }
    if (protocol.equals("SPDY/3.1")) {
      return SpdyProtocols.choose(requestHeaders, wanted, streams);
    }
    return Optional.empty();
  }

  static Upgrade of(Map<String, String> headers, Conversation conversation) {
    return new Upgrade(Map.copyOf(headers), conversation);
  }

  /** The headers of the answer with status 101. */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Talks until one side ends it; blocks.
   *
   * @param in what the client sends after its request
   * @param out what the client gets after the answer's head; flushed when something is to be seen
   * @throws IOException when the connection breaks
   */
  public void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
    conversation.hold(in, out);
  }
}
