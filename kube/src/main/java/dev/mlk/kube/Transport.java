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

  @Override
  void close();
}
