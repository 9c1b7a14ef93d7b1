package dev.mlk.practice.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Streams over a connection that has been upgraded to SPDY/3.1, server's side. Kubernetes' clients
 * neither keep nor expect flow control, so there is none.
 */
final class SpdyConnection {
  private static final int CHUNK = 16 << 10;

  private final InputStream in;
  private final OutputStream out;
  private final EmbeddedChannel decoder =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));
  private final EmbeddedChannel encoder =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
  private int last;
  private boolean away;

  SpdyConnection(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Reads until the client ends the connection, then ends all streams.
   *
   * @param opened gets each stream that the client opens; it must not block
   */
  void readAll(Consumer<SpdyStream> opened) throws IOException, InterruptedException {
    try {
      byte[] chunk = new byte[CHUNK];
      int count = in.read(chunk);
      while (count >= 0 && !away) {
        decoder.writeInbound(Unpooled.copiedBuffer(chunk, 0, count));
        for (Object frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
          try {
            take(frame, opened);
          } finally {
            ReferenceCountUtil.release(frame);
          }
        }
        if (!away) {
          count = in.read(chunk);
        }
      }
    } finally {
      streams.values().forEach(stream -> stream.pipe().end());
    }
  }

  private void take(Object frame, Consumer<SpdyStream> opened)
      throws IOException, InterruptedException {
    switch (frame) {
      case SpdySynStreamFrame syn -> open(syn, opened);
      case SpdyDataFrame data -> data(data);
      case SpdyPingFrame ping -> send(new DefaultSpdyPingFrame(ping.id()));
      case SpdyRstStreamFrame reset -> {
        SpdyStream stream = streams.remove(reset.streamId());
        if (stream != null) {
          stream.pipe().end();
        }
      }
      case SpdyGoAwayFrame _ -> away = true;
      default -> {
        // Settings, window updates and further headers change nothing here.
      }
    }
  }

  private void open(SpdySynStreamFrame syn, Consumer<SpdyStream> opened) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<CharSequence, CharSequence> header : syn.headers()) {
      headers.put(
          header.getKey().toString().toLowerCase(Locale.ROOT), header.getValue().toString());
    }
    SpdyStream stream = new SpdyStream(this, syn.streamId(), headers);
    streams.put(syn.streamId(), stream);
    last = syn.streamId();
    DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(syn.streamId());
    // Go's reader cannot read the empty header block that Netty makes of no headers at all.
    reply.headers().set("streamtype", stream.header("streamtype"));
    send(reply);
    if (syn.isLast()) {
      stream.pipe().end();
    }
    opened.accept(stream);
  }

  private void data(SpdyDataFrame data) throws InterruptedException {
    SpdyStream stream = streams.get(data.streamId());
    if (stream == null) {
      return;
    }
    ByteBuf content = data.content();
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    stream.pipe().put(bytes);
    if (data.isLast()) {
      stream.pipe().end();
    }
  }

  /** Sends bytes of a stream. Any thread may. */
  void data(int stream, byte[] bytes, int from, int length, boolean end) throws IOException {
    DefaultSpdyDataFrame frame =
        new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(bytes, from, length));
    frame.setLast(end);
    send(frame);
  }

  /** Tells the client that no more will come. */
  void close() throws IOException {
    send(new DefaultSpdyGoAwayFrame(last));
  }

  private synchronized void send(Object frame) throws IOException {
    encoder.writeOutbound(frame);
    WebSocketConnection.drain(encoder, out);
  }
}
