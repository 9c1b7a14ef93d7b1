package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes of one message after the other. */
final class TunnelInput extends InputStream {
  private final WebSocketConnection connection;
  private byte[] message = {};
  private int offset;

  TunnelInput(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    while (offset == message.length) {
      Optional<byte[]> next = connection.read();
      if (next.isEmpty()) {
        return -1;
      }
      message = next.get();
      offset = 0;
    }
    int count = Math.min(length, message.length - offset);
    System.arraycopy(message, offset, target, from, count);
    offset += count;
    return count;
  }
}
