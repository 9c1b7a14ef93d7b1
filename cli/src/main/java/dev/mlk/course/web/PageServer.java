package dev.mlk.course.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves one page to the learner's browser: the text, its style, its script, its pictures, and what
 * changes. It only shows; nothing can be done to the cluster or to files through it.
 */
final class PageServer implements AutoCloseable {
  private static final Map<String, String> OWN =
      Map.of(
          "/page.css", "text/css; charset=utf-8",
          "/page.js", "text/javascript; charset=utf-8");

  private static final Map<String, String> PICTURES =
      Map.of("svg", "image/svg+xml", "png", "image/png");

  /** Scripts and styles of this server alone; a picture that is opened by itself runs nothing. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PICTURE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final int LARGEST_PICTURE = 4 << 20;

  /** Now and then a sign of life: a browser that is gone is noticed by writing to it. */
  private static final Duration ALIVE = Duration.ofSeconds(20);

  /** What is served. */
  record Site(Supplier<String> page, Supplier<Path> pictures, Broadcast live) {}

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Site site;
  private final Guard guard;

  private PageServer(HttpServer server, Site site, String secret) {
    this.server = server;
    this.site = site;
    this.guard = new Guard(server.getAddress().getPort(), secret);
  }

  /** Starts to serve on a free port of the loopback address. */
  static PageServer start(Site site, String secret) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    PageServer server = new PageServer(http, site, secret);
    http.createContext("/", server::answer);
    http.setExecutor(server.requests);
    http.start();
    return server;
  }

  /** The address to open; it carries the secret. */
  URI address() {
    return URI.create(
        "http://127.0.0.1:" + guard.port() + "/?" + Guard.PARAMETER + "=" + guard.secret());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers asked = exchange.getRequestHeaders();
      String path = exchange.getRequestURI().getPath();
      if (!guard.addressed(asked.get("Host"))) {
        refuse(exchange, 403, "This page answers to 127.0.0.1 and localhost only.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405, "This page can only be read.");
      } else if (guard.invited(exchange.getRequestURI().getRawQuery()) && path.equals("/")) {
        welcome(exchange);
      } else if (!guard.known(asked.get("Cookie"))) {
        refuse(exchange, 403, "Open the address that mlk has printed, with its token.");
      } else {
        serve(exchange, path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The secret goes from the address, which is seen and kept, into a cookie, which is not. */
  private void welcome(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set(
        "Set-Cookie",
        guard.cookie() + "=" + guard.secret() + "; HttpOnly; SameSite=Strict; Path=/");
    headers.set("Location", "/");
    send(exchange, 302, PLAIN, POLICY, new byte[0]);
  }

  private void serve(HttpExchange exchange, String path) throws IOException, InterruptedException {
    if (path.equals("/")) {
      byte[] page = site.page.get().getBytes(StandardCharsets.UTF_8);
      send(exchange, 200, "text/html; charset=utf-8", POLICY, page);
    } else if (path.equals("/live")) {
      live(exchange);
    } else if (OWN.containsKey(path)) {
      try (InputStream file = PageServer.class.getResourceAsStream(path.substring(1))) {
        send(exchange, 200, OWN.get(path), POLICY, file.readAllBytes());
      }
    } else {
      Optional<Path> picture = picture(path);
      if (picture.isPresent()) {
        String name = picture.get().getFileName().toString();
        String type = PICTURES.get(name.substring(name.lastIndexOf('.') + 1));
        send(exchange, 200, type, PICTURE_POLICY, Files.readAllBytes(picture.get()));
      } else {
        refuse(exchange, 404, "There is nothing at this address.");
      }
    }
  }

  /** A picture that lies in the module's own folder, and nothing else of this machine. */
  private Optional<Path> picture(String path) throws IOException {
    if (!path.matches("/pictures/[A-Za-z0-9][A-Za-z0-9_-]*[.](svg|png)")) {
      return Optional.empty();
    }
    Path file = site.pictures.get().resolve(path.substring("/pictures/".length()));
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.size(file) <= LARGEST_PICTURE
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Server-sent events: a line of JSON for each new state. */
  private void live(HttpExchange exchange) throws IOException, InterruptedException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long seen = 0;
    while (true) {
      Optional<Broadcast.State> state = site.live.after(seen, ALIVE);
      String text = state.map(one -> "data: " + one.text() + "\n\n").orElse(": still here\n\n");
      seen = state.map(Broadcast.State::number).orElse(seen);
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    send(exchange, status, PLAIN, POLICY, (why + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(
      HttpExchange exchange, int status, String type, String policy, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
