package dev.mlk.practice.api.proxy;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.pki.AnyCertificate;
import dev.mlk.practice.status.ApiError;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends requests on to pods, services and nodes, and their answers back. */
public final class Proxy {
  /** How long a pod may take for the head of its answer. */
  private static final int PATIENCE_MILLIS = 600_000;

  private final Destinations destinations;
  private final NodePages nodes;
  private final PodStreams pods;

  /** A proxy to the agent's pods. */
  public Proxy(Objects objects, PodStreams pods, RandomGenerator random) {
    this.destinations = new Destinations(objects, random);
    this.nodes = new NodePages(objects, pods);
    this.pods = pods;
  }

  /**
   * The answer of what a path leads to.
   *
   * @param plural {@code pods}, {@code services} or {@code nodes}
   * @param name the name as in the path, with scheme and port
   */
  public Answer answer(Call call, String plural, String namespace, String name) {
    // Slash, api, v1, then namespaces and the namespace, then resource, name and "proxy".
    String[] parts = call.path().split("/", namespace.isEmpty() ? 7 : 9);
    int count = namespace.isEmpty() ? 6 : 8;
    String path = parts.length > count ? "/" + parts[count] : "";
    String prefix = call.path().substring(0, call.path().length() - path.length());
    boolean reading = call.method().equals("GET") || call.method().equals("HEAD");
    // What is not there is not found, with a slash or without.
    Optional<Destination> destination = destination(plural, namespace, name);
    if (path.isEmpty() && reading) {
      // Links in the page are relative to its folder.
      return Answer.of(301, "", new byte[0])
          .with("location", prefix + "/" + Exchange.query(call.query()));
    }
    if (path.chars().anyMatch(each -> each <= ' ')) {
      throw ApiError.badRequest("the path has a blank");
    }
    return destination.isEmpty()
        ? nodes.answer(call, name, path)
        : send(call, destination.get(), path.isEmpty() ? "/" : path, prefix);
  }

  /** Where the path leads; empty for a node. */
  private Optional<Destination> destination(String plural, String namespace, String name) {
    return switch (plural) {
      case "pods" -> Optional.of(destinations.pod(namespace, name));
      case "services" -> Optional.of(destinations.service(namespace, name));
      default -> Optional.empty();
    };
  }

  private Answer send(Call call, Destination destination, String path, String prefix) {
    Socket socket = null;
    try {
      socket = connect(destination);
      Map<String, String> forwarded = new LinkedHashMap<>();
      forwarded.put("x-forwarded-uri", prefix + path);
      forwarded.put("x-forwarded-host", call.header("host"));
      forwarded.put("x-forwarded-proto", "https");
      Answer answer =
          new Exchange(call, socket).answer(path + Exchange.query(call.query()), forwarded);
      socket.setSoTimeout(0);
      return relocated(answer, call, prefix);
    } catch (IOException | GeneralSecurityException e) {
      close(socket);
      throw Destinations.unreachable(e.getMessage());
    }
  }

  private Socket connect(Destination destination) throws IOException, GeneralSecurityException {
    Socket plain = pods.connect(destination.pod(), destination.port());
    plain.setSoTimeout(PATIENCE_MILLIS);
    return destination.secure() ? AnyCertificate.wrap(plain) : plain;
  }

  private static void close(Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw Destinations.unreachable(e.getMessage());
    }
  }

  /** A redirect within the pod leads through the proxy again. */
  private static Answer relocated(Answer answer, Call call, String prefix) {
    List<String> locations = answer.headers().getOrDefault("location", List.of());
    if (locations.isEmpty()) {
      return answer;
    }
    try {
      URI to = URI.create(locations.getFirst());
      String path = to.getRawPath() == null ? "" : to.getRawPath();
      boolean here = to.getHost() == null || call.header("host").equals(to.getRawAuthority());
      if (!here || !path.startsWith("/") || path.startsWith(prefix)) {
        return answer;
      }
      String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
      return answer.with("location", prefix + path + query);
    } catch (IllegalArgumentException e) {
      // No URL that anybody follows.
      return answer;
    }
  }
}
