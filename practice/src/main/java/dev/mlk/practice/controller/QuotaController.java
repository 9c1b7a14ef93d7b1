package dev.mlk.practice.controller;

import dev.mlk.kube.Controller;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.quota.QuotaUsage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Counts what is used of each ResourceQuota. */
final class QuotaController {
  private static final List<Resource> COUNTED =
      List.of(
          Resources.PODS,
          Resources.SERVICES,
          Resources.SECRETS,
          Resources.CONFIG_MAPS,
          Resources.VOLUME_CLAIMS,
          Resources.RESOURCE_QUOTAS,
          Resources.JOBS,
          Resources.DEPLOYMENTS,
          Resources.REPLICA_SETS);

  /** Several objects often go together; they are counted once. */
  private static final Duration SOON = Duration.ofMillis(20);

  private static final String COUNT = "count/";

  /** How often objects of kinds that are not followed are counted. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Shared shared;

  private QuotaController(Shared shared) {
    this.shared = shared;
  }

  static void start(Shared shared) {
    var quotas = new QuotaController(shared);
    Controller controller = shared.start("quota", 2, COUNTED, quotas::reconcile);
    Informer all = shared.informer(Resources.RESOURCE_QUOTAS);
    controller.follow(all);
    for (Resource resource : COUNTED) {
      shared
          .informer(resource)
          .onChange(
              (change, before, now) -> {
                if (change != Informer.Change.MODIFIED || usesOtherwise(resource, before, now)) {
                  all.in(Fields.namespace(now))
                      .forEach(quota -> controller.enqueueAfter(Key.of(quota), SOON));
                }
              });
    }
  }

  private static boolean usesOtherwise(Resource resource, JsonNode before, JsonNode now) {
    boolean counted =
        resource.equals(Resources.PODS) && Pods.finished(before) != Pods.finished(now);
    return counted
        || (!resource.equals(Resources.RESOURCE_QUOTAS)
            && !resource.equals(Resources.PODS)
            && !before.path("spec").equals(now.path("spec")));
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.RESOURCE_QUOTAS).get(key.namespace(), key.name());
    if (found.isEmpty() || Fields.deleting(found.get())) {
      return Optional.empty();
    }
    ObjectNode quota = found.get();
    JsonNode hard = Fields.at(quota, "spec", "hard");
    Map<String, Quantity> used = new HashMap<>();
    for (Resource resource : COUNTED) {
      for (ObjectNode object : shared.informer(resource).in(key.namespace())) {
        if (QuotaUsage.counts(quota, resource, object)) {
          QuotaUsage.of(resource, object)
              .forEach((name, amount) -> used.merge(name, amount, Quantity::plus));
        }
      }
    }
    boolean others = countOthers(key.namespace(), hard, used);
    ObjectNode changed = quota.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    status.set("hard", hard.isObject() ? hard.deepCopy() : JsonNodeFactory.instance.objectNode());
    Map<String, String> shown = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : hard.properties()) {
      String name = entry.getKey();
      shown.put(name, used.getOrDefault(name, Quantity.of(0)).toString());
    }
    ObjectNode counts = status.putObject("used");
    shown.forEach(counts::put);
    if (!status.equals(quota.path("status"))) {
      shared.client().updateStatus(Resources.RESOURCE_QUOTAS, changed);
    }
    return others ? Optional.of(LOOK_AGAIN) : Optional.empty();
  }

  /** Counts objects of kinds that are not followed; says whether there are such kinds. */
  private boolean countOthers(String namespace, JsonNode hard, Map<String, Quantity> used) {
    Set<String> unknown = new HashSet<>();
    for (String name : hard.propertyNames()) {
      if (name.startsWith(COUNT)) {
        unknown.add(name.substring(COUNT.length()));
      }
    }
    COUNTED.forEach(resource -> unknown.remove(resource.qualifiedName()));
    if (unknown.isEmpty()) {
      return false;
    }
    for (Discovery.Found found : Discovery.all(shared.client())) {
      Resource resource = found.resource();
      if (resource.namespaced()
          && found.can("list")
          && unknown.contains(resource.qualifiedName())) {
        int count = shared.client().list(resource, namespace, Map.of()).path("items").size();
        used.put(COUNT + resource.qualifiedName(), Quantity.of(count));
      }
    }
    return true;
  }
}
