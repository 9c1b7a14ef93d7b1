package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Nodes;
import dev.mlk.format.Json;
import dev.mlk.practice.select.PodResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a node matters here. Its list of images and the like are not kept.
 *
 * @param name its name
 * @param object its name, labels and taints, as the API has them
 * @param capacity what it has: CPU in thousandths, everything else in units of one
 * @param allocatable what of it pods can get
 * @param ready whether its kubelet says that it takes pods
 */
record GpuNode(
    String name,
    ObjectNode object,
    Map<String, Long> capacity,
    Map<String, Long> allocatable,
    boolean ready) {
  /** What the model of GPUs is called further that are divided and still offered as whole ones. */
  private static final String DIVIDED = "-MIG-";

  GpuNode {
    capacity = Map.copyOf(capacity);
    allocatable = Map.copyOf(allocatable);
  }

  /**
   * A node.
   *
   * @param dra what drivers of dynamic resource allocation offer; counted where no plugin offers
   *     GPUs, since both would speak of the same ones
   */
  static GpuNode of(JsonNode node, Dra dra) {
    Map<String, Long> capacity = PodResources.of(node.path("status").path("capacity"));
    Map<String, Long> allocatable = PodResources.of(node.path("status").path("allocatable"));
    ObjectNode kept = Json.object();
    ObjectNode metadata = kept.putObject("metadata").put("name", Nodes.name(node));
    metadata.set("labels", node.path("metadata").path("labels"));
    if (node.path("metadata").path("labels").isMissingNode()) {
      metadata.putObject("labels");
    }
    kept.putObject("spec").put("unschedulable", Nodes.cordoned(node));
    if (node.path("spec").path("taints").isArray()) {
      ((ObjectNode) kept.path("spec")).set("taints", node.path("spec").path("taints"));
    }
    if (!Device.any(capacity)) {
      capacity.putAll(dra.capacity(Nodes.name(node)));
      allocatable.putAll(dra.allocatable(Nodes.name(node)));
      if (Nodes.model(node).isEmpty()) {
        dra.of(Nodes.name(node)).stream()
            .map(device -> device.model().replace(' ', '-'))
            .filter(model -> !model.isEmpty())
            .findFirst()
            .ifPresent(model -> named(metadata, model));
      }
    }
    return new GpuNode(Nodes.name(node), kept, capacity, allocatable, Nodes.ready(node));
  }

  /** As if the node's labels told the model that its driver tells. */
  private static void named(ObjectNode metadata, String model) {
    ObjectNode labels = (ObjectNode) metadata.path("labels").deepCopy();
    metadata.set("labels", labels.put("gpu.model", model));
  }

  /** A label's value; empty when there is none. */
  String label(String key) {
    return Nodes.label(object, key);
  }

  boolean cordoned() {
    return Nodes.cordoned(object);
  }

  /** Whether a new pod could go there at all. */
  boolean open() {
    return ready && !cordoned();
  }

  /** Whether the GPUs are those of a practice cluster. */
  boolean simulated() {
    return !label("mlk.dev/simulated-gpu").isEmpty();
  }

  /** The devices that it has, or had when its kubelet last told. */
  List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    for (String resource : capacity.keySet()) {
      // A node that was changed to MIG keeps nvidia.com/gpu: 0.
      Device.of(resource).filter(device -> has(device) > 0).ifPresent(devices::add);
    }
    devices.sort(null);
    return devices;
  }

  /** How many of a device it has, healthy or not. */
  long has(Device device) {
    return capacity.getOrDefault(device.resource(), 0L);
  }

  /** How many of a device pods can get. */
  long offers(Device device) {
    return allocatable.getOrDefault(device.resource(), 0L);
  }

  /** The model that labels tell; else empty. */
  String model() {
    String model = Nodes.model(object);
    String amd = label("amd.com/gpu.product-name");
    return model.isEmpty() ? amd : model;
  }

  /** How many pods share one GPU; 1 when each has its own, as far as the labels tell. */
  long sharedBy() {
    String text = label("nvidia.com/gpu.replicas");
    boolean number =
        !text.isEmpty() && text.length() < 5 && text.chars().allMatch(Character::isDigit);
    return number ? Math.max(1, Long.parseLong(text)) : 1;
  }

  /** What one unit of a device is on this node: where GPUs are shared or divided, a part. */
  Device.Kind kind(Device device) {
    if (device.kind() != Device.Kind.GPU) {
      return device.kind();
    }
    if (sharedBy() > 1) {
      return Device.Kind.SHARE;
    }
    return model().contains(DIVIDED) ? Device.Kind.SLICE : Device.Kind.GPU;
  }

  /**
   * A device in words: {@code A100-SXM4-80GB MIG 1g.10gb}, {@code Tesla-T4 shared by 4}, {@code
   * amd.com/gpu}.
   */
  String text(Device device) {
    String model = model().replace("NVIDIA-", "").replace(DIVIDED, " MIG ").replace("-SHARED", "");
    String name = model.isEmpty() ? device.resource() : model;
    return switch (kind(device)) {
      case AMOUNT -> device.resource();
      case SHARE -> {
        String of = sharedBy() > 1 ? " shared by " + sharedBy() : " " + device.text();
        yield model.isEmpty() ? device.resource() : model + of;
      }
      case SLICE ->
          device.kind() == Device.Kind.SLICE ? (model + " " + device.text()).strip() : name;
      case GPU -> name;
    };
  }

  /** How many GPUs it really has, whatever is made of them; 0 where that cannot be told. */
  long gpus() {
    String text = label("nvidia.com/gpu.count");
    if (!text.isEmpty() && text.length() < 4 && text.chars().allMatch(Character::isDigit)) {
      return Long.parseLong(text);
    }
    return devices().stream().filter(d -> kind(d) == Device.Kind.GPU).mapToLong(this::has).sum();
  }

  /** {@code time-slicing}, {@code mps}; empty when GPUs are given out whole. */
  String sharing() {
    String strategy = label("nvidia.com/gpu.sharing-strategy");
    if (!strategy.isEmpty() && !strategy.equals("none")) {
      return strategy;
    }
    return sharedBy() > 1 ? "time-slicing" : "";
  }
}
