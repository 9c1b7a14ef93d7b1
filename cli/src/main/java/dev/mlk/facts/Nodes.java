package dev.mlk.facts;

import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What node objects say. */
public final class Nodes {
  private static final Set<String> GPU_RESOURCES =
      Set.of(
          "nvidia.com/gpu",
          "nvidia.com/gpu.shared",
          "amd.com/gpu",
          "gpu.intel.com/i915",
          "gpu.intel.com/xe",
          "alpha.kubernetes.io/nvidia-gpu");
  private static final String MIG = "nvidia.com/mig-";

  private Nodes() {}

  /** Whether the resource counts GPUs, or parts of them. */
  public static boolean isGpu(String resource) {
    return GPU_RESOURCES.contains(resource) || resource.startsWith(MIG);
  }

  /** An object's name. */
  public static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  /** An object's label; empty when it has none of that key. */
  public static String label(JsonNode object, String key) {
    return object.path("metadata").path("labels").path(key).asString("");
  }

  /** The status of a condition: {@code True}, {@code False}, {@code Unknown}, or empty. */
  public static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return tools.jackson.databind.node.MissingNode.getInstance();
  }

  /** Whether the node's kubelet says that it takes pods. */
  public static boolean ready(JsonNode node) {
    return condition(node, "Ready").path("status").asString("").equals("True");
  }

  /** Whether somebody closed the node for new pods. */
  public static boolean cordoned(JsonNode node) {
    return node.path("spec").path("unschedulable").asBoolean(false);
  }

  /** How many GPUs of any kind the node has: {@code capacity} or {@code allocatable}. */
  public static long gpus(JsonNode node, String list) {
    long sum = 0;
    for (Map.Entry<String, JsonNode> entry : node.path("status").path(list).properties()) {
      if (isGpu(entry.getKey())) {
        sum += Quantity.parse(entry.getValue().asString("0")).map(Quantity::units).orElse(0L);
      }
    }
    return sum;
  }

  /** The GPU resources that the node's status names. */
  public static List<String> gpuResources(JsonNode node) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.path("status").path("capacity").properties()) {
      if (isGpu(entry.getKey())) {
        names.add(entry.getKey());
      }
    }
    return names;
  }

  /** Whether anything says that the node has a GPU: its labels, or its status. */
  public static boolean saysGpu(JsonNode node) {
    return gpus(node, "capacity") > 0
        || label(node, "nvidia.com/gpu.present").equals("true")
        || label(node, "feature.node.kubernetes.io/pci-10de.present").equals("true")
        || !label(node, "cloud.google.com/gke-accelerator").isEmpty()
        || !gpuResources(node).isEmpty();
  }

  /** The model that labels tell, such as {@code NVIDIA-A100-SXM4-40GB}; else empty. */
  public static String model(JsonNode node) {
    for (String key :
        List.of("nvidia.com/gpu.product", "cloud.google.com/gke-accelerator", "gpu.model")) {
      String value = label(node, key);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
