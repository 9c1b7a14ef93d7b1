package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what would use more than a namespace's quota. */
final class Quotas implements Rule {
  private final Objects objects;

  Quotas(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void validate(Attempt attempt) {
    Resource resource = attempt.served().resource();
    if (attempt.operation() != Attempt.Operation.CREATE || !attempt.subresource().isEmpty()) {
      return;
    }
    for (ObjectNode quota : objects.list(Resources.RESOURCE_QUOTAS, attempt.namespace())) {
      check(attempt, resource, quota);
    }
  }

  private void check(Attempt attempt, Resource resource, ObjectNode quota) {
    if (!quota.path("spec").path("scopes").isEmpty() || quota.path("spec").has("scopeSelector")) {
      return; // scoped quotas count in their status only
    }
    JsonNode hard = quota.path("spec").path("hard");
    List<String> requested = new ArrayList<>();
    List<String> used = new ArrayList<>();
    List<String> limited = new ArrayList<>();
    Map<String, Quantity> wants = QuotaUsage.of(resource, attempt.object());
    refuseMissing(attempt, resource, quota, hard);
    for (Map.Entry<String, Quantity> want : new TreeMap<>(wants).entrySet()) {
      String name = want.getKey();
      if (!hard.has(name) || want.getValue().amount().signum() == 0) {
        continue;
      }
      Quantity limit = Quantity.parse(hard.path(name).asString("0")).orElse(Quantity.of(0));
      Quantity already = used(resource, attempt.namespace(), name);
      if (already.plus(want.getValue()).compareTo(limit) > 0) {
        requested.add(name + "=" + want.getValue());
        used.add(name + "=" + already);
        limited.add(name + "=" + limit);
      }
    }
    if (!requested.isEmpty()) {
      throw ApiError.forbidden(
          resource,
          attempt.name(),
          "exceeded quota: "
              + Metadata.name(quota)
              + ", requested: "
              + String.join(",", requested)
              + ", used: "
              + String.join(",", used)
              + ", limited: "
              + String.join(",", limited));
    }
  }

  /** Counted from the objects themselves: the quota's status may lag behind. */
  private Quantity used(Resource resource, String namespace, String name) {
    Quantity sum = Quantity.of(0);
    for (ObjectNode object : objects.list(resource, namespace)) {
      if (QuotaUsage.counts(resource, object)) {
        sum = sum.plus(QuotaUsage.of(resource, object).getOrDefault(name, Quantity.of(0)));
      }
    }
    return sum;
  }

  /** Where cpu or memory is limited, every container must say how much it wants. */
  private static void refuseMissing(
      Attempt attempt, Resource resource, ObjectNode quota, JsonNode hard) {
    if (!resource.equals(Resources.PODS)) {
      return;
    }
    Map<String, List<String>> missing = new TreeMap<>();
    for (String name :
        List.of(
            "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory")) {
      if (!hard.has(name)) {
        continue;
      }
      int dot = name.indexOf('.');
      String kind = dot < 0 ? "requests" : name.substring(0, dot);
      String what = name.substring(dot + 1);
      for (JsonNode container : attempt.object().path("spec").path("containers")) {
        if (!container.path("resources").path(kind).has(what)) {
          missing
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(container.path("name").asString(""));
        }
      }
    }
    if (!missing.isEmpty()) {
      List<String> texts = new ArrayList<>();
      missing.forEach(
          (name, containers) -> texts.add(name + " for: " + String.join(",", containers)));
      throw ApiError.forbidden(
          resource,
          attempt.name(),
          "failed quota: " + Metadata.name(quota) + ": must specify " + String.join("; ", texts));
    }
  }
}
