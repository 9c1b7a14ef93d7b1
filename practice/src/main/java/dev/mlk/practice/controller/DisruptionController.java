package dev.mlk.practice.controller;

import dev.mlk.kube.Controller;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.LabelSelector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts healthy pods for each disruption budget, so that evictions can be refused. */
final class DisruptionController {
  private static final Resource BUDGETS =
      Resource.namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
  private final Shared shared;

  private DisruptionController(Shared shared) {
    this.shared = shared;
  }

  static void start(Shared shared) {
    var budgets = new DisruptionController(shared);
    List<Resource> needed =
        List.of(BUDGETS, Resources.PODS, Resources.REPLICA_SETS, Resources.JOBS);
    Controller controller = shared.start("disruption", 2, needed, budgets::reconcile);
    controller.follow(shared.informer(BUDGETS));
    shared
        .informer(Resources.PODS)
        .onChange(
            (_, _, now) -> {
              for (ObjectNode budget : shared.informer(BUDGETS).in(Fields.namespace(now))) {
                if (covers(budget, now)) {
                  controller.enqueue(Key.of(budget));
                }
              }
            });
  }

  private static boolean covers(JsonNode budget, JsonNode pod) {
    return LabelSelector.matches(
        Fields.at(budget, "spec", "selector"), Fields.at(pod, "metadata", "labels"));
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found = shared.informer(BUDGETS).get(key.namespace(), key.name());
    if (found.isEmpty() || Fields.deleting(found.get())) {
      return Optional.empty();
    }
    ObjectNode budget = found.get();
    int pods = 0;
    int healthy = 0;
    Set<String> owners = new HashSet<>();
    int owned = 0;
    for (ObjectNode pod : shared.informer(Resources.PODS).in(key.namespace())) {
      if (covers(budget, pod) && !Pods.finished(pod)) {
        pods++;
        healthy += Pods.ready(pod) && !Fields.deleting(pod) ? 1 : 0;
        Optional<JsonNode> owner = Owners.controllerOf(pod);
        if (owner.isPresent() && owners.add(Fields.text(owner.get(), "uid"))) {
          owned += scale(key.namespace(), owner.get());
        }
      }
    }
    JsonNode least = Fields.at(budget, "spec", "minAvailable");
    JsonNode most = Fields.at(budget, "spec", "maxUnavailable");
    // Percentages and maxUnavailable are of what the owners want, a plain minimum of what is there.
    int expected = least.isNumber() ? pods : Math.max(owned, pods);
    int desired =
        most.isMissingNode() || most.isNull()
            ? amount(least, expected)
            : Math.max(0, expected - amount(most, expected));
    write(budget, expected, healthy, desired);
    return Optional.empty();
  }

  private int scale(String namespace, JsonNode owner) {
    Resource resource =
        switch (Fields.text(owner, "kind")) {
          case "ReplicaSet" -> Resources.REPLICA_SETS;
          default -> Resources.JOBS;
        };
    return shared
        .informer(resource)
        .get(namespace, Fields.text(owner, "name"))
        .map(set -> Fields.number(set, 0, "spec", "replicas"))
        .orElse(0);
  }

  private static int amount(JsonNode value, int of) {
    String text = value.asString("");
    if (!text.endsWith("%")) {
      return value.asInt(0);
    }
    double percent = Double.parseDouble(text.substring(0, text.length() - 1));
    return (int) Math.ceil(percent * of / 100);
  }

  private void write(ObjectNode budget, int expected, int healthy, int desired) {
    int allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
    ObjectNode changed = budget.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    status.put("currentHealthy", healthy);
    status.put("desiredHealthy", desired);
    status.put("disruptionsAllowed", allowed);
    status.put("expectedPods", expected);
    int generation = Fields.number(budget, 1, "metadata", "generation");
    status.put("observedGeneration", generation);
    boolean enough = allowed > 0;
    Conditions.set(
        status,
        shared.timestamp(),
        Conditions.of(
                "DisruptionAllowed",
                enough ? "True" : "False",
                enough ? "SufficientPods" : "InsufficientPods",
                "")
            .put("message", "")
            .put("observedGeneration", generation));
    if (!status.equals(budget.path("status"))) {
      shared.client().updateStatus(BUDGETS, changed);
    }
  }
}
