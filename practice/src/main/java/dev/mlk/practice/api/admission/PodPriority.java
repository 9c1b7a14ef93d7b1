package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A pod's priority is that of its class. */
final class PodPriority implements Rule {
  private final Objects objects;

  PodPriority(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    ObjectNode spec = Json.child(attempt.object(), "spec");
    String name = spec.path("priorityClassName").asString("");
    Optional<ObjectNode> found =
        name.isEmpty() ? standard() : objects.find(Resources.PRIORITY_CLASSES, "", name);
    if (!name.isEmpty() && found.isEmpty()) {
      throw ApiError.forbidden(
          Resources.PODS, attempt.name(), "no PriorityClass with name " + name + " was found");
    }
    found
        .filter(_ -> name.isEmpty())
        .ifPresent(chosen -> spec.put("priorityClassName", Metadata.name(chosen)));
    spec.put("priority", found.map(chosen -> chosen.path("value").asInt(0)).orElse(0));
    String preemption =
        found.map(chosen -> chosen.path("preemptionPolicy").asString("")).orElse("");
    if (!spec.has("preemptionPolicy")) {
      spec.put("preemptionPolicy", preemption.isEmpty() ? "PreemptLowerPriority" : preemption);
    }
  }

  private Optional<ObjectNode> standard() {
    return objects.list(Resources.PRIORITY_CLASSES, "").stream()
        .filter(one -> one.path("globalDefault").asBoolean(false))
        .findFirst();
  }
}
