package dev.mlk.check;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.facts.PodUse;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether GPUs are there, offered, healthy, alike, and whole. */
final class GpuChecks {
  private GpuChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>(
            "gpu", "capacity", "how many GPUs there are, of which model", GpuChecks::capacity),
        new Check<>("gpu", "free", "how many are free now", GpuChecks::free),
        PluginChecks.plugin(),
        PluginChecks.operator(),
        new Check<>("gpu", "healthy", "none of them is unhealthy", GpuChecks::healthy),
        new Check<>("gpu", "drivers", "driver and CUDA versions agree", GpuChecks::drivers),
        new Check<>("gpu", "sharing", "whether a GPU is one whole GPU", GpuChecks::sharing));
  }

  /** The nodes that have a GPU, or of which something says so. */
  static Known<List<JsonNode>> gpuNodes(Facts facts) {
    Dra dra = facts.dra().or(Dra.NONE);
    return facts
        .list(Resources.NODES)
        .map(
            all ->
                all.stream()
                    .filter(node -> Nodes.saysGpu(node) || !dra.of(Nodes.name(node)).isEmpty())
                    .toList());
  }

  /** How many GPUs a node's plugin offers; where there is none, what a DRA driver offers. */
  static long gpus(Facts facts, JsonNode node, String list) {
    if (Nodes.gpus(node, "capacity") > 0) {
      return Nodes.gpus(node, list);
    }
    Dra dra = facts.dra().or(Dra.NONE);
    String name = Nodes.name(node);
    return sum(list.equals("capacity") ? dra.capacity(name) : dra.allocatable(name));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String model(Facts facts, JsonNode node) {
    String told = Nodes.model(node);
    return !told.isEmpty()
        ? told
        : facts.dra().or(Dra.NONE).of(Nodes.name(node)).stream()
            .map(Dra.Offered::model)
            .filter(model -> !model.isEmpty())
            .findFirst()
            .orElse("model unknown");
  }

  private static List<Verdict> capacity(Facts facts) {
    return gpuNodes(facts)
        .either(
            nodes -> {
              Map<String, long[]> byModel = new TreeMap<>();
              long all = 0;
              for (JsonNode node : nodes) {
                long number = gpus(facts, node, "allocatable");
                all += number;
                long[] sums = byModel.computeIfAbsent(model(facts, node), _ -> new long[2]);
                sums[0] += number;
                sums[1] += number > 0 ? 1 : 0;
              }
              if (nodes.isEmpty()) {
                return List.of(
                    Verdict.warn(
                        "",
                        "no node has a GPU",
                        "GPU nodes, for the modules and jobs that ask for one",
                        "jobs run on CPUs: mlk tfjob submit mnist"));
              }
              if (all == 0) {
                return List.of(
                    Verdict.fail(
                        "node/" + Nodes.name(nodes.getFirst()),
                        Names.count(nodes.size(), "node")
                            + " labelled as having GPUs, and not one GPU allocatable",
                        "nvidia.com/gpu in status.allocatable of " + Nodes.name(nodes.getFirst()),
                        PluginChecks.INSTALL));
              }
              List<String> models = new ArrayList<>();
              byModel.forEach(
                  (model, sums) ->
                      models.add(sums[0] + " " + model + " on " + Names.count(sums[1], "node")));
              return List.of(
                  Verdict.pass(
                      String.join(", ", models) + (simulated(nodes) ? " (simulated)" : "")));
            },
            Verdict::unknown);
  }

  static boolean simulated(List<JsonNode> nodes) {
    return nodes.stream().anyMatch(node -> !Nodes.label(node, "mlk.dev/simulated-gpu").isEmpty());
  }

  private static List<Verdict> free(Facts facts) {
    return gpuNodes(facts)
        .either(
            nodes ->
                nodes.isEmpty()
                    ? List.of(Verdict.skip("no node has a GPU", ""))
                    : facts
                        .pods()
                        .either(use -> List.of(free(facts, nodes, use)), Verdict::unknown),
            Verdict::unknown);
  }

  private static Verdict free(Facts facts, List<JsonNode> nodes, PodUse use) {
    long free = 0;
    long all = 0;
    long waiting = 0;
    TreeSet<String> resources = new TreeSet<>();
    for (JsonNode node : nodes) {
      long used = 0;
      for (String resource : Nodes.gpuResources(node)) {
        resources.add(resource);
        used += use.used(Nodes.name(node), resource).units();
      }
      if (Nodes.gpus(node, "capacity") == 0) {
        used = sum(facts.dra().or(Dra.NONE).used(Nodes.name(node)));
      }
      long number = gpus(facts, node, "allocatable");
      all += number;
      if (Nodes.ready(node) && !Nodes.cordoned(node)) {
        free += Math.max(0, number - used);
      }
    }
    for (String resource : resources) {
      waiting += use.waiting(resource).units();
    }
    String seen =
        free
            + " of "
            + Names.count(all, "GPU")
            + " free"
            + (waiting > 0 ? "; pods that wait ask for " + waiting : "");
    return free == 0 && all > 0
        ? Verdict.warn("", seen, "a free GPU, for a job to start at once", "mlk gpu top")
        : Verdict.pass(seen);
  }

  private static List<Verdict> healthy(Facts facts) {
    return gpuNodes(facts)
        .either(
            nodes -> {
              List<Verdict> verdicts = new ArrayList<>();
              for (JsonNode node : nodes) {
                long has = gpus(facts, node, "capacity");
                long offers = gpus(facts, node, "allocatable");
                if (offers < has) {
                  verdicts.add(
                      Verdict.fail(
                          "node/" + Nodes.name(node),
                          "node "
                              + Nodes.name(node)
                              + " offers "
                              + offers
                              + " of its "
                              + Names.count(has, "GPU"),
                          "all of them healthy",
                          "nvidia-smi on "
                              + Nodes.name(node)
                              + "; mlk gpu verify --node "
                              + Nodes.name(node)));
                }
              }
              if (nodes.isEmpty()) {
                return List.of(Verdict.skip("no node has a GPU", ""));
              }
              return verdicts.isEmpty()
                  ? List.of(Verdict.pass("every GPU that a node has is allocatable"))
                  : verdicts;
            },
            Verdict::unknown);
  }

  private static List<Verdict> drivers(Facts facts) {
    return gpuNodes(facts)
        .either(
            nodes -> {
              Map<String, List<String>> byDriver = new TreeMap<>();
              for (JsonNode node : nodes) {
                String driver = driver(facts, node);
                if (!driver.isEmpty()) {
                  byDriver.computeIfAbsent(driver, _ -> new ArrayList<>()).add(Nodes.name(node));
                }
              }
              if (byDriver.isEmpty()) {
                return List.of(
                    Verdict.skip(
                        nodes.isEmpty()
                            ? "no node has a GPU"
                            : "no node tells its driver by the labels of GPU feature discovery",
                        nodes.isEmpty() ? "" : "mlk gpu verify"));
              }
              List<String> seen = new ArrayList<>();
              byDriver.forEach((driver, on) -> seen.add(driver + " on " + Names.some(on)));
              String text = String.join("; ", seen);
              return List.of(
                  byDriver.size() == 1
                      ? Verdict.pass(text)
                      : Verdict.warn(
                          "node/" + byDriver.values().iterator().next().getFirst(),
                          text,
                          "one driver for all, so that a job runs alike wherever it lands",
                          "kubectl get nodes -L nvidia.com/cuda.driver-version.full"));
            },
            Verdict::unknown);
  }

  private static String driver(Facts facts, JsonNode node) {
    String full = Nodes.label(node, "nvidia.com/cuda.driver-version.full");
    if (full.isEmpty() && !Nodes.label(node, "nvidia.com/cuda.driver.major").isEmpty()) {
      full =
          Nodes.label(node, "nvidia.com/cuda.driver.major")
              + "."
              + Nodes.label(node, "nvidia.com/cuda.driver.minor");
    }
    if (full.isEmpty()) {
      return facts.dra().or(Dra.NONE).of(Nodes.name(node)).stream()
          .map(Dra.Offered::versions)
          .filter(versions -> !versions.isEmpty())
          .findFirst()
          .orElse("");
    }
    String cuda = Nodes.label(node, "nvidia.com/cuda.runtime-version.full");
    if (cuda.isEmpty()) {
      cuda = Nodes.label(node, "nvidia.com/cuda.runtime.major");
    }
    return "driver " + full + (cuda.isEmpty() ? "" : ", CUDA " + cuda);
  }

  private static List<Verdict> sharing(Facts facts) {
    return gpuNodes(facts)
        .either(
            nodes -> {
              List<String> sliced = new ArrayList<>();
              List<String> parted = new ArrayList<>();
              for (JsonNode node : nodes) {
                String strategy = Nodes.label(node, "nvidia.com/gpu.sharing-strategy");
                String replicas = Nodes.label(node, "nvidia.com/gpu.replicas");
                if ((!strategy.isEmpty() && !strategy.equals("none"))
                    || Server.minor(replicas) > 1
                    || Nodes.gpuResources(node).contains("nvidia.com/gpu.shared")) {
                  sliced.add(Nodes.name(node));
                }
                if (Nodes.gpuResources(node).stream().anyMatch(r -> r.startsWith("nvidia.com/mig-"))
                    || (!Nodes.label(node, "nvidia.com/mig.strategy").isEmpty()
                        && Nodes.label(node, "nvidia.com/gpu.product").contains("MIG"))) {
                  parted.add(Nodes.name(node));
                }
              }
              if (nodes.isEmpty()) {
                return List.of(Verdict.skip("no node has a GPU", ""));
              }
              if (!sliced.isEmpty()) {
                return List.of(
                    Verdict.warn(
                        "node/" + sliced.getFirst(),
                        "GPUs of " + Names.some(sliced) + " are shared by time slicing",
                        "one pod a GPU: memory is not divided, one pod can take all of it",
                        "mlk gpu verify --node " + sliced.getFirst()));
              }
              return List.of(
                  parted.isEmpty()
                      ? Verdict.pass("GPUs are given out whole")
                      : Verdict.pass("MIG slices on " + Names.some(parted) + ": ask for those"));
            },
            Verdict::unknown);
  }
}
