package dev.mlk.board.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a board to the browsers of this machine, and to nobody else. */
public final class BoardServer implements AutoCloseable {
  /** TensorBoard's port, tried first. */
  public static final int USUAL_PORT = 6006;

  private static final int LARGEST_FORM = 1 << 20;

  /** What may be asked for by name: nothing else of this machine can be. */
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "board.css", "text/css; charset=utf-8",
          "board.js", "text/javascript; charset=utf-8",
          "chart.js", "text/javascript; charset=utf-8",
          "draw.js", "text/javascript; charset=utf-8",
          "panels.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService requests;
  private final BoardApi api;
  private final ScalarsPlugin scalars;

  private BoardServer(HttpServer server, BoardApi api, ScalarsPlugin scalars) {
    this.server = server;
    this.api = api;
    this.scalars = scalars;
    this.requests = Executors.newVirtualThreadPerTaskExecutor();
  }

  /**
   * Starts to serve.
   *
   * @param port the port; 0 for {@link #USUAL_PORT} or, where that is taken, any
   * @param title what the board shows
   * @param version the version of mlk
   * @throws BindException when the port is taken
   */
  public static BoardServer start(Live live, int port, String title, String version)
      throws IOException {
    // Else an answer in two parts waits for the browser's acknowledgement of the first: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    BoardServer board =
        new BoardServer(
            listen(port), new BoardApi(live, title), new ScalarsPlugin(live, title, version));
    board.server.createContext("/", board::serve);
    board.server.setExecutor(board.requests);
    board.server.start();
    return board;
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return listenAt(port == 0 ? USUAL_PORT : port);
    } catch (BindException e) {
      if (port != 0) {
        throw e;
      }
      return listenAt(0);
    }
  }

  private static HttpServer listenAt(int port) throws IOException {
    InetAddress own = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return HttpServer.create(new InetSocketAddress(own, port), 0);
  }

  /** The page's address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer = Answer.refused(503, "The board is being closed.");
      } catch (IllegalArgumentException e) {
        answer = Answer.refused(400, "The address makes no sense.");
      }
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    Headers headers = exchange.getRequestHeaders();
    Optional<String> refusal =
        Guard.refusal(
            headers.getOrDefault("Host", List.of()),
            headers.getFirst("Sec-Fetch-Site"),
            path.equals("/"));
    if (refusal.isPresent()) {
      return Answer.refused(403, refusal.get());
    }
    boolean form = exchange.getRequestMethod().equals("POST");
    if (form != path.endsWith("_multirun")
        || (!form
            && !exchange.getRequestMethod().equals("GET")
            && !exchange.getRequestMethod().equals("HEAD"))) {
      return Answer.refused(405, "This board can only be read.");
    }
    Query query = new Query(exchange.getRequestURI().getRawQuery());
    Optional<Answer> answer;
    if (path.startsWith("/api/")) {
      answer = api.answer(path.substring("/api/".length()), query);
    } else if (path.startsWith("/data/")) {
      Query posted = new Query(form ? body(exchange) : null);
      answer = scalars.answer(path.substring("/data/".length()), query, posted);
    } else {
      answer = file(path.equals("/") ? "index.html" : path.substring(1));
    }
    return answer.orElseGet(() -> Answer.refused(404, "There is nothing at this address."));
  }

  private static String body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_FORM);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<Answer> file(String name) throws IOException {
    String type = FILES.get(name);
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream file = BoardServer.class.getResourceAsStream(name)) {
      return Optional.of(new Answer(200, type, file.readAllBytes(), ""));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    if (!answer.file().isEmpty()) {
      headers.set("Content-Disposition", "attachment; filename=\"" + answer.file() + "\"");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
    if (!head) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
