package dev.mlk.tfjob.ledger;

import dev.mlk.tfjob.api.JobLabels;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads from a pod what it holds. It holds its node's resources from the moment it is bound, as the
 * scheduler counts it (condition {@code PodScheduled}), until its phase is Succeeded or Failed or
 * it is gone: images that are pulled, back-off and restarts are held time; pending is not.
 */
public final class PodReading {
  private static final List<String> MODELS =
      List.of("nvidia.com/gpu.product", "cloud.google.com/gke-accelerator", "gpu.model");

  /** What prices go by, beyond labels of our own. */
  private static final Set<String> PRICED =
      Set.of(
          "node.kubernetes.io/instance-type",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "kubernetes.io/arch",
          "karpenter.sh/capacity-type",
          "eks.amazonaws.com/capacityType",
          "cloud.google.com/gke-spot",
          "cloud.google.com/gke-nodepool",
          "kubernetes.azure.com/scalesetpriority");

  private PodReading() {}

  /**
   * The entry of a pod.
   *
   * @param pod the pod as the API server gives it
   * @param node its node; missing where unknown
   */
  public static LedgerEntry of(JsonNode pod, JsonNode node) {
    JsonNode metadata = pod.path("metadata");
    JsonNode status = pod.path("status");
    String phase = status.path("phase").asString("");
    boolean over = phase.equals("Succeeded") || phase.equals("Failed");
    String nodeName = pod.path("spec").path("nodeName").asString("");
    Instant created = time(metadata.path("creationTimestamp")).orElse(Instant.EPOCH);
    LedgerEntry.Times times =
        new LedgerEntry.Times(
            created,
            nodeName.isEmpty() ? Optional.empty() : Optional.of(scheduled(status, created)),
            running(status),
            over ? ended(pod) : Optional.empty());
    return new LedgerEntry(
        metadata.path("uid").asString(""),
        who(pod),
        nodeName.isEmpty() ? LedgerEntry.Node.NONE : node(nodeName, node),
        PodRequests.of(pod),
        times,
        over ? why(pod, phase) : "",
        restarts(status));
  }

  private static LedgerEntry.Who who(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    Map<String, String> labels =
        People.named(
            LedgerEntry.labels(metadata.path("labels")),
            LedgerEntry.labels(metadata.path("annotations")));
    String name = metadata.path("name").asString("");
    String job = labels.getOrDefault(JobLabels.JOB_NAME, "");
    String replica =
        labels.getOrDefault(JobLabels.REPLICA_TYPE, "")
            + "-"
            + labels.getOrDefault(JobLabels.REPLICA_INDEX, "");
    return new LedgerEntry.Who(
        metadata.path("namespace").asString(""),
        name,
        job.isEmpty() ? owner(metadata).orElse("pod/" + name) : job,
        job.isEmpty() ? "" : replica,
        own(labels));
  }

  /** Labels that somebody chose: not those that say what stands elsewhere in the entry. */
  static Map<String, String> own(Map<String, String> labels) {
    Map<String, String> own = new TreeMap<>(labels);
    own.keySet().removeIf(key -> key.startsWith("training.kubeflow.org/"));
    return own;
  }

  private static Optional<String> owner(JsonNode metadata) {
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        String kind = owner.path("kind").asString("").toLowerCase(java.util.Locale.ROOT);
        return Optional.of(kind + "/" + owner.path("name").asString(""));
      }
    }
    return Optional.empty();
  }

  /** What of a node the ledger keeps. */
  public static LedgerEntry.Node node(JsonNode node) {
    return node(node.path("metadata").path("name").asString(""), node);
  }

  private static LedgerEntry.Node node(String name, JsonNode node) {
    Map<String, String> all = LedgerEntry.labels(node.path("metadata").path("labels"));
    String model =
        MODELS.stream()
            .map(key -> all.getOrDefault(key, ""))
            .filter(m -> !m.isEmpty())
            .findFirst()
            .orElse("");
    Map<String, String> priced = new TreeMap<>(all);
    priced.keySet().removeIf(key -> !PRICED.contains(key) && !key.startsWith("mlk.dev/"));
    return new LedgerEntry.Node(name, model, priced);
  }

  private static Instant scheduled(JsonNode status, Instant created) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("PodScheduled")
          && condition.path("status").asString("").equals("True")) {
        Optional<Instant> at = time(condition.path("lastTransitionTime"));
        if (at.isPresent()) {
          return at.get();
        }
      }
    }
    return time(status.path("startTime")).orElse(created);
  }

  private static Optional<Instant> running(JsonNode status) {
    List<Instant> starts = new ArrayList<>();
    for (JsonNode container : status.path("containerStatuses")) {
      for (String state : List.of("state", "lastState")) {
        for (String kind : List.of("running", "terminated")) {
          time(container.path(state).path(kind).path("startedAt")).ifPresent(starts::add);
        }
      }
    }
    return starts.stream().min(Comparator.naturalOrder());
  }

  /** When its last container ended; without containers, the last that its conditions tell. */
  private static Optional<Instant> ended(JsonNode pod) {
    JsonNode status = pod.path("status");
    List<Instant> ends = new ArrayList<>();
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode container : status.path(list)) {
        time(container.path("state").path("terminated").path("finishedAt")).ifPresent(ends::add);
      }
    }
    if (ends.isEmpty()) {
      for (JsonNode condition : status.path("conditions")) {
        time(condition.path("lastTransitionTime")).ifPresent(ends::add);
      }
    }
    return ends.stream()
        .max(Comparator.naturalOrder())
        .or(() -> time(pod.path("metadata").path("deletionTimestamp")));
  }

  private static String why(JsonNode pod, String phase) {
    if (phase.equals("Succeeded")) {
      return phase;
    }
    String reason = pod.path("status").path("reason").asString("");
    if (!reason.isEmpty()) {
      return reason;
    }
    return pod.path("metadata").has("deletionTimestamp") ? "Deleted" : phase;
  }

  private static int restarts(JsonNode status) {
    int sum = 0;
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode container : status.path(list)) {
        sum += container.path("restartCount").asInt(0);
      }
    }
    return sum;
  }

  /** A moment as the API writes it, in whole seconds. */
  static Optional<Instant> time(JsonNode text) {
    try {
      return text.isString()
          ? Optional.of(Instant.parse(text.stringValue()).truncatedTo(ChronoUnit.SECONDS))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
