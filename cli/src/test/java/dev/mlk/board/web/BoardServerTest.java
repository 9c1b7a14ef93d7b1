package dev.mlk.board.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.board.BoardSamples;
import dev.mlk.board.data.Logs;
import dev.mlk.events.EventFileWriter;
import dev.mlk.format.Json;
import dev.mlk.metrics.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a board answers, spoken to in plain HTTP, so that every header is what the test says. */
final class BoardServerTest {
  @TempDir private Path folder;
  private BoardServer server;

  /** An answer: its head and its body. */
  private record Said(String head, byte[] bytes) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    String body() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @BeforeEach
  void start() throws IOException {
    BoardSamples.everything(folder);
    Logs logs = new Logs(1);
    LogSource source = new LogSource("", folder, "logs", Optional.empty());
    Live live = new Live(logs, () -> List.of(source));
    server = BoardServer.start(live, 0, "logs", "1.2.3");
    live.look();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Said say(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] all = in.readAllBytes();
      int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      return new Said(
          new String(all, 0, end, StandardCharsets.ISO_8859_1),
          Arrays.copyOfRange(all, end + 4, all.length));
    }
  }

  private Said get(String path, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return say(
        "GET " + path + " HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n" + more + "\r\n");
  }

  private JsonNode json(String path) throws IOException {
    Said said = get(path);
    assertThat(said.status()).as(path + ": " + said.body()).isEqualTo(200);
    return Json.read(said.body());
  }

  private int run(String name) throws IOException {
    for (JsonNode run : json("/api/board").path("runs")) {
      if (run.path("name").asString().equals(name)) {
        return run.path("id").asInt();
      }
    }
    throw new AssertionError("no run " + name);
  }

  @Test
  void thePageAndItsPartsAreServedWithARuleThatAllowsNothingElse() throws IOException {
    Said page = get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.head())
        .containsIgnoringCase("content-type: text/html")
        .containsIgnoringCase("content-security-policy: default-src 'none'")
        .containsIgnoringCase("x-content-type-options: nosniff");
    assertThat(page.body()).contains("board.css", "board.js").doesNotContain("http:", "https:");
    for (String part : List.of("board.css", "board.js", "chart.js", "draw.js", "panels.js")) {
      assertThat(get("/" + part).status()).as(part).isEqualTo(200);
    }
  }

  @Test
  void namesThatAnotherSiteLeadsHereAreRefused() throws IOException {
    for (String host : List.of("evil.example", "evil.example:6006", "127.0.0.1.evil.example", "")) {
      Said said = say("GET /api/board HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(said.status()).as(host).isEqualTo(403);
      assertThat(said.body()).doesNotContain("train");
    }
    for (String host : List.of("127.0.0.1:1", "LOCALHOST", "[::1]:8080")) {
      Said said = say("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(said.status()).as(host).isEqualTo(200);
    }
  }

  @Test
  void otherSitesInTheBrowserAreRefusedButALinkMayLeadToThePage() throws IOException {
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(get("/api/board", "Sec-Fetch-Site: " + site).status()).isEqualTo(403);
      assertThat(get("/data/runs", "Sec-Fetch-Site: " + site).status()).isEqualTo(403);
      assertThat(get("/board.js", "Sec-Fetch-Site: " + site).status()).isEqualTo(403);
      assertThat(get("/", "Sec-Fetch-Site: " + site).status()).isEqualTo(200);
    }
    assertThat(get("/api/board", "Sec-Fetch-Site: same-origin").status()).isEqualTo(200);
  }

  @Test
  void noPathLeadsToAFile() throws IOException {
    for (String path :
        List.of(
            "/../package-info.class",
            "/%2e%2e/BoardServer.class",
            "/BoardServer.class",
            "//etc/passwd",
            "/api/../../etc/passwd",
            "/api/image?tag=../../etc/passwd&run=0",
            "/data/plugin/scalars/../../../etc/passwd")) {
      assertThat(get(path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void nothingCanBeChanged() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
      Said said =
          say(
              method
                  + " /api/board HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                  + "Connection: close\r\n\r\n");
      assertThat(said.status()).as(method).isEqualTo(405);
    }
  }

  @Test
  void brokenParametersAreAnsweredAndHurtNobody() throws IOException {
    assertThat(get("/api/curves?tag=%zz").status()).isEqualTo(400);
    assertThat(json("/api/curves?tag=loss&columns=abc&from=NaN&smoothing=-5").path("lines").size())
        .isEqualTo(5);
    assertThat(json("/api/curves?tag=nothing").path("lines").size()).isZero();
    assertThat(json("/api/curves?tag=loss&runs=").path("lines").size()).isZero();
  }

  @Test
  void aTakenPortIsAnError() {
    int port = server.address().getPort();
    Live live = new Live(new Logs(1), List::of);
    assertThatThrownBy(() -> BoardServer.start(live, port, "x", "1"))
        .isInstanceOf(BindException.class);
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void theBoardSaysWhatIsThereAndOnlyTheVersionWhenNothingHasChanged() throws IOException {
    JsonNode board = json("/api/board");
    assertThat(board.path("runs").size()).isEqualTo(5);
    assertThat(board.path("scalars").size()).isEqualTo(2);
    assertThat(board.path("histograms").size()).isEqualTo(3);
    assertThat(board.path("images").size()).isEqualTo(3);
    assertThat(board.path("texts").size()).isEqualTo(3);
    assertThat(board.path("trials").asInt()).isEqualTo(3);
    JsonNode same = json("/api/board?since=" + board.path("version").asString());
    assertThat(same.has("runs")).isFalse();
  }

  @Test
  void curvesGrowWithTheirFiles() throws Exception {
    Path file = folder.resolve("late/events.out.tfevents.1.host");
    EventFileWriter writer = new EventFileWriter().version();
    writer.scalar(1, "late", 1);
    writer.to(file);
    int from = writer.bytes().length;
    awaitPoints(1);
    writer.scalar(2, "late", 2);
    writer.appendTo(file, from);
    awaitPoints(2);
  }

  /** A look reads at most once a second, so the number comes within a few. */
  private void awaitPoints(int wanted) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (json("/api/curves?tag=late").path("lines").path(0).path("x").size() != wanted) {
      assertThat(System.nanoTime()).as("points of late").isLessThan(deadline);
      json("/api/board");
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Test
  void smoothedCurvesComeWithTheirRawValues() throws IOException {
    JsonNode line =
        json("/api/curves?tag=loss&smoothing=0.6&runs=" + run("train")).path("lines").path(0);
    assertThat(line.path("x").size()).isEqualTo(21);
    assertThat(line.path("raw").path(0)).isEqualTo(line.path("y").path(0));
    assertThat(line.path("raw").path(9)).isNotEqualTo(line.path("y").path(9));
    assertThat(json("/api/curves?tag=loss").path("lines").path(0).has("raw")).isFalse();
  }

  @Test
  void csvHasTheNumbersThemselves() throws IOException {
    Said said = get("/api/csv?tag=accuracy&runs=" + run("test"));
    assertThat(said.head()).containsIgnoringCase("filename=\"accuracy.csv\"");
    assertThat(said.body())
        .startsWith("run,tag,step,wall_time,value\ntest,accuracy,0,1000000000.25,");
    assertThat(said.body().lines()).hasSize(22);
  }

  @Test
  void picturesAreServedAsWhatTheyAre() throws IOException {
    String query = "tag=digit&run=" + run("trial-1");
    JsonNode steps = json("/api/images?" + query).path("steps");
    assertThat(steps.size()).isEqualTo(11);
    assertThat(steps.path(0).path("width").asInt()).isEqualTo(16);
    Said picture = get("/api/image?" + query + "&step=10&index=0");
    assertThat(picture.head()).containsIgnoringCase("content-type: image/png");
    assertThat(picture.bytes()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(get("/api/image?" + query + "&step=10&index=1").status()).isEqualTo(404);
    assertThat(get("/api/image?" + query + "&step=11&index=0").status()).isEqualTo(404);
  }

  @Test
  void histogramsTextsAndHyperParametersAreServed() throws IOException {
    JsonNode steps = json("/api/histograms?tag=weights&run=" + run("trial-2")).path("steps");
    assertThat(steps.size()).isEqualTo(11);
    assertThat(steps.path(0).path("count").size()).isEqualTo(24);
    JsonNode texts = json("/api/texts?tag=note&run=" + run("trial-3")).path("steps");
    assertThat(texts.path(0).path("text").path(0).asString()).isEqualTo("Trial 3 <b>began</b>");
    JsonNode table = json("/api/hparams");
    assertThat(Json.writeLine(table.path("parameters"))).isEqualTo("[\"lr\",\"optimizer\"]");
    assertThat(table.path("rows").path(1).path("parameters").path("lr").asDouble()).isEqualTo(0.01);
    assertThat(table.path("rows").path(1).path("metrics").has("loss")).isTrue();
  }

  @Test
  void theScalarsPluginAnswersAsTensorBoardDoes() throws IOException {
    assertThat(json("/data/environment").path("version").asString()).isEqualTo("1.2.3");
    assertThat(Json.writeLine(json("/data/runs")))
        .isEqualTo("[\"test\",\"train\",\"trial-1\",\"trial-2\",\"trial-3\"]");
    assertThat(json("/data/plugins_listing").path("scalars").path("enabled").asBoolean()).isTrue();
    JsonNode tags = json("/data/plugin/scalars/tags");
    assertThat(tags.path("test").path("loss").path("displayName").asString("-")).isEmpty();
    JsonNode points = json("/data/plugin/scalars/scalars?run=test&tag=loss");
    assertThat(points.size()).isEqualTo(21);
    assertThat(Json.writeLine(points.path(0))).isEqualTo("[1.00000000025E9,0,2.200000047683716]");
    assertThat(get("/data/plugin/scalars/scalars?run=test&tag=loss&format=csv").body())
        .startsWith("Wall time,Step,Value\r\n1000000000.25,0,2.200000047683716\r\n");
    assertThat(get("/data/plugin/scalars/scalars?run=test&tag=x").status()).isEqualTo(404);
    assertThat(get("/data/plugin/scalars/scalars?run=test").status()).isEqualTo(400);
  }

  @Test
  void severalRunsAreAskedForWithAForm() throws IOException {
    String form = "tag=loss&runs=test&runs=train";
    Said said =
        say(
            "POST /data/plugin/scalars/scalars_multirun HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: "
                + form.length()
                + "\r\nConnection: close\r\n\r\n"
                + form);
    assertThat(said.status()).isEqualTo(200);
    JsonNode runs = Json.read(said.body());
    assertThat(runs.size()).isEqualTo(2);
    assertThat(runs.path("train").size()).isEqualTo(21);
  }
}
