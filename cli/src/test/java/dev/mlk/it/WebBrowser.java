package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.format.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Chromium without a window, driven by the dozen commands of WebDriver (W3C) that tests need. The
 * driver is the one that {@code MLK_TEST_CHROMEDRIVER} names. {@code -Dmlk.screenshots=update}
 * writes the pictures of the documentation anew.
 */
final class WebBrowser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final long LEAST_PICTURE_BYTES = 5_000;
  private static final long MOST_PICTURE_BYTES = 200_000;
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final Process driver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String session;

  private WebBrowser(Process driver, String base) throws IOException, InterruptedException {
    this.driver = driver;
    ObjectNode wanted = Json.object();
    ObjectNode always = wanted.putObject("capabilities").putObject("alwaysMatch");
    always.putObject("goog:loggingPrefs").put("browser", "ALL");
    ArrayNode arguments = always.putObject("goog:chromeOptions").putArray("args");
    List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900")
        .forEach(arguments::add);
    this.session =
        base + "/session/" + send(base + "/session", wanted).path("sessionId").asString();
  }

  /** Starts a browser; skips the test where there is none. */
  static WebBrowser start() throws IOException, InterruptedException {
    String program = System.getenv("MLK_TEST_CHROMEDRIVER");
    assumeTrue(program != null, "SKIPPED: MLK_TEST_CHROMEDRIVER names no driver of Chromium");
    Process driver =
        new ProcessBuilder(program, "--port=0", "--allowed-ips=127.0.0.1")
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder before = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        return new WebBrowser(driver, "http://127.0.0.1:" + matcher.group(1));
      }
      before.append(line).append('\n');
    }
    throw new IOException("the driver ended: " + before);
  }

  private JsonNode send(String address, JsonNode body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.writeLine(body)))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = Json.read(answer.body()).path("value");
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          value.path("error").asString() + ": " + value.path("message").asString());
    }
    return value;
  }

  void open(String address) throws IOException, InterruptedException {
    send(session + "/url", Json.object().put("url", address));
  }

  /** The value of a JavaScript expression; a promise's is awaited. */
  JsonNode value(String expression) throws IOException, InterruptedException {
    ObjectNode body = Json.object().put("script", "return (" + expression + ")");
    body.putArray("args");
    return send(session + "/execute/sync", body);
  }

  /** Runs statements. */
  void run(String statements) throws IOException, InterruptedException {
    ObjectNode body = Json.object().put("script", statements);
    body.putArray("args");
    send(session + "/execute/sync", body);
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    Mlk.await(
        expression,
        () -> {
          try {
            return value(expression).asBoolean(false);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
          }
        });
  }

  private String element(String css) throws IOException, InterruptedException {
    ObjectNode body = Json.object().put("using", "css selector").put("value", css);
    return session + "/element/" + send(session + "/element", body).path(ELEMENT).asString();
  }

  /** Clicks as a person does: what is covered or hidden cannot be clicked. */
  void click(String css) throws IOException, InterruptedException {
    send(element(css) + "/click", Json.object());
  }

  /** Types into an element. */
  void type(String css, String text) throws IOException, InterruptedException {
    send(element(css) + "/value", Json.object().put("text", text));
  }

  void clear(String css) throws IOException, InterruptedException {
    send(element(css) + "/clear", Json.object());
  }

  /** Drags from one place of an element to another, both from its centre in pixels. */
  void drag(String css, int fromX, int toX) throws IOException, InterruptedException {
    String id = element(css);
    id = id.substring(id.lastIndexOf('/') + 1);
    ObjectNode body = Json.object();
    ObjectNode pointer = body.putArray("actions").addObject().put("type", "pointer").put("id", "m");
    ArrayNode actions = pointer.putArray("actions");
    for (int x : new int[] {fromX, toX}) {
      ObjectNode move = actions.addObject().put("type", "pointerMove").put("duration", 50);
      move.put("x", x).put("y", 0).putObject("origin").put(ELEMENT, id);
      actions.addObject().put("type", x == fromX ? "pointerDown" : "pointerUp").put("button", 0);
    }
    send(session + "/actions", body);
  }

  /** Whether the person likes it dark, and how wide the window is. */
  void looks(boolean dark, int width) throws IOException, InterruptedException {
    ObjectNode media = Json.object().put("cmd", "Emulation.setEmulatedMedia");
    media
        .putObject("params")
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    send(session + "/goog/cdp/execute", media);
    send(
        session + "/window/rect",
        Json.object().put("width", width).put("height", width < 1000 ? 640 : 900));
  }

  /** What the page complained of in its console. */
  List<String> complaints() throws IOException, InterruptedException {
    JsonNode log = send(session + "/se/log", Json.object().put("type", "browser"));
    return log.valueStream()
        .filter(entry -> entry.path("level").asString().equals("SEVERE"))
        .map(entry -> entry.path("message").asString())
        .toList();
  }

  /** Takes a picture of the documentation, small enough for it; kept only when that is wanted. */
  void picture(Mlk mlk, String name) throws IOException, InterruptedException {
    boolean update = "update".equals(System.getProperty("mlk.screenshots"));
    Path folder = update ? mlk.checkout().resolve("docs/images") : mlk.home().resolve("images");
    Path file = folder.resolve(name + ".png");
    HttpRequest request = HttpRequest.newBuilder(URI.create(session + "/screenshot")).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    Files.createDirectories(folder);
    Files.write(
        file, Base64.getDecoder().decode(Json.read(answer.body()).path("value").asString()));
    assertThat(Files.size(file)).as(name).isBetween(LEAST_PICTURE_BYTES, MOST_PICTURE_BYTES);
  }

  @Override
  public void close() throws IOException {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(session)).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroy();
      http.close();
    }
  }
}
