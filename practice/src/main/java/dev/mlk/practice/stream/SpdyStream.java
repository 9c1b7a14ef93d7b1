package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** One stream of a SPDY connection, opened by the client. */
final class SpdyStream {
  private final SpdyConnection connection;
  private final int id;
  private final Map<String, String> headers;
  private final Pipe input = new Pipe();
  private boolean ended;

  SpdyStream(SpdyConnection connection, int id, Map<String, String> headers) {
    this.connection = connection;
    this.id = id;
    this.headers = headers;
  }

  /** A header of its opening, empty when it is not there. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** What the client sends. */
  InputStream input() {
    return input;
  }

  Pipe pipe() {
    return input;
  }

  /** What the client gets; closing it ends this direction. */
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        connection.data(id, bytes, from, length, false);
      }

      @Override
      public void close() throws IOException {
        end();
      }
    };
  }

  private synchronized void end() throws IOException {
    if (!ended) {
      ended = true;
      connection.data(id, new byte[0], 0, 0, true);
    }
  }
}
