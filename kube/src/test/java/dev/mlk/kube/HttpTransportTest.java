package dev.mlk.kube;

import static dev.mlk.kube.Eventually.eventually;
import static dev.mlk.kube.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
  private static final String HELLO = "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello";

  @Test
  void itReadsABodyOfKnownLengthAndUsesTheConnectionAgain() throws IOException {
    try (RawServer server = RawServer.tcp((_, out) -> said(out, HELLO));
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      for (int i = 0; i < 5; i++) {
        assertThat(text(transport, Request.of("GET", "/api"))).isEqualTo("hello");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void itPutsChunksTogetherWhereverTheyAreCut() throws IOException {
    String answer =
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nhel\nA;x=y\nlo, world!\n0\nTrailer: 1\n\n";
    RawServer.Answer drop =
        (_, out) -> {
          for (int i = 0; i < answer.length(); i++) {
            write(out, String.valueOf(answer.charAt(i)));
          }
          return true;
        };
    try (RawServer server = RawServer.tcp(drop);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("hello, world!");
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("hello, world!");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void itReadsABodyThatEndsWithTheConnection() throws IOException {
    RawServer.Answer answer =
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\nConnection: close\n\nto the end");
          return false;
        };
    try (RawServer server = RawServer.tcp(answer);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("to the end");
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("to the end");
    }
  }

  @Test
  void aBodyThatBreaksOffIsAnError() throws IOException {
    RawServer.Answer answer =
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\nContent-Length: 50\n\nhalf");
          return false;
        };
    try (RawServer server = RawServer.tcp(answer);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      assertThatThrownBy(() -> text(transport, Request.of("GET", "/")))
          .hasMessageContaining("in the middle of its answer");
    }
  }

  @Test
  void aRequestCarriesQueryHeadersBodyAndFreshCredentials() throws IOException {
    try (RawServer server = RawServer.tcp((_, out) -> said(out, HELLO))) {
      AtomicReference<String> token = new AtomicReference<>("one");
      Endpoint endpoint =
          Endpoint.at(server.address().resolve("/prefix/"))
              .token(token::get)
              .header("Impersonate-User", () -> "alice");
      try (HttpTransport transport = new HttpTransport(endpoint)) {
        Request request =
            new Request(
                    "POST",
                    "/api/v1/x y",
                    Map.of("labelSelector", "a in (b,c)&d"),
                    Map.of(),
                    new byte[0])
                .header("User-Agent", "test/1")
                .body("application/json", "{\"ü\":1}".getBytes(StandardCharsets.UTF_8));
        text(transport, request);
        token.set("two");
        text(transport, Request.of("GET", "/"));
      }
      assertThat(server.requests.getFirst())
          .startsWith("POST /prefix/api/v1/x%20y?labelSelector=a%20in%20(b,c)%26d HTTP/1.1\n")
          .contains(
              "Authorization: Bearer one\n", "Impersonate-User: alice\n", "User-Agent: test/1\n")
          .contains(
              "Accept: application/json\n",
              "Content-Type: application/json\n",
              "Content-Length: 8\n")
          .endsWith("{\"ü\":1}");
      assertThat(server.requests.getLast()).contains("Authorization: Bearer two\n");
    }
  }

  @Test
  void aLineBreakInAHeaderIsRefused() throws IOException {
    try (RawServer server = RawServer.tcp((_, out) -> said(out, HELLO));
        HttpTransport transport =
            new HttpTransport(Endpoint.at(server.address()).token(() -> "a\r\nX: y"))) {
      assertThatThrownBy(() -> transport.send(Request.of("GET", "/")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aReadIsSentAgainWhenTheKeptConnectionTurnsOutClosed() throws IOException {
    try (RawServer server =
            RawServer.tcp(
                (_, out) -> {
                  write(out, HELLO);
                  return false;
                });
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("hello");
      assertThat(text(transport, Request.of("GET", "/"))).isEqualTo("hello");
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void aWriteIsNeverSentTwice() throws IOException {
    RawServer.Answer onlyTheFirst = (request, out) -> request.startsWith("GET") && said(out, HELLO);
    try (RawServer server = RawServer.tcp(onlyTheFirst);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      text(transport, Request.of("GET", "/"));
      assertThatThrownBy(() -> transport.send(Request.of("POST", "/")))
          .isInstanceOf(IOException.class);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void manyThreadsShareConnections() throws Exception {
    try (RawServer server = RawServer.tcp((_, out) -> said(out, HELLO));
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          IntStream.range(0, 200)
              .mapToObj(_ -> threads.submit(() -> text(transport, Request.of("GET", "/"))))
              .toList();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("hello");
      }
      assertThat(server.connections.get()).isLessThanOrEqualTo(200);
    }
  }

  @Test
  void itSpeaksOverAUnixSocket() throws IOException {
    Path folder = Files.createTempDirectory("mlk");
    Path socket = folder.resolve("api sock");
    try (RawServer server = RawServer.unix(socket, (_, out) -> said(out, HELLO));
        HttpTransport transport = new HttpTransport(Endpoint.unix(socket))) {
      assertThat(text(transport, Request.of("GET", "/version"))).isEqualTo("hello");
      assertThat(text(transport, Request.of("GET", "/version"))).isEqualTo("hello");
      assertThat(server.requests.getFirst()).startsWith("GET /version HTTP/1.1\nHost: localhost\n");
      assertThat(server.connections).hasValue(1);
    } finally {
      Files.delete(socket);
      Files.delete(folder);
    }
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsATimeout() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    RawServer.Answer silence =
        (_, _) -> {
          never.await();
          return false;
        };
    try (RawServer server = RawServer.tcp(silence);
        HttpTransport transport =
            new HttpTransport(
                Endpoint.at(server.address()), Duration.ofSeconds(10), Duration.ofMillis(50))) {
      assertThatThrownBy(() -> transport.send(Request.of("GET", "/")))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("no answer from");
    } finally {
      never.countDown();
    }
  }

  @Test
  void aRunningWatchEndsAtOnceWhenClosedFromAnotherThread() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    RawServer.Answer stream =
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n");
          gone.await();
          return false;
        };
    try (RawServer server = RawServer.tcp(stream);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      Reply reply = transport.send(Request.of("GET", "/").query("watch", "true"));
      CountDownLatch begun = new CountDownLatch(1);
      AtomicReference<Exception> seen = new AtomicReference<>();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      reply.body().read(new byte[10]);
                      begun.countDown();
                      reply.body().read(new byte[10]);
                    } catch (IOException e) {
                      seen.set(e);
                    }
                  });
      begun.await();
      reply.close();
      assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
      assertThat(seen.get()).isNotNull();
    } finally {
      gone.countDown();
    }
  }

  @Test
  void anInterruptedThreadStopsWaiting() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    RawServer.Answer silence =
        (_, _) -> {
          asked.countDown();
          never.await();
          return false;
        };
    try (RawServer server = RawServer.tcp(silence);
        HttpTransport transport = new HttpTransport(Endpoint.at(server.address()))) {
      for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
        AtomicReference<Exception> seen = new AtomicReference<>();
        Thread waiter =
            kind.start(
                () -> {
                  try {
                    transport.send(Request.of("GET", "/"));
                  } catch (IOException e) {
                    seen.set(e);
                  }
                });
        asked.await();
        waiter.interrupt();
        assertThat(waiter.join(Duration.ofSeconds(60))).isTrue();
        assertThat(seen.get()).isNotNull();
      }
    } finally {
      never.countDown();
    }
  }

  @Test
  void itTunnelsThroughAProxy() throws IOException {
    RawServer.Answer proxy =
        (request, out) -> said(out, request.startsWith("CONNECT") ? "HTTP/1.1 200 OK\n\n" : HELLO);
    try (RawServer server = RawServer.tcp(proxy);
        HttpTransport transport =
            new HttpTransport(
                Endpoint.at(java.net.URI.create("http://cluster.example:6443"))
                    .proxy(server.address()))) {
      assertThat(text(transport, Request.of("GET", "/api"))).isEqualTo("hello");
      assertThat(server.requests.getFirst()).startsWith("CONNECT cluster.example:6443 HTTP/1.1\n");
      assertThat(server.requests.getLast())
          .startsWith("GET /api HTTP/1.1\nHost: cluster.example:6443\n");
    }
  }

  @Test
  void nothingIsSentAfterClose() throws IOException {
    try (RawServer server = RawServer.tcp((_, out) -> said(out, HELLO))) {
      HttpTransport transport = new HttpTransport(Endpoint.at(server.address()));
      text(transport, Request.of("GET", "/"));
      transport.close();
      assertThatThrownBy(() -> transport.send(Request.of("GET", "/")))
          .hasMessage("the client is closed");
      eventually(() -> server.requests.size() == 1);
    }
  }

  private static boolean said(java.io.OutputStream out, String answer) throws IOException {
    write(out, answer);
    return true;
  }

  private static String text(Transport transport, Request request) throws IOException {
    try (Reply reply = transport.send(request)) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
