package dev.mlk.practice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.kubelet.PodStreams.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The protocol of kubectl before 1.29, stream by stream. */
final class SpdyProtocolsTest {
  private static final Target TARGET = new Target("default", "a", "uid", "main");

  @Test
  void aCommandHasAStreamForEachPurpose() throws Exception {
    PodStream wanted =
        new PodStream.Command(
            TARGET, List.of("sh", "-c", "cat; echo err >&2; exit 5"), true, true, true, false);
    try (RawServer server = new RawServer(wanted);
        Client client = new Client(server, "v4.channel.k8s.io")) {
      client.open(1, Map.of("streamType", "error"));
      client.open(3, Map.of("streamType", "stdin"));
      client.open(5, Map.of("streamType", "stdout"));
      client.open(7, Map.of("streamType", "stderr"));
      client.send(3, "hello", true);
      client.readToTheEnd();
      assertThat(client.text(5)).isEqualTo("hello");
      assertThat(client.text(7)).isEqualTo("err\n");
      assertThat(client.text(1)).contains("{\"reason\":\"ExitCode\",\"message\":\"5\"}");
      assertThat(client.replies).isEqualTo(4);
    }
  }

  @Test
  void pingsAreAnswered() throws Exception {
    PodStream wanted = new PodStream.Command(TARGET, List.of("cat"), true, true, false, false);
    try (RawServer server = new RawServer(wanted);
        Client client = new Client(server, "v4.channel.k8s.io")) {
      client.write(new DefaultSpdyPingFrame(11));
      client.readFrame();
      assertThat(client.lastPing).isEqualTo(11);
    }
  }

  @Test
  void aPortIsReachedThroughAPairOfStreams() throws Exception {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(port));
      String number = Integer.toString(port.getLocalPort());
      try (RawServer server = new RawServer(new PodStream.Ports(TARGET, List.of()));
          Client client = new Client(server, "portforward.k8s.io")) {
        client.open(1, Map.of("streamType", "error", "port", number, "requestID", "0"));
        client.open(3, Map.of("streamType", "data", "port", number, "requestID", "0"));
        client.send(3, "ping", false);
        while (!client.ended.contains(3)) {
          client.readFrame();
        }
        assertThat(client.text(3)).isEqualTo("pong");
      }
    }
  }

  @Test
  void aPortWithNobodyBehindItIsAnErrorOnItsStream() throws Exception {
    int nobody;
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = port.getLocalPort();
    }
    String number = Integer.toString(nobody);
    try (RawServer server = new RawServer(new PodStream.Ports(TARGET, List.of()));
        Client client = new Client(server, "portforward.k8s.io")) {
      client.open(1, Map.of("streamType", "error", "port", number, "requestID", "0"));
      client.open(3, Map.of("streamType", "data", "port", number, "requestID", "0"));
      while (!client.ended.contains(1)) {
        client.readFrame();
      }
      assertThat(client.text(1)).startsWith("error forwarding port " + number + " to pod a");
    }
  }

  private static void answer(ServerSocket port) {
    try (Socket socket = port.accept()) {
      socket.getInputStream().readNBytes(4);
      socket.getOutputStream().write("pong".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The client's side of a connection. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final EmbeddedChannel encoder =
        new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));
    private final EmbeddedChannel decoder =
        new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));
    private final Map<Integer, StringBuilder> texts = new HashMap<>();
    private final List<Integer> ended = new ArrayList<>();
    private int replies;
    private int lastPing;
    private boolean away;

    Client(RawServer server, String protocol) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      in = socket.getInputStream();
      String head =
          "POST / HTTP/1.1\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n"
              + "X-Stream-Protocol-Version: "
              + protocol
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(RawServer.line(in)).contains("101");
      String line = RawServer.line(in);
      while (!line.isEmpty()) {
        line = RawServer.line(in);
      }
    }

    void open(int stream, Map<String, String> headers) throws IOException {
      DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0, false);
      headers.forEach(frame.headers()::set);
      write(frame);
    }

    void send(int stream, String text, boolean last) throws IOException {
      DefaultSpdyDataFrame frame =
          new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
      frame.setLast(last);
      write(frame);
    }

    void write(Object frame) throws IOException {
      encoder.writeOutbound(frame);
      OutputStream out = socket.getOutputStream();
      WebSocketConnection.drain(encoder, out);
    }

    void readToTheEnd() throws IOException {
      while (!away) {
        readFrame();
      }
    }

    /** Reads one frame at least. */
    void readFrame() throws IOException {
      Object frame = decoder.readInbound();
      while (frame == null) {
        byte[] chunk = new byte[4096];
        int count = in.read(chunk);
        assertThat(count).as("bytes from the server").isPositive();
        decoder.writeInbound(Unpooled.copiedBuffer(chunk, 0, count));
        frame = decoder.readInbound();
      }
      switch (frame) {
        case SpdyDataFrame data -> {
          ByteBuf content = data.content();
          texts
              .computeIfAbsent(data.streamId(), _ -> new StringBuilder())
              .append(content.toString(StandardCharsets.UTF_8));
          content.release();
          if (data.isLast()) {
            ended.add(data.streamId());
          }
        }
        case SpdySynReplyFrame _ -> replies++;
        case SpdyPingFrame ping -> lastPing = ping.id();
        case SpdyGoAwayFrame _ -> away = true;
        default -> throw new AssertionError("unexpected " + frame);
      }
    }

    String text(int stream) {
      return texts.getOrDefault(stream, new StringBuilder()).toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
