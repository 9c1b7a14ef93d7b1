package dev.mlk.practice.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What controllers ask about pods, and pods made from templates. */
final class Pods {
  private Pods() {}

  static String phase(JsonNode pod) {
    return Fields.text(pod, "status", "phase");
  }

  static boolean finished(JsonNode pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  /** Neither finished nor on its way out. */
  static boolean active(JsonNode pod) {
    return !finished(pod) && !Fields.deleting(pod);
  }

  static Optional<JsonNode> condition(JsonNode object, String type) {
    for (JsonNode condition : Fields.at(object, "status", "conditions")) {
      if (Fields.text(condition, "type").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  static boolean isTrue(JsonNode object, String type) {
    return condition(object, type)
        .map(condition -> Fields.text(condition, "status").equals("True"))
        .orElse(false);
  }

  static boolean ready(JsonNode pod) {
    return isTrue(pod, "Ready");
  }

  /**
   * How long until the pod has been ready for so many seconds: empty while it is not ready, zero
   * when it is available.
   */
  static Optional<Duration> untilAvailable(JsonNode pod, int minReadySeconds, Instant now) {
    if (!ready(pod)) {
      return Optional.empty();
    }
    if (minReadySeconds == 0) {
      return Optional.of(Duration.ZERO);
    }
    Instant since =
        condition(pod, "Ready")
            .flatMap(ready -> Fields.moment(ready, "lastTransitionTime"))
            .orElse(now);
    Duration left = Duration.between(now, since.plusSeconds(minReadySeconds));
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }

  static boolean available(JsonNode pod, int minReadySeconds, Instant now) {
    return untilAvailable(pod, minReadySeconds, now).map(Duration::isZero).orElse(false);
  }

  /** A new pod as the owner's template describes it, with a name made from the owner's. */
  static ObjectNode fromTemplate(JsonNode owner, JsonNode template) {
    ObjectNode pod = Fields.of("v1", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    metadata.put("generateName", prefix(Fields.name(owner)));
    metadata.put("namespace", Fields.namespace(owner));
    for (String part : new String[] {"labels", "annotations", "finalizers"}) {
      JsonNode given = Fields.at(template, "metadata", part);
      if (!given.isEmpty()) {
        metadata.set(part, given.deepCopy());
      }
    }
    Owners.own(owner, pod);
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  private static String prefix(String owner) {
    String name = owner + "-";
    return name.length() > 58 ? name.substring(0, 58) : name;
  }
}
