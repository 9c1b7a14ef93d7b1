package dev.mlk.practice.node.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a probe or a hook does. */
public sealed interface ProbeAction {
  /** Runs a command. */
  record Execute(List<String> command) implements ProbeAction {}

  /** Asks for a page; codes from 200 to 399 are a success. */
  record HttpGet(String scheme, String host, String port, String path, List<String> headers)
      implements ProbeAction {}

  /** Connects. */
  record Connect(String host, String port) implements ProbeAction {}

  /** Asks a gRPC server for its health. */
  record Health(int port, String service) implements ProbeAction {}

  /** Waits; only hooks do. */
  record Sleep(Duration duration) implements ProbeAction {}

  /** Reads the action of a probe or of a hook; empty when there is none. */
  static Optional<ProbeAction> of(JsonNode handler) {
    if (handler.has("exec")) {
      List<String> command = new ArrayList<>();
      handler.path("exec").path("command").forEach(word -> command.add(word.asString("")));
      return Optional.of(new Execute(command));
    }
    if (handler.has("httpGet")) {
      return Optional.of(httpGet(handler.path("httpGet")));
    }
    if (handler.has("tcpSocket")) {
      JsonNode socket = handler.path("tcpSocket");
      return Optional.of(
          new Connect(socket.path("host").asString(""), socket.path("port").asString("")));
    }
    if (handler.has("grpc")) {
      JsonNode grpc = handler.path("grpc");
      return Optional.of(new Health(grpc.path("port").asInt(0), grpc.path("service").asString("")));
    }
    if (handler.has("sleep")) {
      return Optional.of(
          new Sleep(Duration.ofSeconds(handler.path("sleep").path("seconds").asLong(0))));
    }
    return Optional.empty();
  }

  private static HttpGet httpGet(JsonNode get) {
    List<String> headers = new ArrayList<>();
    get.path("httpHeaders")
        .forEach(
            header ->
                headers.add(
                    header.path("name").asString("") + ": " + header.path("value").asString("")));
    String path = get.path("path").asString("/");
    return new HttpGet(
        get.path("scheme").asString("HTTP").toLowerCase(Locale.ROOT),
        get.path("host").asString(""),
        get.path("port").asString(""),
        path.startsWith("/") ? path : "/" + path,
        headers);
  }

  /**
   * Does it.
   *
   * @param agent how it calls itself to a server, such as {@code kube-probe/1.35}
   */
  default Outcome run(ProbeTarget target, Duration timeout, String agent)
      throws InterruptedException {
    try {
      return switch (this) {
        case Execute execute -> execute(execute, target, timeout);
        case HttpGet get -> new HttpProbe(target, timeout, agent).get(get);
        case Connect connect -> connect(connect, target, timeout);
        case Health health -> new HealthProbe(target, timeout, agent).check(health);
        case Sleep _ -> Outcome.success();
      };
    } catch (IOException e) {
      return Outcome.error(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Outcome execute(Execute execute, ProbeTarget target, Duration timeout)
      throws IOException, InterruptedException {
    ProbeTarget.Ended ended = target.execute(execute.command(), timeout);
    if (ended.late()) {
      return Outcome.failure(
          "command timed out: \""
              + String.join(" ", execute.command())
              + "\" timed out after "
              + timeout.toSeconds()
              + "s");
    }
    return ended.exitCode() == 0 ? Outcome.success() : Outcome.failure(ended.output());
  }

  private static Outcome connect(Connect connect, ProbeTarget target, Duration timeout)
      throws IOException {
    int port = target.port(connect.port());
    try (Socket _ = target.connect(connect.host(), port, timeout)) {
      return Outcome.success();
    } catch (IOException e) {
      return Outcome.failure(dial(target.address(connect.host()), port, e));
    }
  }

  /** As Go says that a connection could not be made. */
  static String dial(String host, int port, IOException problem) {
    String to = "dial tcp " + host + ":" + port + ": ";
    return switch (problem) {
      case ConnectException _ -> to + "connect: connection refused";
      case SocketTimeoutException _ -> to + "i/o timeout";
      default -> to + problem.getMessage();
    };
  }
}
