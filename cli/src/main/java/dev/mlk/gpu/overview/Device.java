package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An extended resource that stands for GPUs, parts of them, or an amount of what they have.
 *
 * @param resource its name, such as {@code nvidia.com/gpu}
 * @param kind what one of it is
 */
record Device(String resource, Kind kind) implements Comparable<Device> {
  /** What one unit of a resource is. */
  enum Kind {
    /** A whole GPU, unless the node's labels say that it is shared. */
    GPU("GPU"),
    /** A part with memory and processors of its own. */
    SLICE("MIG slice"),
    /** One of several who use the same GPU. */
    SHARE("GPU share"),
    /** So much memory, or so many hundredths of the processors: nothing to count GPUs by. */
    AMOUNT("unit");

    private final String noun;

    Kind(String noun) {
      this.noun = noun;
    }

    /** The word for one. */
    String noun() {
      return noun;
    }
  }

  private static final Set<String> WHOLE =
      Set.of(
          "nvidia.com/gpu",
          "amd.com/gpu",
          "gpu.intel.com/i915",
          "gpu.intel.com/xe",
          "alpha.kubernetes.io/nvidia-gpu",
          "volcano.sh/gpu-number",
          "aliyun.com/gpu");

  private static final Set<String> SHARES =
      Set.of("nvidia.com/gpu.shared", "volcano.sh/vgpu-number", "nvidia.com/vgpu");

  private static final Set<String> AMOUNTS =
      Set.of(
          "aliyun.com/gpu-mem",
          "nvidia.com/gpumem",
          "nvidia.com/gpumem-percentage",
          "nvidia.com/gpucores",
          "volcano.sh/gpu-memory",
          "volcano.sh/vgpu-memory",
          "volcano.sh/vgpu-cores",
          "tencent.com/vcuda-core",
          "tencent.com/vcuda-memory",
          "gpu.intel.com/millicores",
          "gpu.intel.com/memory.max");

  /** The device behind a resource's name; empty for CPUs, memory and everything else. */
  static Optional<Device> of(String resource) {
    if (resource.indexOf('/') < 0) {
      return Optional.empty();
    }
    if (WHOLE.contains(resource)) {
      return Optional.of(new Device(resource, Kind.GPU));
    }
    if (resource.startsWith("nvidia.com/mig-")) {
      return Optional.of(
          new Device(resource, resource.endsWith(".shared") ? Kind.SHARE : Kind.SLICE));
    }
    if (resource.startsWith(Dra.CLASS)) {
      String name = resource.substring(Dra.CLASS.length());
      boolean part = name.startsWith("mig.");
      return part || name.startsWith("gpu.")
          ? Optional.of(new Device(resource, part ? Kind.SLICE : Kind.GPU))
          : Optional.empty();
    }
    if (SHARES.contains(resource)) {
      return Optional.of(new Device(resource, Kind.SHARE));
    }
    return AMOUNTS.contains(resource)
        ? Optional.of(new Device(resource, Kind.AMOUNT))
        : Optional.empty();
  }

  /** Whether anything in a list of requests is a device. */
  static boolean any(Map<String, Long> amounts) {
    return amounts.entrySet().stream()
        .anyMatch(e -> e.getValue() > 0 && of(e.getKey()).isPresent());
  }

  /** As people call it: {@code MIG 1g.10gb}; the resource's own name where it has no other. */
  String text() {
    if (resource.startsWith("nvidia.com/mig-")) {
      return "MIG " + resource.substring("nvidia.com/mig-".length());
    }
    if (resource.startsWith(Dra.CLASS)) {
      return kind == Kind.SLICE ? "MIG (DRA)" : resource.substring(Dra.CLASS.length());
    }
    return resource.equals("nvidia.com/gpu") ? "GPU" : resource;
  }

  /** For a narrow column of GPUs: nothing for NVIDIA's, else the shortest name. */
  String brief() {
    String[] parts = resource.split("/", 2);
    if (resource.startsWith(Dra.CLASS)) {
      // gpu.nvidia.com, mig.nvidia.com, gpu.amd.com
      String[] names = parts[1].split("\\.", 3);
      return names[0].equals("mig") ? "mig" : names[1].equals("nvidia") ? "" : names[1];
    }
    if (resource.startsWith("nvidia.com/mig-")) {
      return parts[1].substring("mig-".length());
    }
    boolean nvidia = parts[0].equals("nvidia.com");
    return parts[1].equals("gpu") ? (nvidia ? "" : parts[0].replaceFirst("\\..*", "")) : parts[1];
  }

  /** {@code 1 GPU}, {@code 3 MIG 1g.10gb}, {@code 8 aliyun.com/gpu-mem}. */
  String count(long number) {
    return number + " " + text() + (resource.equals("nvidia.com/gpu") && number != 1 ? "s" : "");
  }

  /** NVIDIA's whole GPUs first, then by name. */
  @Override
  public int compareTo(Device other) {
    int kinds = kind.compareTo(other.kind);
    return kinds != 0 ? kinds : resource.compareTo(other.resource);
  }
}
