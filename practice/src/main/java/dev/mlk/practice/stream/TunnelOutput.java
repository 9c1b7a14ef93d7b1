package dev.mlk.practice.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Sends what was written as one message at each flush. */
final class TunnelOutput extends OutputStream {
  private final WebSocketConnection connection;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  TunnelOutput(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void write(int one) {
    waiting.write(one);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    waiting.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (waiting.size() > 0) {
      byte[] message = waiting.toByteArray();
      waiting.reset();
      connection.write(message);
    }
  }
}
