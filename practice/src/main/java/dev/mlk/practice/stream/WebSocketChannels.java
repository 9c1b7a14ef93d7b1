package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Several streams over one WebSocket, as Kubernetes' channel protocols carry them: the first byte
 * of each message is the number of its stream. In the base64 forms it is a digit, and text follows.
 */
final class WebSocketChannels {
  /** In version 5 the client ends a stream with this number and the stream's. */
  private static final int CLOSE = 255;

  private final WebSocketConnection connection;
  private final boolean base64;
  private final Map<Integer, Pipe> inputs = new ConcurrentHashMap<>();

  WebSocketChannels(WebSocketConnection connection, boolean base64) {
    this.connection = connection;
    this.base64 = base64;
  }

  /** What the client sends on a channel; asked for before reading begins. */
  InputStream input(int channel) {
    return inputs.computeIfAbsent(channel, _ -> new Pipe());
  }

  /** What the client gets on a channel. */
  OutputStream output(int channel) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        send(channel, bytes, from, length);
      }
    };
  }

  /** Sends one message, even an empty one, which tells the client that all is in place. */
  void send(int channel, byte[] bytes, int from, int length) throws IOException {
    if (base64) {
      byte[] part = Arrays.copyOfRange(bytes, from, from + length);
      connection.writeText(channel + Base64.getEncoder().encodeToString(part));
      return;
    }
    byte[] message = new byte[length + 1];
    message[0] = (byte) channel;
    System.arraycopy(bytes, from, message, 1, length);
    connection.write(message);
  }

  /** Hands the client's messages to their streams until the connection ends, then ends them all. */
  void readAll() throws IOException, InterruptedException {
    try {
      Optional<byte[]> message = connection.read();
      while (message.isPresent()) {
        take(message.get());
        message = connection.read();
      }
    } finally {
      inputs.values().forEach(Pipe::end);
    }
  }

  private void take(byte[] message) throws InterruptedException {
    if (message.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(message, 1, message.length);
    int channel = message[0] & 0xff;
    if (base64) {
      channel -= '0';
      rest = Base64.getDecoder().decode(new String(rest, StandardCharsets.US_ASCII));
    } else if (channel == CLOSE && rest.length == 1) {
      Pipe ended = inputs.get(rest[0] & 0xff);
      if (ended != null) {
        ended.end();
      }
      return;
    }
    Pipe input = inputs.get(channel);
    if (input != null) {
      input.put(rest);
    }
  }
}
