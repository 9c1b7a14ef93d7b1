package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.security.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a hostile client may send on the wire, and that the next client is answered all the same.
 */
final class HttpAttackTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int LIMIT = 3 << 20;
  private static PracticeCluster cluster;
  private static List<String> owner;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    owner = List.of("Authorization: Bearer " + Keys.token(cluster));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void theNextClientIsAnswered() throws IOException {
    assertThat(send("GET /api/v1/namespaces/default", owner, "").status()).isEqualTo(200);
  }

  @Test
  void aBodyOfMoreThanThreeMebibytesIsRefused() throws IOException {
    Reply reply = send("POST " + CONFIG_MAPS, json(), configMap("big", LIMIT));
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text())
        .contains("\"reason\":\"RequestEntityTooLarge\"")
        .contains("limit is 3145728");
  }

  @Test
  void aLongBodyInChunksIsRefusedBeforeItsEnd() throws IOException {
    try (Wire wire = Wire.to(cluster.server())) {
      wire.send(
          "POST "
              + CONFIG_MAPS
              + " HTTP/1.1\r\nHost: x\r\n"
              + String.join("\r\n", json())
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = new byte[1 << 16];
      Arrays.fill(chunk, (byte) ' ');
      assertThatThrownBy(
              () -> {
                // 64 MiB: the server hangs up, or its answer is there long before.
                for (int i = 0; i < 1024; i++) {
                  wire.send("10000\r\n").send(chunk).send("\r\n");
                  if (wire.socket().getInputStream().available() > 0) {
                    throw new IOException("answered: " + wire.reply().status());
                  }
                }
              })
          .isInstanceOf(IOException.class)
          .message()
          .doesNotContain("answered: 2");
    }
  }

  @Test
  void aBodyThatIsClaimedToBeHugeTakesNoMemory() throws IOException {
    try (Wire wire = Wire.to(cluster.server())) {
      wire.send(
          "POST "
              + CONFIG_MAPS
              + " HTTP/1.1\r\nHost: x\r\n"
              + String.join("\r\n", json())
              + "\r\nContent-Length: 4000000000000\r\n\r\n{");
      assertThat(wire.reply().status()).isEqualTo(413);
    }
  }

  @Test
  void aBodyIsNotUnzipped() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(configMap("zipped", 1 << 20).getBytes(StandardCharsets.UTF_8));
    }
    List<String> headers = new ArrayList<>(json());
    headers.add("Content-Encoding: gzip");
    Reply reply = send("POST " + CONFIG_MAPS, headers, bytes.toByteArray());
    assertThat(reply.status()).isBetween(400, 499);
  }

  @Test
  void deepNestingIsABadRequest() throws IOException {
    for (int depth : new int[] {400, 5_000, 200_000}) {
      String deep = "[".repeat(depth) + "]".repeat(depth);
      String body = "{\"metadata\":{\"name\":\"deep\"},\"data\":{\"a\":" + deep + "}}";
      assertThat(send("POST " + CONFIG_MAPS, json(), body).status()).as("" + depth).isEqualTo(400);
      String open = "{\"a\":".repeat(depth);
      if (open.length() < LIMIT) {
        assertThat(send("POST " + CONFIG_MAPS, json(), open).status()).isEqualTo(400);
      }
      assertThat(send("PATCH " + CONFIG_MAPS + "/kube-root-ca.crt", merge(), body).status())
          .as("patch " + depth)
          .isBetween(400, 499);
    }
  }

  @Test
  void yamlThatGrowsIsABadRequest() throws IOException {
    List<String> yaml = with("Content-Type: application/yaml");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + before + (", " + before).repeat(9) + "]\n");
    }
    assertThat(send("POST " + CONFIG_MAPS, yaml, bomb.toString()).status()).isEqualTo(400);
    String nested = "[".repeat(100_000);
    assertThat(send("POST " + CONFIG_MAPS, yaml, nested).status()).isEqualTo(400);
    String apply = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  " + bomb;
    assertThat(
            send(
                    "PATCH " + CONFIG_MAPS + "/x?fieldManager=me",
                    with("Content-Type: application/apply-patch+yaml"),
                    apply)
                .status())
        .isBetween(400, 499);
    assertThat(send("POST " + CONFIG_MAPS, yaml, "a: &a [*a]\n").status()).isEqualTo(400);
    assertThat(
            send(
                    "PATCH " + CONFIG_MAPS + "/x?fieldManager=me",
                    with("Content-Type: application/apply-patch+yaml"),
                    "- ".repeat(50_000))
                .status())
        .isBetween(400, 499);
  }

  @Test
  void numbersThatWouldFillTheMemoryAreRefused() throws IOException {
    for (String number : List.of("1e999999999", "1E-999999999", "9".repeat(100_000))) {
      String pod =
          "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"i\","
              + "\"resources\":{\"limits\":{\"cpu\":\"N\"}}}]}}";
      String pods = "POST /api/v1/namespaces/default/pods";
      for (String body : List.of(pod.replace("N", number), pod.replace("\"N\"", number))) {
        Reply reply = send(pods + "?dryRun=All", json(), body);
        assertThat(reply.status()).as(number + reply.text()).isBetween(200, 499);
      }
    }
  }

  @Test
  void longHeadersAndManyOfThemAreRefused() throws IOException {
    assertThat(refused("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(1 << 20) + "\r\n\r\n"))
        .isTrue();
    assertThat(refused("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(100_000) + "\r\n"))
        .isTrue();
    assertThat(refused("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: x\r\n\r\n")).isTrue();
  }

  @Test
  void aRequestWithTwoLengthsIsNotTwoRequests() throws IOException {
    String inner = "GET /version HTTP/1.1\r\nHost: x\r\n\r\n";
    List<String> smuggled =
        List.of(
            "Content-Length: " + (5 + inner.length()) + "\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 200",
            "Content-Length: +5",
            "Content-Length: 5, 5",
            "Content-Length : 5",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: identity, chunked",
            " Content-Length: 5");
    for (String lengths : smuggled) {
      try (Wire wire = Wire.to(cluster.server())) {
        wire.send("POST /version HTTP/1.1\r\nHost: x\r\n" + lengths + "\r\n\r\n0\r\n\r\n" + inner);
        assertThat(answers(wire)).as(lengths).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void brokenChunksEndTheConnection() throws IOException {
    for (String chunks :
        List.of("zz\r\n{}\r\n0\r\n\r\n", "-5\r\n{}\r\n", "ffffffffffffffff\r\n{}", "2\r\n{}zz0")) {
      try (Wire wire = Wire.to(cluster.server())) {
        wire.send(
            "POST "
                + CONFIG_MAPS
                + " HTTP/1.1\r\nHost: x\r\n"
                + String.join("\r\n", json())
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks);
        wire.socket().shutdownOutput();
        assertThat(statuses(wire)).as(chunks).allMatch(status -> status >= 400 && status < 500);
      }
    }
  }

  @Test
  void http2IsNotOffered() throws IOException {
    try (Wire wire =
        Wire.to(cluster.server(), new javax.net.ssl.KeyManager[0], List.of("h2", "http/1.1"))) {
      wire.request("GET /healthz", List.of(), new byte[0]);
      assertThat(wire.reply().status()).isEqualTo(200);
      assertThat(wire.socket().getApplicationProtocol()).isNotEqualTo("h2");
    }
    assertThat(refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isTrue();
    try (Wire wire = Wire.to(cluster.server())) {
      wire.request(
          "GET /healthz",
          List.of(
              "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
          new byte[0]);
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void anotherHostsNameOpensNothing() throws IOException {
    for (String host : List.of("evil.example", "169.254.169.254", "localhost:1", "a b", "")) {
      try (Wire wire = Wire.to(cluster.server())) {
        wire.send(
            "GET /api/v1/secrets HTTP/1.1\r\nHost: "
                + host
                + "\r\nOrigin: https://evil.example\r\n\r\n");
        Reply reply = wire.reply();
        assertThat(reply.status()).isIn(400, 403);
        assertThat(reply.headers())
            .noneMatch(header -> header.toLowerCase(java.util.Locale.ROOT).startsWith("access-"));
      }
    }
    try (Wire wire = Wire.to(cluster.server())) {
      wire.request(
          "OPTIONS /api/v1/secrets",
          List.of("Origin: https://evil.example", "Access-Control-Request-Method: GET"),
          new byte[0]);
      assertThat(wire.reply().status()).isBetween(400, 499);
    }
  }

  @Test
  void plainTextOnTheTlsPortIsNotAnswered() throws IOException {
    java.net.URI server = java.net.URI.create(cluster.server());
    try (java.net.Socket socket = new java.net.Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) Wire.PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write("GET /version HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(said).doesNotContain("gitVersion");
    }
  }

  @Test
  void theSocketIsForItsOwnerOnly() throws IOException {
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(cluster.socket())))
        .isEqualTo("rw-------");
  }

  private static boolean refused(String request) throws IOException {
    try (Wire wire = Wire.to(cluster.server())) {
      try {
        wire.send(request);
        return wire.reply().status() >= 400;
      } catch (IOException hungUp) {
        return true;
      }
    }
  }

  private static int answers(Wire wire) throws IOException {
    wire.socket().shutdownOutput();
    return statuses(wire).size();
  }

  private static List<Integer> statuses(Wire wire) {
    List<Integer> statuses = new ArrayList<>();
    try {
      while (true) {
        statuses.add(wire.reply().status());
      }
    } catch (IOException hungUp) {
      return statuses;
    }
  }

  private static List<String> with(String header) {
    List<String> headers = new ArrayList<>(owner);
    headers.add(header);
    return headers;
  }

  private static List<String> json() {
    return with("Content-Type: application/json");
  }

  private static List<String> merge() {
    return with("Content-Type: application/merge-patch+json");
  }

  private static String configMap(String name, int size) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"data\":{\"a\":\""
        + "x".repeat(size)
        + "\"}}";
  }

  private static Reply send(String line, List<String> headers, String body) throws IOException {
    return send(line, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply send(String line, List<String> headers, byte[] body) throws IOException {
    try (Wire wire = Wire.to(cluster.server())) {
      return wire.request(line, headers, body).reply();
    }
  }
}
