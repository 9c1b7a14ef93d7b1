package dev.mlk.gpu.overview;

import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What exporters told of the GPUs (NVIDIA's DCGM exporter, AMD's device metrics exporter): how busy
 * each is, how much of its memory is in use, and which pod has it.
 */
final class GpuUse {
  /** DCGM writes numbers near 2^63 for what a GPU does not tell. */
  private static final double BLANK = 1e15;

  private static final String MEMORY = "DCGM_FI_DEV_FB_";
  private static final String BUSY = "DCGM_FI_DEV_GPU_UTIL";

  /** The share of time that the engine worked: what parts of a GPU (MIG) have instead. */
  private static final String ENGINE = "DCGM_FI_PROF_GR_ENGINE_ACTIVE";

  /**
   * What AMD's exporter calls the same; capitals and the prefix amd_ are a matter of its version.
   */
  private static final Map<String, String> AMD =
      Map.of(
          "gpu_gfx_activity",
          BUSY,
          "gpu_used_vram",
          MEMORY + "USED",
          "gpu_free_vram",
          MEMORY + "FREE");

  /**
   * Use of one GPU or of several together.
   *
   * @param percent how busy, the mean of several; NaN when not told
   * @param usedMebibytes memory in use
   * @param totalMebibytes memory there is; 0 when not told
   */
  record Figure(double percent, long usedMebibytes, long totalMebibytes) {
    boolean tellsBusy() {
      return !Double.isNaN(percent);
    }

    boolean tellsMemory() {
      return totalMebibytes > 0;
    }
  }

  /** One GPU, or one part of it. */
  private static final class Gpu {
    private final Map<String, Double> values = new HashMap<>();
    private final Set<String> pods = new HashSet<>();

    void take(String name, Sample sample) {
      values.put(name, sample.value());
      if (!sample.label("pod").isEmpty()) {
        pods.add(sample.label("namespace") + "/" + sample.label("pod"));
      }
    }

    double percent() {
      double engine = values.getOrDefault(ENGINE, Double.NaN) * 100;
      return values.getOrDefault(BUSY, engine);
    }

    double memory(String part) {
      return values.getOrDefault(MEMORY + part, 0.0);
    }
  }

  private final Map<String, Map<String, Gpu>> nodes = new TreeMap<>();
  private final Map<String, String> silent = new TreeMap<>();

  /** Whether an exporter's line matters here. */
  static boolean wanted(String line) {
    return line.startsWith(BUSY)
        || line.startsWith(ENGINE)
        || line.startsWith(MEMORY)
        || amd(line.substring(0, Math.max(0, line.indexOf('{')))).isPresent();
  }

  private static Optional<String> amd(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(AMD.get(plain.startsWith("amd_") ? plain.substring(4) : plain));
  }

  /** Takes what the exporter of a node told, or why it told nothing. */
  void add(String node, Known<List<String>> answer) {
    if (answer instanceof Known.Unknown<List<String>> unknown) {
      silent.put(node, unknown.why());
    }
    Map<String, Gpu> gpus = new TreeMap<>();
    for (String line : answer.or(List.of())) {
      Sample.parse(line)
          .filter(sample -> Math.abs(sample.value()) < BLANK)
          .ifPresent(sample -> take(gpus, sample));
    }
    // Where a GPU is divided, its parts are what counts.
    Set<String> divided = new HashSet<>();
    gpus.keySet().stream()
        .filter(key -> !key.endsWith("/"))
        .forEach(key -> divided.add(key.substring(0, key.indexOf('/') + 1)));
    gpus.keySet().removeAll(divided);
    nodes.put(node, gpus);
  }

  private static void take(Map<String, Gpu> gpus, Sample sample) {
    Optional<String> amd = amd(sample.name());
    if (amd.isPresent()) {
      // A part of an AMD GPU has a number of its own.
      Gpu gpu = gpus.computeIfAbsent("amd" + sample.label("gpu_id") + "/", _ -> new Gpu());
      gpu.take(amd.get(), sample);
      return;
    }
    String id = sample.label("UUID").isEmpty() ? sample.label("gpu") : sample.label("UUID");
    gpus.computeIfAbsent(id + "/" + sample.label("GPU_I_ID"), _ -> new Gpu())
        .take(sample.name(), sample);
  }

  /** Whether anything was told. */
  boolean isEmpty() {
    return nodes.values().stream().allMatch(Map::isEmpty);
  }

  /** Why the exporters of some nodes, or all, told nothing. */
  Optional<String> silence() {
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Names.some(List.copyOf(silent.keySet())) + ": " + silent.values().iterator().next());
  }

  /** All GPUs of a node together; empty when nobody told. */
  Optional<Figure> ofNode(String node) {
    return sum(nodes.getOrDefault(node, Map.of()).values().stream().toList());
  }

  /**
   * The GPUs of a pod together; empty when nobody told.
   *
   * @param alone whether no other pod has GPUs of that node, so that all that is used there is its
   */
  Optional<Figure> ofPod(GpuPod pod, boolean alone) {
    List<Gpu> there = List.copyOf(nodes.getOrDefault(pod.node(), Map.of()).values());
    List<Gpu> own = there.stream().filter(gpu -> gpu.pods.contains(pod.key())).toList();
    boolean nameless = there.stream().allMatch(gpu -> gpu.pods.isEmpty());
    long asked = pod.devices().values().stream().mapToLong(Long::longValue).sum();
    return own.isEmpty() && nameless && alone && asked == there.size() ? sum(there) : sum(own);
  }

  private static Optional<Figure> sum(List<Gpu> gpus) {
    if (gpus.isEmpty()) {
      return Optional.empty();
    }
    double busy = 0;
    double used = 0;
    double total = 0;
    for (Gpu gpu : gpus) {
      busy += gpu.percent();
      used += gpu.memory("USED");
      total += gpu.memory("USED") + gpu.memory("FREE") + gpu.memory("RESERVED");
    }
    return Optional.of(new Figure(busy / gpus.size(), Math.round(used), Math.round(total)));
  }
}
