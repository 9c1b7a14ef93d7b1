package dev.mlk.course.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local page, asked as browsers ask, and as others would like to. */
final class PageServerTest {
  private static final String SECRET = "s3cret";
  @TempDir private Path home;
  private final Broadcast live = new Broadcast();
  private PageServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Path module = Files.createDirectories(home.resolve("module-3"));
    Files.writeString(module.resolve("nodes.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.writeString(module.resolve("module.yaml"), "solution");
    Files.writeString(home.resolve("outside.svg"), "outside");
    Files.createSymbolicLink(module.resolve("link.svg"), home.resolve("outside.svg"));
    server =
        PageServer.start(new PageServer.Site(() -> "<h1>page</h1>", () -> module, live), SECRET);
    port = server.address().getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends a request as it stands: clients of Java do not send any Host or any path. */
  private BufferedReader send(String method, String path, String... headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    String request =
        method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private String host() {
    return "Host: 127.0.0.1:" + port;
  }

  private String cookie() {
    return "Cookie: a=b; mlk-" + port + "=" + SECRET;
  }

  /** The whole answer. */
  private String answer(String method, String path, String... headers) throws IOException {
    String[] closed = new String[headers.length + 1];
    System.arraycopy(headers, 0, closed, 0, headers.length);
    closed[headers.length] = "Connection: close";
    try (BufferedReader reader = send(method, path, closed)) {
      return String.join("\n", reader.lines().toList());
    }
  }

  @Test
  void theAddressLetsTheBrowserInAndTheSecretGoesIntoACookie() throws IOException {
    String first = answer("GET", "/?token=" + SECRET, host());
    assertThat(first)
        .contains(" 302 ")
        .containsIgnoringCase("Location: /")
        .containsIgnoringCase("Set-cookie: mlk-" + port + "=" + SECRET)
        .contains("HttpOnly", "SameSite=Strict");
    assertThat(answer("GET", "/", host(), cookie()))
        .contains(" 200 ", "<h1>page</h1>", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(answer("GET", "/page.js", host(), cookie())).contains("EventSource");
    assertThat(answer("GET", "/page.css", host(), cookie())).contains("prefers-color-scheme");
  }

  @Test
  void nobodyElseIsLetIn() throws IOException {
    assertThat(answer("GET", "/", host())).contains(" 403 ").doesNotContain("<h1>");
    assertThat(answer("GET", "/?token=wrong", host())).contains(" 403 ");
    assertThat(answer("GET", "/live", host(), "Cookie: mlk-" + port + "=wrong")).contains(" 403 ");
    assertThat(answer("GET", "/pictures/nodes.svg", host())).contains(" 403 ");
  }

  @Test
  void anotherNameForThisMachineIsNotAnswered() throws IOException {
    for (String name : new String[] {"evil.example", "evil.example:" + port, "127.0.0.1", ""}) {
      assertThat(answer("GET", "/", "Host: " + name, cookie())).as(name).contains(" 403 ");
    }
    assertThat(answer("GET", "/?token=" + SECRET, "Host: evil.example:" + port))
        .contains(" 403 ")
        .doesNotContain("mlk-" + port);
  }

  @Test
  void nothingCanBeDoneThroughIt() throws IOException {
    for (String method : new String[] {"POST", "PUT", "DELETE"}) {
      assertThat(answer(method, "/", host(), cookie(), "Content-Length: 0")).contains(" 405 ");
    }
  }

  @Test
  void onlyPicturesOfTheModuleLeaveItsFolder() throws IOException {
    assertThat(answer("GET", "/pictures/nodes.svg", host(), cookie()))
        .contains(" 200 ", "<svg", "sandbox");
    for (String path :
        new String[] {
          "/pictures/module.yaml",
          "/pictures/../outside.svg",
          "/pictures/..%2Foutside.svg",
          "/pictures/%2e%2e/outside.svg",
          "/pictures//etc/passwd",
          "/pictures/link.svg",
          "/pictures/missing.svg",
          "/module.yaml",
          "/package-info.class"
        }) {
      assertThat(answer("GET", path, host(), cookie()))
          .as(path)
          .contains(" 404 ")
          .doesNotContain("outside", "solution");
    }
  }

  @Test
  void whatChangesArrivesWhileTheConnectionIsOpen() throws IOException {
    live.publish("{\"passed\":1}");
    try (BufferedReader stream = send("GET", "/live", host(), cookie())) {
      assertThat(stream.readLine()).contains(" 200 ");
      await(stream, "data: {\"passed\":1}");
      live.publish("{\"passed\":2}");
      await(stream, "data: {\"passed\":2}");
    }
  }

  private static void await(BufferedReader stream, String wanted) throws IOException {
    String line;
    do {
      line = stream.readLine();
      assertThat(line).as("before " + wanted).isNotNull();
    } while (!line.equals(wanted));
  }
}
