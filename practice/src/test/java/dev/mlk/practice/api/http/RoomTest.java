package dev.mlk.practice.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.pki.Pki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients, and slow ones, take no more than there is room for, and each hears why. */
@Timeout(60)
final class RoomTest {
  private static final int CONNECTIONS = 12;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int LARGE = 1 << 20;
  @TempDir Path folder;
  private final CountDownLatch working = new CountDownLatch(3);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private Listeners listeners;
  private Pki pki;

  private void listen(Duration silence) throws IOException, GeneralSecurityException {
    pki = Pki.openOrCreate(folder, Clock.systemUTC());
    listeners =
        Listeners.tlsOnly(
            this::answer,
            pki.serverContext(),
            0,
            Pattern.compile("-"),
            new Room(CONNECTIONS, silence, 0, Duration.ofMillis(200)));
  }

  @AfterEach
  void close() throws Exception {
    goOn.countDown();
    for (AutoCloseable one : open) {
      one.close();
    }
    listeners.close();
  }

  /** Large bodies keep it busy until the test lets it go on; streams begin and never end. */
  private Answer answer(Call call) {
    if (call.path().equals("/stream")) {
      return Answer.stream("text/plain", new Endless(goOn));
    }
    if (call.body().length >= LARGE) {
      working.countDown();
      await(goOn);
    }
    return Answer.text(200, "fine");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ApiClient client() throws IOException {
    Endpoint endpoint =
        Endpoint.at(URI.create("https://127.0.0.1:" + listeners.port()))
            .trusting(Files.readAllBytes(folder.resolve("ca.crt")));
    ApiClient client = new ApiClient(new HttpTransport(endpoint), "test");
    open.add(client);
    return client;
  }

  @Test
  void theConnectionAboveTheLimitIsToldSoAndTheOthersGoOn() throws Exception {
    listen(LONG);
    List<Reply> streams = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      streams.add(client().open(Request.of("GET", "/stream").query("watch", "true")));
    }
    assertThatThrownBy(() -> client().open(Request.of("GET", "/")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("the cluster has 12 connections, as many as it takes")
        .matches(e -> ((ApiException) e).code() == 429);
    for (Reply stream : streams) {
      assertThat(stream.body().read()).isEqualTo('x');
    }
    streams.getFirst().close();
    TestCluster.await(this::served, answer -> answer.equals("fine"));
  }

  private String served() {
    try (Reply reply = client().open(Request.of("GET", "/"))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | ApiException e) {
      return e.toString();
    }
  }

  @Test
  void whoeverStopsInTheMiddleIsCutOffAndWhoeverListensIsNot() throws Exception {
    listen(SHORT);
    Reply stream = client().open(Request.of("GET", "/stream").query("watch", "true"));
    assertThat(stream.body().read()).isEqualTo('x');
    List<Socket> slow = new ArrayList<>();
    slow.add(socket(""));
    slow.add(socket("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    slow.add(socket("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"));
    slow.add(new Socket(InetAddress.getLoopbackAddress(), listeners.port()));
    for (Socket one : slow) {
      open.add(one);
      one.setSoTimeout(10_000);
      assertThat(ended(one)).isTrue();
    }
    assertThat(stream.body().available()).isNotNegative();
    goOn.countDown();
    assertThat(stream.body().readAllBytes()).asString().isEqualTo("the end");
  }

  /** Whether the server hangs up, with or without words. */
  private static boolean ended(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // Reset instead of closed: hung up as well.
      return true;
    }
    return true;
  }

  private SSLSocket socket(String begin) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            pki.ownerContext().getSocketFactory().createSocket("127.0.0.1", listeners.port());
    socket.startHandshake();
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void largeBodiesWaitForRoomAndAreRefusedWhenThereIsNone() throws Exception {
    listen(LONG);
    String large = "x".repeat(LARGE);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    open.add(threads);
    List<Future<String>> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ApiClient client = client();
      first.add(threads.submit(() -> post(client, large)));
    }
    assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(post(client(), "small")).isEqualTo("fine");
    assertThat(post(client(), large)).contains("too many large requests");
    goOn.countDown();
    for (Future<String> one : first) {
      assertThat(one.get()).isEqualTo("fine");
    }
    assertThat(post(client(), large)).isEqualTo("fine");
  }

  private static String post(ApiClient client, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    try (Reply reply = client.open(Request.of("POST", "/").body("text/plain", bytes))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(429);
      return e.getMessage();
    }
  }

  /** One byte, then nothing until it may go on. */
  private static final class Endless extends InputStream {
    private final CountDownLatch goOn;
    private final InputStream end =
        new ByteArrayInputStream("the end".getBytes(StandardCharsets.US_ASCII));
    private boolean begun;

    Endless(CountDownLatch goOn) {
      this.goOn = goOn;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (!begun) {
        begun = true;
        target[offset] = 'x';
        return 1;
      }
      await(goOn);
      if (Thread.currentThread().isInterrupted()) {
        throw new UncheckedIOException(new InterruptedIOException());
      }
      try {
        return end.read(target, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
