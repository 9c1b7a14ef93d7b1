package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kubelet.ContainerUsage;
import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.kubelet.NodeUsage;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.status.ApiError;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What nodes and pods use, in the form and with the errors of metrics-server. */
public final class Metrics {
  /**
   * On metrics of pods: the containers of which nothing was measured, because no process runs in
   * them. Their arguments say what they use.
   */
  static final String SIMULATED = "mlk.dev/simulated-usage";

  /** How errors name the kinds; there are no such resources. */
  private static final Resource POD_METRICS =
      Resource.namespaced("metrics.k8s.io", "v1beta1", "podmetrics", "PodMetrics");

  private static final Resource NODE_METRICS =
      Resource.cluster("metrics.k8s.io", "v1beta1", "nodemetrics", "NodeMetrics");
  private static final String API_VERSION = "metrics.k8s.io/v1beta1";
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private final Supplier<NodeUsage> usage;
  private final Objects objects;
  private final InstantSource clock;

  /** Where the metadata of nodes and pods is. */
  @FunctionalInterface
  public interface Objects {
    /** The object; empty when it is not there. */
    Optional<ObjectNode> find(Resource resource, String namespace, String name);
  }

  /**
   * Metrics of what the agent measures.
   *
   * @param usage asked for each answer
   * @param objects the nodes and pods themselves
   */
  public Metrics(Supplier<NodeUsage> usage, Objects objects, InstantSource clock) {
    this.usage = usage;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * The answer to a call, for a server that has nothing but these.
   *
   * @param verb get or list
   */
  public Answer answer(String verb, Action action) {
    return new ComputedReading(kinds(), clock)
        .find(verb, action)
        .orElseThrow(ApiError::noSuchResource);
  }

  /** The kinds by qualified name. */
  Map<String, Computed> kinds() {
    return Map.of("nodes.metrics.k8s.io", new OfNodes(), "pods.metrics.k8s.io", new OfPods());
  }

  private final class OfNodes implements Computed {
    @Override
    public List<ObjectNode> list(String namespace) {
      NodeUsage now = usage.get();
      return now.nodes().stream()
          .sorted()
          .flatMap(
              name -> objects.find(Resources.NODES, "", name).map(node -> node(node, now)).stream())
          .toList();
    }

    @Override
    public ObjectNode get(String namespace, String name) {
      ObjectNode node =
          objects
              .find(Resources.NODES, "", name)
              .orElseThrow(() -> ApiError.notFound(Resources.NODES, name));
      NodeUsage now = usage.get();
      if (!now.nodes().contains(name)) {
        throw ApiError.notFound(NODE_METRICS, name);
      }
      return node(node, now);
    }
  }

  private final class OfPods implements Computed {
    @Override
    public List<ObjectNode> list(String namespace) {
      Map<String, List<ContainerUsage>> pods = new TreeMap<>();
      for (ContainerUsage use : usage.get().containers()) {
        if (namespace.isEmpty() || use.namespace().equals(namespace)) {
          pods.computeIfAbsent(use.namespace() + "/" + use.pod(), _ -> new ArrayList<>()).add(use);
        }
      }
      return pods.values().stream()
          .flatMap(
              uses ->
                  objects
                      .find(Resources.PODS, uses.getFirst().namespace(), uses.getFirst().pod())
                      .map(pod -> pod(pod, uses))
                      .stream())
          .toList();
    }

    @Override
    public ObjectNode get(String namespace, String name) {
      ObjectNode pod =
          objects
              .find(Resources.PODS, namespace, name)
              .orElseThrow(() -> ApiError.notFound(Resources.PODS, name));
      List<ContainerUsage> uses =
          usage.get().containers().stream()
              .filter(use -> use.namespace().equals(namespace) && use.pod().equals(name))
              .toList();
      if (uses.isEmpty()) {
        throw ApiError.notFound(POD_METRICS, namespace + "/" + name);
      }
      return pod(pod, uses);
    }
  }

  private ObjectNode node(ObjectNode node, NodeUsage now) {
    String name = Metadata.name(node);
    List<Measured> uses =
        now.containers().stream()
            .filter(use -> use.node().equals(name))
            .map(ContainerUsage::use)
            .toList();
    ObjectNode metrics = begin("NodeMetrics", node, now.time(), uses);
    metrics.set("usage", amounts(uses));
    return metrics;
  }

  private ObjectNode pod(ObjectNode pod, List<ContainerUsage> uses) {
    List<Measured> measured = uses.stream().map(ContainerUsage::use).toList();
    ObjectNode metrics = begin("PodMetrics", pod, measured.getFirst().time(), measured);
    List<String> simulated =
        uses.stream().filter(use -> use.use().simulated()).map(ContainerUsage::container).toList();
    if (!simulated.isEmpty()) {
      Json.child(Metadata.of(metrics), "annotations").put(SIMULATED, String.join(",", simulated));
    }
    ArrayNode containers = metrics.putArray("containers");
    for (ContainerUsage use : uses) {
      ObjectNode container = containers.addObject().put("name", use.container());
      container.set("usage", amounts(List.of(use.use())));
    }
    return metrics;
  }

  private ObjectNode begin(String kind, ObjectNode object, Instant otherwise, List<Measured> uses) {
    ObjectNode metrics = Json.object().put("kind", kind).put("apiVersion", API_VERSION);
    ObjectNode metadata = metrics.putObject("metadata").put("name", Metadata.name(object));
    if (!Metadata.namespace(object).isEmpty()) {
      metadata.put("namespace", Metadata.namespace(object));
    }
    metadata.put("creationTimestamp", Metadata.time(clock.instant()));
    JsonNode labels = object.path("metadata").path("labels");
    if (!labels.isEmpty()) {
      metadata.set("labels", labels);
    }
    // The oldest end and the longest window of all: what is said holds for each of them.
    Instant time =
        uses.stream().map(Measured::time).min(Comparator.naturalOrder()).orElse(otherwise);
    Duration window =
        uses.stream()
            .map(Measured::window)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ofSeconds(1));
    return metrics.put("timestamp", Metadata.time(time)).put("window", text(window));
  }

  /** A span as Go writes it: {@code 15s}, {@code 14.025s}. */
  private static String text(Duration span) {
    return BigDecimal.valueOf(span.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
  }

  private static ObjectNode amounts(List<Measured> uses) {
    long cpu = uses.stream().mapToLong(Measured::nanoCpus).sum();
    long memory = uses.stream().mapToLong(Measured::memory).sum();
    BigDecimal bytes = BigDecimal.valueOf((memory + 1023) / 1024).multiply(KIBI);
    return Json.object()
        .put("cpu", new Quantity(BigDecimal.valueOf(cpu, 9), Quantity.Format.DECIMAL_SI).toString())
        .put("memory", new Quantity(bytes, Quantity.Format.BINARY_SI).toString());
  }
}
