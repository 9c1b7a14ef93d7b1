package dev.mlk.gpu.verify;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Nodes;
import dev.mlk.format.Json;
import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node with GPUs.
 *
 * @param object the node; a missing one stands for whichever the scheduler finds
 * @param offers its devices
 * @param templates the kind from which claims of pods are made
 */
record GpuNode(JsonNode object, List<Offer> offers, Resource templates) {
  private static final String NVIDIA_GPU = "nvidia.com/gpu";
  private static final String SIMULATED = "mlk.dev/simulated-gpu";

  GpuNode {
    offers = List.copyOf(offers);
  }

  static GpuNode of(JsonNode object, Holders holders, Dra dra) {
    return new GpuNode(object, Offer.of(object, holders, dra), dra.claimTemplates());
  }

  /**
   * A node that may not be read: one GPU of it, or of any when the name is empty.
   *
   * @param simulated whether the cluster is known to have simulated GPUs
   */
  static GpuNode unseen(String name, boolean simulated) {
    ObjectNode object = Json.object();
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (simulated) {
      metadata.putObject("labels").put(SIMULATED, "true");
    }
    List<Offer> one = List.of(new Offer(NVIDIA_GPU, 1, 1, 0, List.of()));
    return new GpuNode(object, one, Dra.NONE.claimTemplates());
  }

  /** Whether it is known only by name. */
  boolean unseen() {
    return !object.has("status");
  }

  /** Empty for whichever node the scheduler finds. */
  String name() {
    return Nodes.name(object);
  }

  /** As verdicts speak of it. */
  String words() {
    return name().isEmpty() ? "any node" : name();
  }

  List<Offer> gpus() {
    return offers.stream().filter(Offer::gpu).toList();
  }

  List<Offer> fabric() {
    return offers.stream().filter(offer -> !offer.gpu()).toList();
  }

  String label(String key) {
    return Nodes.label(object, key);
  }

  /** Whether its GPUs are those of a practice cluster. */
  boolean simulated() {
    return label(SIMULATED).equals("true");
  }

  /** How many GPUs are in the machine, where GPU feature discovery says so; else 0. */
  long physical() {
    return number(label("nvidia.com/gpu.count"));
  }

  /** How many pods share each GPU, as labels or numbers tell; 1 where nothing says so. */
  long replicas() {
    long said = number(label("nvidia.com/gpu.replicas"));
    if (said > 1) {
      return said;
    }
    long whole =
        offers.stream()
            .filter(offer -> offer.gpu() && !offer.mig())
            .mapToLong(Offer::capacity)
            .sum();
    boolean sliced =
        offers.stream().anyMatch(offer -> offer.resource().endsWith(".shared"))
            || label("nvidia.com/gpu.product").endsWith("-SHARED")
            || strategy().isPresent();
    if (physical() > 0 && whole > physical()) {
      return whole / physical();
    }
    return sliced ? 2 : 1;
  }

  /** {@code time-slicing} or {@code mps}, where a label says so. */
  Optional<String> strategy() {
    String strategy = label("nvidia.com/gpu.sharing-strategy");
    return strategy.isEmpty() || strategy.equals("none") ? Optional.empty() : Optional.of(strategy);
  }

  /** Taints that keep pods away and that a pod may well tolerate: not what the node itself says. */
  List<JsonNode> taints() {
    List<JsonNode> taints = new ArrayList<>();
    for (JsonNode taint : object.path("spec").path("taints")) {
      if (!ofNode(taint) && !taint.path("effect").asString("").equals("PreferNoSchedule")) {
        taints.add(taint);
      }
    }
    return taints;
  }

  /** Taints by which the node says that it is not well, such as memory pressure. */
  List<String> troubles() {
    List<String> keys = new ArrayList<>();
    for (JsonNode taint : object.path("spec").path("taints")) {
      if (ofNode(taint)) {
        keys.add(taint.path("key").asString(""));
      }
    }
    return keys;
  }

  private static boolean ofNode(JsonNode taint) {
    return taint.path("key").asString("").startsWith("node.kubernetes.io/");
  }

  private static long number(String text) {
    return text.isEmpty() || text.length() > 9 || !text.chars().allMatch(Character::isDigit)
        ? 0
        : Long.parseLong(text);
  }
}
