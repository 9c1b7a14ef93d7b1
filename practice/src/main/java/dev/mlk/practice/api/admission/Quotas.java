package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.quota.QuotaUsage;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses what would use more than a namespace's quota. What was let through counts at once, though
 * it is not stored yet, so that two who come together cannot both have the last of it.
 */
final class Quotas implements Rule {
  private static final List<String> TO_BE_SAID =
      List.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
  private static final Quantity NONE = Quantity.of(0);
  private final Objects objects;

  /** Writes that were let through and are not stored yet. */
  private final IdentityHashMap<Attempt, Map<String, Quantity>> coming = new IdentityHashMap<>();

  Quotas(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void validate(Attempt attempt) {
    boolean writes =
        attempt.operation() == Attempt.Operation.CREATE
            || attempt.operation() == Attempt.Operation.UPDATE;
    boolean part = !attempt.subresource().isEmpty() && !attempt.subresource().equals("resize");
    if (!writes || part || attempt.namespace().isEmpty()) {
      return;
    }
    List<ObjectNode> quotas = objects.list(Resources.RESOURCE_QUOTAS, attempt.namespace());
    if (quotas.isEmpty()) {
      return;
    }
    Resource resource = attempt.served().resource();
    quotas =
        quotas.stream()
            .filter(quota -> QuotaUsage.counts(quota, resource, attempt.object()))
            .toList();
    if (attempt.operation() == Attempt.Operation.CREATE) {
      quotas.forEach(quota -> refuseMissing(attempt, resource, quota));
    }
    Map<String, Quantity> wants = wants(attempt, resource);
    if (wants.isEmpty()) {
      return;
    }
    synchronized (coming) {
      quotas.forEach(quota -> check(attempt, wants, quota));
      if (!attempt.dryRun()) {
        coming.put(attempt, wants);
      }
    }
  }

  @Override
  public void finish(Attempt attempt) {
    synchronized (coming) {
      coming.remove(attempt);
    }
  }

  /** What the write takes beyond what the object takes now. */
  private static Map<String, Quantity> wants(Attempt attempt, Resource resource) {
    Map<String, Quantity> wants = new TreeMap<>(QuotaUsage.of(resource, attempt.object()));
    if (attempt.operation() == Attempt.Operation.UPDATE) {
      Map<String, Quantity> has =
          attempt.old().map(old -> QuotaUsage.of(resource, old)).orElse(Map.of());
      wants.replaceAll((name, amount) -> amount.minus(has.getOrDefault(name, NONE)));
    }
    wants.values().removeIf(amount -> amount.amount().signum() <= 0);
    return wants;
  }

  private void check(Attempt attempt, Map<String, Quantity> wants, ObjectNode quota) {
    JsonNode hard = quota.path("spec").path("hard");
    List<String> requested = new ArrayList<>();
    List<String> used = new ArrayList<>();
    List<String> limited = new ArrayList<>();
    Map<String, Quantity> taken = null;
    for (Map.Entry<String, Quantity> want : wants.entrySet()) {
      String name = want.getKey();
      if (!hard.has(name)) {
        continue;
      }
      taken = taken == null ? taken(attempt, quota) : taken;
      Quantity limit = Quantity.parse(hard.path(name).asString("0")).orElse(NONE);
      Quantity already = taken.getOrDefault(name, NONE);
      if (already.plus(want.getValue()).compareTo(limit) > 0) {
        requested.add(name + "=" + want.getValue());
        used.add(name + "=" + already);
        limited.add(name + "=" + limit);
      }
    }
    if (!requested.isEmpty()) {
      throw ApiError.forbidden(
          attempt.served().resource(),
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
  private Map<String, Quantity> taken(Attempt attempt, ObjectNode quota) {
    Resource resource = attempt.served().resource();
    Map<String, Quantity> sum = new TreeMap<>();
    Set<String> stored = new HashSet<>();
    for (var each : objects.store().list(attempt.served().prefix(attempt.namespace())).values()) {
      ObjectNode object = objects.decode(attempt.served(), each);
      stored.add(Metadata.uid(object));
      if (QuotaUsage.counts(quota, resource, object)) {
        QuotaUsage.of(resource, object)
            .forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
      }
    }
    coming.forEach(
        (other, wants) -> {
          boolean counts =
              other.namespace().equals(attempt.namespace())
                  && other.served().resource().equals(resource)
                  && !stored.contains(Metadata.uid(other.object()))
                  && QuotaUsage.counts(quota, resource, other.object());
          if (counts) {
            wants.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
          }
        });
    return sum;
  }

  /** Where cpu or memory is limited, every container must say how much it wants. */
  private static void refuseMissing(Attempt attempt, Resource resource, ObjectNode quota) {
    if (!resource.equals(Resources.PODS)) {
      return;
    }
    JsonNode hard = quota.path("spec").path("hard");
    Map<String, List<String>> missing = new TreeMap<>();
    for (String name : TO_BE_SAID) {
      int dot = name.indexOf('.');
      String kind = dot < 0 ? "requests" : name.substring(0, dot);
      String what = name.substring(dot + 1);
      for (String list : List.of("containers", "initContainers")) {
        for (JsonNode container : attempt.object().path("spec").path(list)) {
          if (hard.has(name) && !container.path("resources").path(kind).has(what)) {
            missing
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(container.path("name").asString(""));
          }
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
