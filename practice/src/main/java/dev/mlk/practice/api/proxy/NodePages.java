package dev.mlk.practice.api.proxy;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.proxy.Destination.Name;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kubelet.ContainerUsage;
import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.kubelet.NodeUsage;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.status.ApiError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kubelet serves, of nodes whose agent is in this process. */
final class NodePages {
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Objects objects;
  private final PodStreams agent;

  NodePages(Objects objects, PodStreams agent) {
    this.objects = objects;
    this.agent = agent;
  }

  Answer answer(Call call, String text, String path) {
    String name =
        Name.parse(text)
            .map(Name::name)
            .orElseThrow(() -> ApiError.badRequest("invalid node request \"" + text + "\""));
    if (objects.find(Resources.NODES, "", name).isEmpty()) {
      throw ApiError.notFound(Resources.NODES, name);
    }
    NodeUsage usage = agent.usage();
    if (!usage.nodes().contains(name)) {
      throw Destinations.unreachable("no agent of this cluster runs node \"" + name + "\"");
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return Answer.text(405, "Method Not Allowed\n");
    }
    return switch (path) {
      case "/healthz", "/healthz/ping" -> Answer.text(200, "ok");
      case "/pods", "/pods/" -> Answer.of(200, JSON, Json.write(pods(name)));
      case "/stats/summary" -> Answer.of(200, JSON, Json.write(summary(name, usage)));
      case "/metrics" ->
          Answer.of(
              200,
              PROMETHEUS,
              metrics(name, usage).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      default -> Answer.text(404, "404 page not found\n");
    };
  }

  private List<ObjectNode> of(String node) {
    return objects.list(Resources.PODS, "").stream()
        .filter(pod -> pod.path("spec").path("nodeName").asString("").equals(node))
        .toList();
  }

  private ObjectNode pods(String node) {
    ObjectNode list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    of(node).forEach(pod -> items.add(pod.remove(List.of("kind", "apiVersion"))));
    return list;
  }

  private ObjectNode summary(String node, NodeUsage usage) {
    List<ContainerUsage> all =
        usage.containers().stream().filter(use -> use.node().equals(node)).toList();
    ObjectNode summary = Json.object();
    ObjectNode whole = summary.putObject("node").put("nodeName", node);
    amounts(whole, usage.time(), all);
    ArrayNode pods = summary.putArray("pods");
    Map<String, List<ContainerUsage>> byPod = new TreeMap<>();
    for (ContainerUsage use : all) {
      byPod
          .computeIfAbsent(use.namespace() + "/" + use.pod(), _ -> new java.util.ArrayList<>())
          .add(use);
    }
    for (List<ContainerUsage> uses : byPod.values()) {
      Optional<ObjectNode> pod =
          objects.find(Resources.PODS, uses.getFirst().namespace(), uses.getFirst().pod());
      pod.ifPresent(found -> pods.add(summary(found, uses)));
    }
    return summary;
  }

  private static ObjectNode summary(ObjectNode pod, List<ContainerUsage> uses) {
    ObjectNode summary = Json.object();
    summary
        .putObject("podRef")
        .put("name", Metadata.name(pod))
        .put("namespace", Metadata.namespace(pod))
        .put("uid", Metadata.uid(pod));
    JsonNode start = pod.path("status").path("startTime");
    if (start.isString()) {
      summary.set("startTime", start);
    }
    ArrayNode containers = summary.putArray("containers");
    for (ContainerUsage use : uses) {
      amounts(containers.addObject().put("name", use.container()), use.use().time(), List.of(use));
    }
    amounts(summary, uses.getFirst().use().time(), uses);
    return summary;
  }

  private static void amounts(ObjectNode target, Instant time, List<ContainerUsage> uses) {
    String moment = Metadata.time(time);
    List<Measured> measured = uses.stream().map(ContainerUsage::use).toList();
    target
        .putObject("cpu")
        .put("time", moment)
        .put("usageNanoCores", measured.stream().mapToLong(Measured::nanoCpus).sum());
    target
        .putObject("memory")
        .put("time", moment)
        .put("workingSetBytes", measured.stream().mapToLong(Measured::memory).sum());
  }

  private static String metrics(String node, NodeUsage usage) {
    long containers = usage.containers().stream().filter(use -> use.node().equals(node)).count();
    long pods =
        usage.containers().stream()
            .filter(use -> use.node().equals(node))
            .map(use -> use.namespace() + "/" + use.pod())
            .distinct()
            .count();
    return """
    # HELP kubelet_node_name The node's name. The count is always 1.
    # TYPE kubelet_node_name gauge
    kubelet_node_name{node="%s"} 1
    # HELP kubelet_running_containers Number of containers currently running
    # TYPE kubelet_running_containers gauge
    kubelet_running_containers{container_state="running"} %d
    # HELP kubelet_running_pods Number of pods that have a running pod sandbox
    # TYPE kubelet_running_pods gauge
    kubelet_running_pods %d
    """
        .formatted(node, containers, pods);
  }
}
