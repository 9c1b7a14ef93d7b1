package dev.mlk.kube;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Messages over a connection that was upgraded to WebSocket (RFC 6455), client's side: what exec
 * and port-forward speak. One thread reads, any thread writes.
 */
public final class WebSocket implements AutoCloseable {
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int LARGEST = 32 << 20;
  private static final byte[] NORMAL = {0x03, (byte) 0xe8};

  private final Connection connection;
  private final SecureRandom random = new SecureRandom();
  private boolean said;

  WebSocket(Connection connection) {
    this.connection = connection;
  }

  /**
   * The next message; empty when the server has said goodbye.
   *
   * @throws IOException when the connection breaks, or speaks something else
   */
  public Optional<byte[]> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      byte[] head = exactly(2);
      int kind = head[0] & 0x0f;
      byte[] content = exactly(length(head[1] & 0xff));
      switch (kind) {
        case CLOSE -> {
          farewell();
          return Optional.empty();
        }
        case PING -> send(PONG, content);
        case PONG -> {
          // Nothing waits for it.
        }
        default -> {
          if (kind > BINARY || message.size() + content.length > LARGEST) {
            throw new IOException("a WebSocket frame of kind " + kind + " that makes no sense");
          }
          message.writeBytes(content);
          if ((head[0] & LAST) != 0) {
            return Optional.of(message.toByteArray());
          }
        }
      }
    }
  }

  private int length(int first) throws IOException {
    if ((first & MASKED) != 0) {
      throw new IOException("a server's WebSocket frame is masked");
    }
    long length =
        switch (first) {
          case SHORT -> ByteBuffer.wrap(exactly(2)).getShort() & 0xffff;
          case LONG -> ByteBuffer.wrap(exactly(8)).getLong();
          default -> first;
        };
    if (length < 0 || length > LARGEST) {
      throw new IOException("a WebSocket frame of " + length + " bytes");
    }
    return (int) length;
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      int more = connection.read(bytes, have, count - have);
      if (more < 0) {
        throw new EOFException("the server closed the connection");
      }
      have += more;
    }
    return bytes;
  }

  /** Sends a binary message. */
  public void write(byte[] message) throws IOException {
    send(BINARY, message);
  }

  private synchronized void send(int kind, byte[] content) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(content.length + 14);
    frame.put((byte) (LAST | kind));
    if (content.length < SHORT) {
      frame.put((byte) (MASKED | content.length));
    } else if (content.length <= 0xffff) {
      frame.put((byte) (MASKED | SHORT)).putShort((short) content.length);
    } else {
      frame.put((byte) (MASKED | LONG)).putLong(content.length);
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    frame.put(mask);
    for (int i = 0; i < content.length; i++) {
      frame.put((byte) (content[i] ^ mask[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    connection.write(bytes);
  }

  private synchronized void farewell() {
    if (said) {
      return;
    }
    said = true;
    try {
      send(CLOSE, NORMAL);
    } catch (IOException e) {
      // The server did not wait for an answer to its own goodbye.
    }
  }

  /** Says goodbye and lets go; who reads at this moment gets an exception. */
  @Override
  public void close() {
    farewell();
    connection.close();
  }
}
