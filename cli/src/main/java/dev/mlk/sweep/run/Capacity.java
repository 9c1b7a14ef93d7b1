package dev.mlk.sweep.run;

import dev.mlk.job.Fit;
import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.trial.TrialJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many trials the cluster can hold at once: they are laid out on its nodes beside the pods of
 * everybody else, as the scheduler would, until one does not fit.
 */
final class Capacity {
  /** Enough for any cluster where trials ask for nothing that could run out. */
  private static final int MOST = 20;

  /** Where nodes may not be looked at. */
  private static final int UNKNOWN = 4;

  private static final int MOST_WITH_REQUESTS = 500;
  private static final String ALIVE = "status.phase!=Succeeded,status.phase!=Failed";
  private final ApiClient api;

  Capacity(ApiClient api) {
    this.api = api;
  }

  /**
   * The room for a sweep as the cluster is now, with its own trials counted in.
   *
   * @param replicas the pods of its jobs
   */
  Room now(Sweep sweep, Map<String, List<Replica>> replicas) {
    int wanted = sweep.spec().limits().parallel();
    if (!sweep.spec().limits().queue().isEmpty()) {
      return new Room(
          wanted > 0 ? wanted : MOST_WITH_REQUESTS,
          "queue " + sweep.spec().limits().queue() + " admits them");
    }
    List<Map<String, Quantity>> pods = pods(sweep);
    String gpu = gpu(pods);
    if (wanted > 0 && gpu.isEmpty()) {
      return new Room(wanted, "--parallel " + wanted);
    }
    Room fits;
    try {
      fits = fits(sweep, pods, gpu);
    } catch (ApiException e) {
      if (e.code() != 403) {
        throw e;
      }
      fits = felt(replicas.values());
    }
    return wanted > 0 && wanted < fits.trials() ? new Room(wanted, "--parallel " + wanted) : fits;
  }

  /** Without a look at the nodes: as many as found a place, and one more while none waits. */
  private static Room felt(Collection<List<Replica>> jobs) {
    int placed = 0;
    boolean waits = false;
    for (List<Replica> pods : jobs) {
      List<Replica> alive = pods.stream().filter(Capacity::alive).toList();
      boolean waiting = alive.stream().anyMatch(pod -> pod.node().isEmpty());
      waits |= waiting;
      placed += alive.isEmpty() || waiting ? 0 : 1;
    }
    String words = "you may not look at the nodes";
    return waits
        ? new Room(Math.max(1, placed), placed + " found a place; " + words)
        : new Room(Math.min(MOST, Math.max(UNKNOWN, placed + 1)), words);
  }

  private static boolean alive(Replica pod) {
    return !pod.terminating() && !pod.phase().equals("Succeeded") && !pod.phase().equals("Failed");
  }

  /** What each pod of a trial asks for. */
  private static List<Map<String, Quantity>> pods(Sweep sweep) {
    List<Map<String, Quantity>> pods = new ArrayList<>();
    Job job =
        new Job(
            sweep.trials().isEmpty()
                ? sweep.spec().job()
                : TrialJob.filled(sweep.spec(), sweep.trials().getFirst().point()));
    for (Job.Wanted type : job.wanted()) {
      for (int i = 0; i < type.number(); i++) {
        pods.add(Fit.requests(type.spec().path("template").path("spec")));
      }
    }
    return pods;
  }

  private static String gpu(List<Map<String, Quantity>> pods) {
    for (Map<String, Quantity> pod : pods) {
      for (String resource : pod.keySet()) {
        if (resource.endsWith("/gpu") || resource.contains("/mig-")) {
          return resource;
        }
      }
    }
    return "";
  }

  private Room fits(Sweep sweep, List<Map<String, Quantity>> pods, String gpu) {
    Map<String, Map<String, Quantity>> free = free(sweep);
    if (!gpu.isEmpty()) {
      Quantity all =
          free.values().stream()
              .map(node -> node.getOrDefault(gpu, Quantity.of(0)))
              .reduce(Quantity.of(0), Quantity::plus);
      int trials = layOut(free, pods, MOST_WITH_REQUESTS);
      return new Room(
          trials, all.units() + (all.units() == 1 ? " GPU" : " GPUs") + " for this sweep");
    }
    int trials = layOut(free, pods, MOST);
    return new Room(trials, trials == MOST ? "usual limit" : "CPUs and memory for " + trials);
  }

  /** What nodes that take pods have left beside the pods of others. */
  private Map<String, Map<String, Quantity>> free(Sweep sweep) {
    Map<String, Map<String, Quantity>> free = new HashMap<>();
    for (JsonNode node : api.list(Resources.NODES, "", Map.of()).path("items")) {
      if (node.path("spec").path("unschedulable").asBoolean(false)) {
        continue;
      }
      Map<String, Quantity> has = new HashMap<>();
      node.path("status")
          .path("allocatable")
          .properties()
          .forEach(
              entry ->
                  Quantity.parse(entry.getValue().asString("0"))
                      .ifPresent(amount -> has.put(entry.getKey(), amount)));
      free.put(node.path("metadata").path("name").asString(""), has);
    }
    for (JsonNode pod :
        api.list(Resources.PODS, "", Map.of("fieldSelector", ALIVE)).path("items")) {
      Map<String, Quantity> node = free.get(pod.path("spec").path("nodeName").asString(""));
      String owner = pod.path("metadata").path("labels").path(SweepStore.LABEL).asString("");
      boolean own =
          owner.equals(sweep.name())
              && pod.path("metadata").path("namespace").asString("").equals(sweep.namespace());
      if (node != null && !own) {
        Fit.requests(pod.path("spec")).forEach((resource, amount) -> take(node, resource, amount));
        take(node, "pods", Quantity.of(1));
      }
    }
    return free;
  }

  private static void take(Map<String, Quantity> node, String resource, Quantity amount) {
    node.put(resource, node.getOrDefault(resource, Quantity.of(0)).minus(amount));
  }

  /** How many trials fit, laid out one pod after the other on the first node with room. */
  static int layOut(
      Map<String, Map<String, Quantity>> nodes, List<Map<String, Quantity>> pods, int most) {
    for (int trials = 0; trials < most; trials++) {
      for (Map<String, Quantity> pod : pods) {
        if (!place(nodes, pod)) {
          return trials;
        }
      }
    }
    return most;
  }

  private static boolean place(
      Map<String, Map<String, Quantity>> nodes, Map<String, Quantity> pod) {
    Map<String, Quantity> whole = new HashMap<>(pod);
    whole.put("pods", Quantity.of(1));
    for (Map<String, Quantity> node : nodes.values()) {
      boolean fits =
          whole.entrySet().stream()
              .allMatch(
                  wanted ->
                      node.getOrDefault(wanted.getKey(), Quantity.of(0))
                              .compareTo(wanted.getValue())
                          >= 0);
      if (fits) {
        whole.forEach((resource, amount) -> take(node, resource, amount));
        return true;
      }
    }
    return false;
  }
}
