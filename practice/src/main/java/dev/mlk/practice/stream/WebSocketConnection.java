package dev.mlk.practice.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Messages over a connection that has been upgraded to WebSocket (RFC 6455), server's side. */
final class WebSocketConnection {
  private static final int LARGEST = 32 << 20;
  private static final int NORMAL = 1000;
  private static final int CHUNK = 16 << 10;

  private final InputStream in;
  private final OutputStream out;
  private final EmbeddedChannel decoder =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(
              WebSocketDecoderConfig.newBuilder()
                  .maxFramePayloadLength(LARGEST)
                  .allowExtensions(false)
                  .build()),
          new WebSocketFrameAggregator(LARGEST));
  private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
  private boolean closed;

  WebSocketConnection(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next message; empty when the client has closed the connection. One thread reads. */
  Optional<byte[]> read() throws IOException {
    while (true) {
      WebSocketFrame frame = decoder.readInbound();
      if (frame == null) {
        if (!more()) {
          return Optional.empty();
        }
        continue;
      }
      try {
        switch (frame) {
          case PingWebSocketFrame ping -> send(new PongWebSocketFrame(ping.content().copy()));
          case PongWebSocketFrame _ -> {
            // Nothing waits for it.
          }
          case CloseWebSocketFrame _ -> {
            close();
            return Optional.empty();
          }
          default -> {
            byte[] message = new byte[frame.content().readableBytes()];
            frame.content().readBytes(message);
            return Optional.of(message);
          }
        }
      } finally {
        frame.release();
      }
    }
  }

  private boolean more() throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count = in.read(chunk);
    if (count < 0) {
      return false;
    }
    decoder.writeInbound(Unpooled.wrappedBuffer(chunk, 0, count));
    return true;
  }

  /** Sends a binary message. Any thread may. */
  void write(byte[] message) throws IOException {
    send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
  }

  /** Sends a text message. Any thread may. */
  void writeText(String message) throws IOException {
    send(new TextWebSocketFrame(message));
  }

  /** Says goodbye, once. */
  synchronized void close() throws IOException {
    if (!closed) {
      send(new CloseWebSocketFrame(NORMAL, ""));
      closed = true;
    }
  }

  private synchronized void send(WebSocketFrame frame) throws IOException {
    if (closed) {
      frame.release();
      throw new IOException("the connection is closed");
    }
    encoder.writeOutbound(frame);
    drain(encoder, out);
  }

  /** Writes out all that a codec has encoded. */
  static void drain(EmbeddedChannel channel, OutputStream out) throws IOException {
    ByteBuf bytes = channel.readOutbound();
    while (bytes != null) {
      bytes.readBytes(out, bytes.readableBytes());
      bytes.release();
      bytes = channel.readOutbound();
    }
    out.flush();
  }
}
