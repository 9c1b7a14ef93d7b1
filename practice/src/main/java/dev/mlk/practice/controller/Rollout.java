package dev.mlk.practice.controller;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How many replicas each replica set of a deployment should have next; pure. */
final class Rollout {
  private final ObjectNode deployment;
  private final ObjectNode fresh;
  private final List<ObjectNode> old;
  private final int replicas;

  /**
   * A rollout.
   *
   * @param fresh the replica set of the current template
   * @param old all others, oldest first
   */
  Rollout(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    this.deployment = deployment;
    this.fresh = fresh;
    this.old = old;
    replicas = Fields.number(deployment, 1, "spec", "replicas");
  }

  static int wanted(JsonNode set) {
    return Fields.number(set, 0, "spec", "replicas");
  }

  static int available(JsonNode set) {
    return Fields.number(set, 0, "status", "availableReplicas");
  }

  /** How many more pods than wanted may exist during a rollout. */
  static int surge(JsonNode deployment) {
    return share(deployment, "maxSurge", true);
  }

  static int unavailable(JsonNode deployment) {
    int most = share(deployment, "maxUnavailable", false);
    // Both zero would never move.
    return most == 0 && surge(deployment) == 0 ? 1 : most;
  }

  private static int share(JsonNode deployment, String name, boolean up) {
    if (recreates(deployment)) {
      return 0;
    }
    JsonNode value = Fields.at(deployment, "spec", "strategy", "rollingUpdate", name);
    if (value.isNumber()) {
      return value.asInt();
    }
    String text = value.asString("25%");
    double percent = Double.parseDouble(text.replace("%", ""));
    double exact = percent * Fields.number(deployment, 1, "spec", "replicas") / 100;
    return (int) (up ? Math.ceil(exact) : Math.floor(exact));
  }

  static boolean recreates(JsonNode deployment) {
    return Fields.text(deployment, "spec", "strategy", "type").equals("Recreate");
  }

  /** The sets to change, with their new numbers. */
  Map<ObjectNode, Integer> next() {
    Map<ObjectNode, Integer> changes = new LinkedHashMap<>();
    if (recreates(deployment)) {
      for (ObjectNode set : old) {
        put(changes, set, 0);
      }
      if (changes.isEmpty()) {
        put(changes, fresh, replicas);
      }
      return changes;
    }
    int total = wanted(fresh) + old.stream().mapToInt(Rollout::wanted).sum();
    if (wanted(fresh) > replicas) {
      put(changes, fresh, replicas);
    } else if (wanted(fresh) < replicas) {
      int room = replicas + surge(deployment) - total;
      put(changes, fresh, wanted(fresh) + Math.clamp(room, 0, replicas - wanted(fresh)));
    }
    if (changes.isEmpty()) {
      scaleDownOld(changes, total);
    }
    return changes;
  }

  private void scaleDownOld(Map<ObjectNode, Integer> changes, int total) {
    int least = replicas - unavailable(deployment);
    int most = total - least - (wanted(fresh) - available(fresh));
    for (ObjectNode set : old) {
      // What is not available anyway costs nobody anything.
      int sick = Math.min(Math.max(0, most), wanted(set) - Math.min(wanted(set), available(set)));
      if (sick > 0) {
        put(changes, set, wanted(set) - sick);
        most -= sick;
      }
    }
    int spare = available(fresh) + old.stream().mapToInt(Rollout::available).sum() - least;
    spare = Math.min(spare, most);
    for (ObjectNode set : old) {
      int now = changes.getOrDefault(set, wanted(set));
      int down = Math.clamp(spare, 0, now);
      if (down > 0) {
        put(changes, set, now - down);
        spare -= down;
      }
    }
  }

  private static void put(Map<ObjectNode, Integer> changes, ObjectNode set, int number) {
    if (wanted(set) != number) {
      changes.put(set, number);
    }
  }

  /** While paused only the number changes: the one set that has pods follows it. */
  static Map<ObjectNode, Integer> scaleOnly(ObjectNode deployment, List<ObjectNode> sets) {
    List<ObjectNode> active = sets.stream().filter(set -> wanted(set) > 0).toList();
    int replicas = Fields.number(deployment, 1, "spec", "replicas");
    if (active.size() > 1 || sets.isEmpty()) {
      return Map.of();
    }
    ObjectNode only = active.isEmpty() ? sets.getLast() : active.getFirst();
    return wanted(only) == replicas ? Map.of() : Map.of(only, replicas);
  }

  static int revision(JsonNode object) {
    String text =
        Fields.at(object, "metadata", "annotations")
            .path("deployment.kubernetes.io/revision")
            .asString("0");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static final Comparator<ObjectNode> OLDEST_FIRST =
      Comparator.comparing((ObjectNode set) -> Fields.text(set, "metadata", "creationTimestamp"))
          .thenComparing(Fields::name);
}
