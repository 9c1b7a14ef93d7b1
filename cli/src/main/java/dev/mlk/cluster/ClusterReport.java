package dev.mlk.cluster;

import dev.mlk.console.Printer;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.kubernetes.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known about a cluster, for its table row and its document.
 *
 * @param folder its files
 * @param settings what it is made of
 * @param running where it listens; empty when it does not run
 * @param healthy whether it answers
 * @param nodes how many nodes it has now; -1 when it does not answer
 * @param trouble why it is not ready although it answers, such as a full disk; empty when it is
 */
record ClusterReport(
    ClusterFolder folder,
    ClusterSettings settings,
    Optional<RunningCluster> running,
    boolean healthy,
    int nodes,
    String trouble) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static ClusterReport of(Clusters clusters, ClusterFolder folder) {
    ClusterSettings settings =
        ClusterSettings.read(folder.config()).orElse(ClusterSettings.DEFAULT);
    Optional<RunningCluster> running = clusters.running(folder);
    if (running.isEmpty()) {
      return new ClusterReport(folder, settings, running, false, -1, "");
    }
    Endpoint endpoint = Endpoint.unix(running.get().socket());
    try (ApiClient client =
        new ApiClient(new HttpTransport(endpoint, PATIENCE, PATIENCE), "mlk/0.1.0")) {
      int nodes = client.list(Resources.NODES, "", Map.of()).path("items").size();
      return new ClusterReport(folder, settings, running, true, nodes, trouble(client));
    } catch (UncheckedIOException e) {
      return new ClusterReport(folder, settings, running, false, -1, "");
    }
  }

  /** What the server says of itself that is not as it should be; empty when all is well. */
  private static String trouble(ApiClient client) {
    try (Reply reply = client.open(Request.of("GET", "/readyz"))) {
      return reply.ok() ? "" : Integer.toString(reply.status());
    } catch (ApiException e) {
      return e.getMessage()
          .lines()
          .filter(line -> line.startsWith("[-]"))
          .map(line -> line.substring("[-]".length()))
          .findFirst()
          .orElse(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code Running}, {@code NotReady}, {@code NotAnswering} or {@code Stopped}. */
  String state() {
    if (running.isEmpty()) {
      return "Stopped";
    }
    if (!healthy) {
      return "NotAnswering";
    }
    return trouble.isEmpty() ? "Running" : "NotReady";
  }

  /**
   * Resident memory of its processes, without those of pods, as the system tells it; empty where it
   * does not.
   */
  String memory() {
    if (running.isEmpty()) {
      return "";
    }
    long kibibytes = resident(running.get().pid());
    for (String program : Programs.NAMES) {
      Path pid = folder.path().resolve("control-plane").resolve(program + ".pid");
      try {
        kibibytes += settings.engine().real() ? resident(Long.parseLong(Files.readString(pid))) : 0;
      } catch (IOException | NumberFormatException e) {
        return "";
      }
    }
    return kibibytes == 0 ? "" : kibibytes / 1024 + "Mi";
  }

  /** In KiB; 0 where the system does not tell. */
  private static long resident(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  /** The document. */
  ObjectNode json() {
    ObjectNode document = Printer.start("Cluster");
    document.put("name", folder.name()).put("state", state());
    document.put("context", "mlk-" + folder.name());
    document.put("kubeconfig", folder.kubeconfig().toString());
    running.ifPresent(
        cluster -> {
          document.put("server", cluster.server()).put("socket", cluster.socket().toString());
          document.put("pid", cluster.pid()).put("started", cluster.started().toString());
          document.put("memory", memory());
        });
    if (!trouble.isEmpty()) {
      document.put("trouble", trouble);
    }
    JsonNode made = settings.json();
    document.set("settings", made);
    return document;
  }
}
