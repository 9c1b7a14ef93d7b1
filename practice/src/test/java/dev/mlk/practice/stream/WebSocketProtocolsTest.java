package dev.mlk.practice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.kubelet.PodStreams.Target;
import dev.mlk.practice.kubelet.PodStreams.TerminalSize;
import dev.mlk.practice.node.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The channel protocols message by message, with the JDK's WebSocket client. */
final class WebSocketProtocolsTest {
  private static final Target TARGET = new Target("default", "a", "uid", "main");

  @Test
  void versionFiveEndsInputWhenToldAndReportsTheExitCode() throws Exception {
    try (RawServer server = new RawServer(command("sh", "-c", "cat; exit 7"));
        Client client = new Client(server, "v5.channel.k8s.io")) {
      client.send(new byte[] {0, 'h', 'i'});
      client.send(new byte[] {(byte) 255, 0});
      client.awaitEnd();
      assertThat(client.text(1)).isEqualTo("hi");
      assertThat(client.text(3))
          .contains("\"reason\":\"NonZeroExitCode\"")
          .contains("{\"reason\":\"ExitCode\",\"message\":\"7\"}");
    }
  }

  @Test
  void successIsAStatusToo() throws Exception {
    try (RawServer server = new RawServer(command("true"));
        Client client = new Client(server, "v4.channel.k8s.io")) {
      client.awaitEnd();
      assertThat(client.text(3)).isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
    }
  }

  @Test
  void theFirstVersionTellsFailureInWordsAndSuccessByNone() throws Exception {
    try (RawServer server = new RawServer(command("sh", "-c", "exit 2"));
        Client client = new Client(server, "channel.k8s.io")) {
      client.awaitEnd();
      assertThat(client.text(3))
          .isEqualTo("command terminated with non-zero exit code: exit status 2");
    }
  }

  @Test
  void base64ChannelsAreTextWithADigitInFront() throws Exception {
    try (RawServer server = new RawServer(command("head", "-c", "2"));
        Client client = new Client(server, "v4.base64.channel.k8s.io")) {
      client.sendText("0aGk=");
      client.awaitEnd();
      assertThat(client.texts).contains("1aGk=");
    }
  }

  @Test
  void aTerminalLearnsItsSize() throws Exception {
    PodStream wanted = new PodStream.Command(TARGET, List.of("cat"), true, true, false, true);
    try (RawServer server = new RawServer(wanted);
        Client client = new Client(server, "v5.channel.k8s.io")) {
      client.send("\u0004{\"Width\":80,\"Height\":24}\n".getBytes(StandardCharsets.UTF_8));
      Await.until(
          "the size arrives", () -> new TerminalSize(80, 24).equals(server.pods().size.get()));
    }
  }

  @Test
  void aClientThatGoesAwayEndsItsCommand() throws Exception {
    try (RawServer server = new RawServer(command("sleep", "1000"))) {
      try (Client client = new Client(server, "v5.channel.k8s.io")) {
        Await.until("the command runs", () -> !server.pods().processes.isEmpty());
        client.socket.abort();
      }
      Process process = server.pods().processes.getFirst();
      Await.until("the command has ended", () -> !process.isAlive());
    }
  }

  @Test
  void portsBeginWithTheirNumbers() throws Exception {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(port));
      int number = port.getLocalPort();
      PodStream wanted = new PodStream.Ports(TARGET, List.of(number));
      try (RawServer server = new RawServer(wanted);
          Client client = new Client(server, "v4.channel.k8s.io")) {
        client.send("\u0000?".getBytes(StandardCharsets.UTF_8));
        client.awaitEnd();
        byte low = (byte) number;
        byte high = (byte) (number >> 8);
        assertThat(client.messages.get(0)).containsExactly(0, low, high);
        assertThat(client.messages.get(1)).containsExactly(1, low, high);
        assertThat(client.messages.get(2)).asString(StandardCharsets.UTF_8).isEqualTo("\0hello");
      }
    }
  }

  private static void greet(ServerSocket port) {
    try (Socket socket = port.accept()) {
      socket.getInputStream().readNBytes(1);
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PodStream command(String... words) {
    return new PodStream.Command(TARGET, List.of(words), true, true, true, false);
  }

  /** A client that keeps all messages. */
  private static final class Client implements WebSocket.Listener, AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    Client(RawServer server, String protocol) {
      socket =
          http.newWebSocketBuilder()
              .subprotocols(protocol)
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), this)
              .join();
      assertThat(socket.getSubprotocol()).isEqualTo(protocol);
    }

    void send(byte[] message) {
      socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    void sendText(String message) {
      socket.sendText(message, true).join();
    }

    void awaitEnd() throws InterruptedException {
      assertThat(ended.await(60, TimeUnit.SECONDS)).as("the server ends the stream").isTrue();
    }

    String text(int channel) {
      StringBuilder text = new StringBuilder();
      for (byte[] message : messages) {
        if (message[0] == channel) {
          text.append(new String(message, 1, message.length - 1, StandardCharsets.UTF_8));
        }
      }
      return text.toString();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] message = new byte[data.remaining()];
      data.get(message);
      messages.add(message);
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      texts.add(data.toString());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.countDown();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended.countDown();
    }

    @Override
    public void close() {
      socket.abort();
      http.shutdownNow();
    }
  }
}
