package dev.mlk.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WebSocketTest {
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\n";

  /** A server's frames: bytes written one after the other. */
  private static final class Frames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Frames add(int head, byte[] content) {
      bytes.write(head);
      if (content.length < 126) {
        bytes.write(content.length);
      } else if (content.length < 65536) {
        bytes.writeBytes(new byte[] {126, (byte) (content.length >> 8), (byte) content.length});
      } else {
        byte[] length = new byte[9];
        length[0] = 127;
        for (int i = 0; i < 4; i++) {
          length[8 - i] = (byte) (content.length >> (8 * i));
        }
        bytes.writeBytes(length);
      }
      bytes.writeBytes(content);
      return this;
    }

    Frames text(int head, String content) {
      return add(head, content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static RawServer server(Frames frames) throws IOException {
    return RawServer.tcp(
        (_, out) -> {
          RawServer.write(out, SWITCHING);
          out.write(frames.bytes.toByteArray());
          out.flush();
          return false;
        });
  }

  private static WebSocket open(RawServer server) throws IOException {
    ApiClient client = new ApiClient(new HttpTransport(Endpoint.at(server.address())), "test");
    return client.connect(
        "/api/v1/namespaces/n/pods/p/exec",
        List.of(Map.entry("command", "a b"), Map.entry("command", "&c")),
        "v5.channel.k8s.io");
  }

  private static String next(WebSocket socket) throws IOException {
    return new String(socket.read().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void messagesOfEveryLengthAreReadPiecesArePutTogetherAndPingsPassedOver() throws IOException {
    String medium = "m".repeat(1000);
    String large = "l".repeat(100_000);
    Frames frames =
        new Frames()
            .text(0x82, "small")
            .text(0x89, "ping")
            .text(0x82, medium)
            .text(0x02, "one ")
            .text(0x8a, "pong")
            .text(0x80, "message")
            .text(0x82, large)
            .add(0x88, new byte[] {3, (byte) 0xe8});
    try (RawServer server = server(frames);
        WebSocket socket = open(server)) {
      assertThat(next(socket)).isEqualTo("small");
      assertThat(next(socket)).isEqualTo(medium);
      assertThat(next(socket)).isEqualTo("one message");
      assertThat(next(socket)).isEqualTo(large);
      assertThat(socket.read()).isEmpty();
    }
  }

  @Test
  void theRequestNamesTheProtocolAndEachParameterAsOftenAsItIsGiven() throws IOException {
    try (RawServer server = server(new Frames());
        WebSocket _ = open(server)) {
      assertThat(server.requests.getFirst())
          .startsWith("GET /api/v1/namespaces/n/pods/p/exec?command=a%20b&command=%26c HTTP/1.1\n")
          .contains("Sec-WebSocket-Protocol: v5.channel.k8s.io\n")
          .contains("Sec-WebSocket-Version: 13\n");
    }
  }

  @Test
  void aRefusalIsTheServersOwn() throws IOException {
    String status = "{\"kind\":\"Status\",\"code\":403,\"message\":\"pods is forbidden\"}";
    RawServer.Answer answer =
        (_, out) -> {
          RawServer.write(
              out, "HTTP/1.1 403 Forbidden\nContent-Length: " + status.length() + "\n\n" + status);
          return true;
        };
    try (RawServer server = RawServer.tcp(answer)) {
      assertThatThrownBy(() -> open(server))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403))
          .hasMessageContaining("pods is forbidden");
    }
  }

  @Test
  void aConnectionThatBreaksIsAnException() throws IOException {
    try (RawServer server = server(new Frames().text(0x82, "last"));
        WebSocket socket = open(server)) {
      assertThat(next(socket)).isEqualTo("last");
      assertThatThrownBy(socket::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatIsNoWebSocketIsAnException() throws IOException {
    byte[] endless = {(byte) 0x82, 127, 127, 127, 127, 127, 127, 127, 127, 127};
    RawServer.Answer answer =
        (_, out) -> {
          RawServer.write(out, SWITCHING);
          out.write(endless);
          out.flush();
          return false;
        };
    try (RawServer server = RawServer.tcp(answer);
        WebSocket socket = open(server)) {
      assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
    }
    try (RawServer server = RawServer.tcp((_, _) -> false)) {
      assertThatThrownBy(() -> open(server)).isInstanceOf(UncheckedIOException.class);
    }
  }
}
