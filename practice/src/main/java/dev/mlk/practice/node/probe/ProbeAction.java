package dev.mlk.practice.node.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a probe or a hook does. */
public sealed interface ProbeAction {
  /** What came of it: an empty message is a success. */
  record Outcome(boolean success, String message) {
    private static Outcome failure(String message) {
      return new Outcome(false, message);
    }
  }

  /** Runs a command. */
  record Execute(List<String> command) implements ProbeAction {}

  /** Asks for a page; codes from 200 to 399 are a success. */
  record HttpGet(String scheme, String port, String path, List<String> headers)
      implements ProbeAction {}

  /** Connects. */
  record Connect(String port) implements ProbeAction {}

  /** Waits; only hooks do. */
  record Sleep(Duration duration) implements ProbeAction {}

  /** Reads the action of a probe or of a hook; empty when it is of a kind that is not known. */
  static Optional<ProbeAction> of(JsonNode handler) {
    if (handler.has("exec")) {
      List<String> command = new ArrayList<>();
      handler.path("exec").path("command").forEach(word -> command.add(word.asString("")));
      return Optional.of(new Execute(command));
    }
    if (handler.has("httpGet")) {
      JsonNode get = handler.path("httpGet");
      List<String> headers = new ArrayList<>();
      get.path("httpHeaders")
          .forEach(
              header ->
                  headers.add(
                      header.path("name").asString("") + ": " + header.path("value").asString("")));
      String path = get.path("path").asString("/");
      return Optional.of(
          new HttpGet(
              get.path("scheme").asString("HTTP"),
              get.path("port").asString(""),
              path.startsWith("/") ? path : "/" + path,
              headers));
    }
    if (handler.has("tcpSocket")) {
      return Optional.of(new Connect(handler.path("tcpSocket").path("port").asString("")));
    }
    if (handler.has("sleep")) {
      return Optional.of(
          new Sleep(Duration.ofSeconds(handler.path("sleep").path("seconds").asLong(0))));
    }
    return Optional.empty();
  }

  /** Does it. */
  default Outcome run(ProbeTarget target, Duration timeout) throws InterruptedException {
    try {
      return switch (this) {
        case Execute execute -> {
          ProbeTarget.Ended ended = target.execute(execute.command(), timeout);
          yield new Outcome(ended.exitCode() == 0, ended.output());
        }
        case HttpGet get -> get(get, target, timeout);
        case Connect connect -> {
          target.connect(target.port(connect.port())).close();
          yield new Outcome(true, "");
        }
        case Sleep _ -> new Outcome(true, "");
      };
    } catch (IOException | GeneralSecurityException e) {
      return Outcome.failure(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Outcome get(HttpGet get, ProbeTarget target, Duration timeout)
      throws IOException, GeneralSecurityException {
    int port = target.port(get.port());
    String url = get.scheme().toLowerCase(java.util.Locale.ROOT) + "://:" + port + get.path();
    try (Socket plain = target.connect(port);
        Socket socket = get.scheme().equals("HTTPS") ? AnyCertificate.wrap(plain) : plain) {
      socket.setSoTimeout((int) timeout.toMillis());
      StringBuilder request = new StringBuilder("GET " + get.path() + " HTTP/1.1\r\n");
      List<String> headers = new ArrayList<>(get.headers());
      if (headers.stream().noneMatch(header -> header.regionMatches(true, 0, "Host:", 0, 5))) {
        headers.add("Host: 127.0.0.1:" + port);
      }
      headers.add("User-Agent: kube-probe/1.35");
      headers.add("Accept: */*");
      headers.add("Connection: close");
      headers.forEach(header -> request.append(header).append("\r\n"));
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = answer.readLine();
      String[] words = line == null ? new String[0] : line.split(" ", 3);
      if (words.length < 2 || !words[0].startsWith("HTTP/")) {
        return Outcome.failure("Get \"" + url + "\": malformed HTTP response");
      }
      int code = Integer.parseInt(words[1]);
      return code >= 200 && code < 400
          ? new Outcome(true, "")
          : Outcome.failure("HTTP probe failed with statuscode: " + code);
    } catch (NumberFormatException e) {
      return Outcome.failure("Get \"" + url + "\": malformed HTTP status code");
    } catch (IOException e) {
      throw new IOException("Get \"" + url + "\": " + e.getMessage(), e);
    }
  }
}
