package dev.mlk.practice.node;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API object of a node. */
final class NodeObject {
  /** Says of a node that its GPUs are simulated. */
  static final String SIMULATED_GPU = "mlk.dev/simulated-gpu";

  /** {@code "false"} on a node makes it NotReady, for exercises. */
  static final String READY = "mlk.dev/ready";

  /** What the container runtime's version begins with. */
  static final String RUNTIME = "mlk://";

  private static final String SIMULATED =
      "GPUs of this node are simulated: programs run on the processor";

  private final NodeSpec spec;
  private final int kubeletPort;

  /** The object of a node whose kubelet listens on that port; 0 for none. */
  NodeObject(NodeSpec spec, int kubeletPort) {
    this.spec = spec;
    this.kubeletPort = kubeletPort;
  }

  /** The object to create. */
  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("apiVersion", "v1").put("kind", "Node");
    ObjectNode metadata = node.putObject("metadata").put("name", spec.name());
    ObjectNode labels = metadata.putObject("labels");
    labels().forEach(labels::put);
    if (spec.gpus() > 0) {
      metadata.putObject("annotations").put(SIMULATED_GPU, SIMULATED);
    }
    node.putObject("spec");
    return node;
  }

  /** Changes the annotations of a node that is there, as a merge patch has them. */
  void annotate(JsonNode there, ObjectNode changes) {
    boolean said = there.path("metadata").path("annotations").has(SIMULATED_GPU);
    if (said && spec.gpus() == 0) {
      changes.putNull(SIMULATED_GPU);
    } else if (!said && spec.gpus() > 0) {
      changes.put(SIMULATED_GPU, SIMULATED);
    }
  }

  /** Every label that such a node may have, with or without GPUs. */
  Map<String, String> usualLabels() {
    NodeSpec usual = NodeSpec.standard(spec.name());
    return new NodeObject(usual, kubeletPort).labels();
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put("kubernetes.io/hostname", spec.name());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", architecture());
    labels.put("beta.kubernetes.io/os", "linux");
    labels.put("beta.kubernetes.io/arch", architecture());
    if (spec.gpus() > 0) {
      GpuModel gpu = spec.gpu();
      labels.put(SIMULATED_GPU, "true");
      labels.put("feature.node.kubernetes.io/pci-10de.present", "true");
      labels.put("nvidia.com/gpu.present", "true");
      labels.put("nvidia.com/gpu.deploy.device-plugin", "true");
      labels.put("nvidia.com/gpu.product", gpu.product());
      labels.put("nvidia.com/gpu.family", gpu.family());
      labels.put("nvidia.com/gpu.count", Integer.toString(spec.gpus()));
      labels.put("nvidia.com/gpu.memory", Long.toString(gpu.memoryMebibytes()));
      labels.put("nvidia.com/gpu.replicas", "1");
      labels.put("nvidia.com/gpu.sharing-strategy", "none");
      labels.put("nvidia.com/mig.capable", "false");
    }
    labels.putAll(spec.labels());
    return labels;
  }

  /**
   * The status to write.
   *
   * @param before the node as it is
   * @param gpus how many GPUs pods can get
   */
  ObjectNode status(JsonNode before, int gpus, Instant now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    int there = spec.gpus() > 0 && gpus == 0 ? 0 : spec.gpus();
    resources(status.putObject("capacity"), before.path("status").path("capacity"), there);
    resources(status.putObject("allocatable"), before.path("status").path("allocatable"), gpus);
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", NodeRoom.ADDRESS);
    addresses.addObject().put("type", "Hostname").put("address", spec.name());
    conditions(status.putArray("conditions"), before, now);
    if (kubeletPort > 0) {
      status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", kubeletPort);
    }
    ObjectNode info = status.putObject("nodeInfo");
    info.put("architecture", architecture());
    info.put("bootID", "");
    info.put("containerRuntimeVersion", RUNTIME + "0.1.0");
    info.put("kernelVersion", System.getProperty("os.version", ""));
    info.put("kubeProxyVersion", "");
    info.put("kubeletVersion", "v1.35.4");
    info.put("machineID", "");
    info.put("operatingSystem", "linux");
    info.put("osImage", "mlk practice cluster (processes of this machine)");
    info.put("systemUUID", "");
    return status;
  }

  private void resources(ObjectNode resources, JsonNode before, int gpus) {
    resources.put("cpu", spec.cpu().toString());
    resources.put("ephemeral-storage", "100Gi");
    resources.put("memory", spec.memory().toString());
    resources.put("pods", Integer.toString(spec.pods()));
    if (spec.gpus() > 0) {
      resources.put(Gpus.RESOURCE, Integer.toString(gpus));
    } else if (before.has(Gpus.RESOURCE)) {
      resources.putNull(Gpus.RESOURCE);
    }
  }

  private static void conditions(ArrayNode conditions, JsonNode before, Instant now) {
    condition(
        conditions,
        before,
        now,
        new String[] {
          "MemoryPressure",
          "False",
          "KubeletHasSufficientMemory",
          "kubelet has sufficient memory available"
        });
    condition(
        conditions,
        before,
        now,
        new String[] {
          "DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"
        });
    condition(
        conditions,
        before,
        now,
        new String[] {
          "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"
        });
    boolean ready =
        !before.path("metadata").path("annotations").path(READY).asString("").equals("false");
    condition(
        conditions,
        before,
        now,
        ready
            ? new String[] {"Ready", "True", "KubeletReady", "kubelet is posting ready status"}
            : new String[] {
              "Ready", "False", "KubeletNotReady", "made not ready by the annotation " + READY
            });
  }

  private static void condition(
      ArrayNode conditions, JsonNode before, Instant now, String[] texts) {
    String since = "";
    for (JsonNode each : before.path("status").path("conditions")) {
      if (each.path("type").asString("").equals(texts[0])
          && each.path("status").asString("").equals(texts[1])) {
        since = each.path("lastTransitionTime").asString("");
      }
    }
    conditions
        .addObject()
        .put("type", texts[0])
        .put("status", texts[1])
        .put("lastHeartbeatTime", ContainerState.text(now))
        .put("lastTransitionTime", since.isEmpty() ? ContainerState.text(now) : since)
        .put("reason", texts[2])
        .put("message", texts[3]);
  }

  /** As Go names this machine's processor. */
  private static String architecture() {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "aarch64", "arm64" -> "arm64";
      default -> "amd64";
    };
  }
}
