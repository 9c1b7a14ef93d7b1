package dev.mlk.practice.kubernetes;

import dev.mlk.kube.Informer;
import dev.mlk.practice.api.http.Listeners;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.kubelet.PodStreams.Target;
import dev.mlk.practice.stream.PodStream;
import dev.mlk.practice.stream.Upgrade;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * What a kubelet serves to the API server: logs, exec, attach and port-forward of the pods on its
 * nodes. Only the API server's own client certificate gets in.
 */
public final class KubeletServer implements AutoCloseable {
  private static final Pattern LOG =
      Pattern.compile("/containerLogs/(?<namespace>[^/]+)/(?<pod>[^/]+)/(?<container>[^/]+)");
  private static final Pattern STREAM =
      Pattern.compile(
          "/(?<kind>exec|attach|portForward)/(?<namespace>[^/]+)/(?<pod>[^/]+)(/(?<container>[^/]+))?");

  private final ClientCheck client;
  private final InstantSource clock;
  private final Informer pods;
  private final PodStreams streams;
  private final Listeners listeners;

  /**
   * Starts to listen on any free port of loopback.
   *
   * @param tls the server's side of TLS
   * @param authority the authority of the API server's client certificate
   * @param pods tells the uid of a pod
   * @param streams the node agent
   */
  public KubeletServer(
      SSLContext tls,
      X509Certificate authority,
      InstantSource clock,
      Informer pods,
      PodStreams streams) {
    // A certificate of the cluster's authority with all rights.
    this.client = new ClientCheck(authority, "O=system:masters", clock);
    this.clock = clock;
    this.pods = pods;
    this.streams = streams;
    this.listeners = Listeners.tlsOnly(this::handle, tls, 0, STREAM);
  }

  /** The port. */
  public int port() {
    return listeners.port();
  }

  private Answer handle(Call call) {
    if (!client.admits(call.credentials())) {
      return Answer.text(401, "Unauthorized");
    }
    Matcher stream = STREAM.matcher(call.path());
    Matcher log = LOG.matcher(call.path());
    if (call.path().equals("/healthz")) {
      return Answer.text(200, "ok");
    }
    if (!log.matches() && !stream.matches()) {
      return Answer.text(404, "404 page not found\n");
    }
    Matcher found = log.matches() ? log : stream;
    Optional<Target> target = target(found);
    if (target.isEmpty()) {
      return Answer.text(404, "pod \"" + found.group("pod") + "\" does not exist\n");
    }
    return found == log ? log(call, target.get()) : stream(call, found.group("kind"), target.get());
  }

  private Optional<Target> target(Matcher path) {
    String container = path.group("container");
    return pods.get(path.group("namespace"), path.group("pod"))
        .map(
            pod ->
                new Target(
                    path.group("namespace"),
                    path.group("pod"),
                    pod.path("metadata").path("uid").asString(""),
                    container == null
                        ? pod.path("spec").path("containers").path(0).path("name").asString("")
                        : container));
  }

  private Answer log(Call call, Target target) {
    try {
      Optional<Instant> since =
          call.number("sinceSeconds").map(seconds -> clock.instant().minusSeconds(seconds));
      if (!call.query("sinceTime").isEmpty()) {
        since = Optional.of(Instant.parse(call.query("sinceTime")));
      }
      return Answer.stream(
          "text/plain",
          streams.log(
              target,
              new PodStreams.LogOptions(
                  call.asks("follow"),
                  call.asks("previous"),
                  call.number("tailLines").map(lines -> (int) Math.min(lines, Integer.MAX_VALUE)),
                  since,
                  call.number("limitBytes"),
                  call.asks("timestamps"))));
    } catch (IOException | DateTimeException e) {
      // Not in a line of its own: the API server puts the text into a Status.
      return Answer.text(400, e.getMessage());
    }
  }

  private Answer stream(Call call, String kind, Target target) {
    PodStream wanted =
        kind.equals("portForward") ? ports(call, target) : command(call, kind, target);
    return Upgrade.choose(call.headers(), wanted, streams)
        .map(Answer::upgrade)
        .orElseGet(() -> Answer.text(400, "no protocol in common"));
  }

  private static PodStream ports(Call call, Target target) {
    List<Integer> ports =
        call.query().getOrDefault("port", List.of()).stream()
            .filter(port -> port.matches("[0-9]{1,5}"))
            .map(Integer::valueOf)
            .toList();
    return new PodStream.Ports(target, ports);
  }

  private static PodStream command(Call call, String kind, Target target) {
    boolean terminal = call.asks("tty");
    return new PodStream.Command(
        target,
        kind.equals("attach") ? List.of() : call.query().getOrDefault("command", List.of()),
        call.asks("input"),
        call.asks("output"),
        call.asks("error") && !terminal,
        terminal);
  }

  @Override
  public void close() {
    listeners.close();
  }
}
