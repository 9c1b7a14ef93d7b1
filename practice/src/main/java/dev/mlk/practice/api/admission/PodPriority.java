package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A pod's priority is that of its class, and no other. */
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
      throw refusal(attempt, "no PriorityClass with name " + name + " was found");
    }
    found
        .filter(_ -> name.isEmpty())
        .ifPresent(chosen -> spec.put("priorityClassName", Metadata.name(chosen)));
    int priority = found.map(chosen -> chosen.path("value").asInt(0)).orElse(0);
    JsonNode given = spec.path("priority");
    if (given.isNumber() && given.asInt() != priority) {
      throw refusal(attempt, given("integer", "priority (" + given.asInt(), "" + priority));
    }
    spec.put("priority", priority);
    String policy = found.map(chosen -> chosen.path("preemptionPolicy").asString("")).orElse("");
    String preemption = policy.isEmpty() ? "PreemptLowerPriority" : policy;
    String wanted = spec.path("preemptionPolicy").asString(preemption);
    if (!wanted.equals(preemption)) {
      throw refusal(attempt, given("string", "PreemptionPolicy (" + wanted, preemption));
    }
    spec.put("preemptionPolicy", preemption);
  }

  private static String given(String type, String what, String computed) {
    return "the "
        + type
        + " value of "
        + what
        + ") must not be provided in pod spec; priority admission controller computed "
        + computed
        + " from the given PriorityClass name";
  }

  private static ApiError refusal(Attempt attempt, String why) {
    return ApiError.forbidden(Resources.PODS, attempt.name(), why);
  }

  private Optional<ObjectNode> standard() {
    return objects.list(Resources.PRIORITY_CLASSES, "").stream()
        .filter(one -> one.path("globalDefault").asBoolean(false))
        .findFirst();
  }
}
