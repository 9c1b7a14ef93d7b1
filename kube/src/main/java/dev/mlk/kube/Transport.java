package dev.mlk.kube;

import java.io.IOException;

/**
 * The way to an API server: a Unix socket, TLS, or the same process. Credentials are the
 * transport's own business. Safe for many threads at once.
 */
public interface Transport extends AutoCloseable {
  /**
   * Sends a request and returns as soon as the answer's head is there.
   *
   * @throws IOException if the server cannot be reached or breaks off; an HTTP error status is an
   *     answer, not an exception
   */
  Reply send(Request request) throws IOException;

  /**
   * Asks for a WebSocket.
   *
   * @param path path and query, encoded
   * @param protocol the subprotocol, such as {@code v5.channel.k8s.io}
   * @throws IOException if the server cannot be reached, or this way to it has no WebSockets
   */
  default Upgrade upgrade(String path, String protocol) throws IOException {
    throw new IOException("this way to the cluster has no WebSockets");
  }

  /** What became of the wish for a WebSocket. */
  sealed interface Upgrade {
    /** It is open; the caller closes it. */
    record Opened(WebSocket socket) implements Upgrade {}

    /** It is refused; the caller closes the answer. */
    record Refused(Reply reply) implements Upgrade {}
  }

  @Override
  void close();
}
