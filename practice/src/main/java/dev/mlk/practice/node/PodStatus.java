package dev.mlk.practice.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the status of a pod from the state of its containers, as the kubelet does. */
final class PodStatus {
  private final JsonNode pod;
  private final List<ContainerSlot> slots;
  private final Instant now;

  PodStatus(JsonNode pod, List<ContainerSlot> slots, Instant now) {
    this.pod = pod;
    this.slots = slots;
    this.now = now;
  }

  /**
   * The status.
   *
   * @param phase the pod's phase
   * @param address the pod's address, empty before it has one
   * @param reason why it failed as a whole, and the sentence beside it; both may be empty
   */
  ObjectNode json(String phase, String address, String reason, String message) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    long generation = pod.path("metadata").path("generation").asLong(0);
    if (generation > 0) {
      status.put("observedGeneration", generation);
    }
    status.put("phase", phase);
    if (!reason.isEmpty()) {
      status.put("reason", reason).put("message", message);
    }
    conditions(status.putArray("conditions"), phase, address, generation);
    status.put("hostIP", NodeRoom.ADDRESS);
    status.putArray("hostIPs").addObject().put("ip", NodeRoom.ADDRESS);
    if (!address.isEmpty()) {
      status.put("podIP", address);
      status.putArray("podIPs").addObject().put("ip", address);
    }
    String before = pod.path("status").path("startTime").asString("");
    status.put("startTime", before.isEmpty() ? ContainerState.text(now) : before);
    ArrayNode init = JsonNodeFactory.instance.arrayNode();
    ArrayNode main = JsonNodeFactory.instance.arrayNode();
    for (ContainerSlot slot : slots) {
      (slot.role() == ContainerSlot.Role.MAIN ? main : init).add(container(slot));
    }
    if (!init.isEmpty()) {
      status.set("initContainerStatuses", init);
    }
    status.set("containerStatuses", main);
    return status;
  }

  private static ObjectNode container(ContainerSlot slot) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("name", slot.name());
    status.set("state", slot.state.json());
    status.set(
        "lastState", slot.last == null ? JsonNodeFactory.instance.objectNode() : slot.last.json());
    status.put("ready", slot.ready);
    status.put("restartCount", slot.restarts.get());
    status.put("image", slot.spec().path("image").asString(""));
    status.put("imageID", slot.imageId);
    if (!slot.id.isEmpty()) {
      status.put("containerID", slot.id);
    }
    status.put("started", slot.started);
    return status;
  }

  private void conditions(ArrayNode conditions, String phase, String address, long generation) {
    boolean done = phase.equals("Succeeded") || phase.equals("Failed");
    boolean placed = !address.isEmpty() && !done;
    condition(conditions, "PodReadyToStartContainers", placed, "", "", generation);
    initialized(conditions, phase, generation);
    List<String> unready =
        slots.stream()
            .filter(slot -> slot.role() != ContainerSlot.Role.INIT && !slot.ready)
            .map(ContainerSlot::name)
            .toList();
    String reason = "";
    String message = "";
    if (done) {
      reason = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
    } else if (!unready.isEmpty()) {
      reason = "ContainersNotReady";
      message = "containers with unready status: " + goList(unready);
    }
    boolean containersReady = reason.isEmpty();
    List<String> gates = containersReady ? missingGates() : List.of();
    boolean ready = containersReady && gates.isEmpty();
    condition(
        conditions,
        "Ready",
        ready,
        gates.isEmpty() ? reason : "ReadinessGatesNotReady",
        gates.isEmpty() ? message : String.join(", ", gates),
        generation);
    condition(conditions, "ContainersReady", containersReady, reason, message, generation);
    condition(conditions, "PodScheduled", true, "", "", generation);
  }

  private void initialized(ArrayNode conditions, String phase, long generation) {
    List<String> incomplete = new ArrayList<>();
    boolean begun = false;
    for (ContainerSlot slot : slots) {
      boolean complete =
          switch (slot.role()) {
            case INIT -> slot.succeeded();
            case SIDECAR -> slot.started;
            case MAIN -> true;
          };
      begun |= slot.role() == ContainerSlot.Role.MAIN && slot.begunOnce;
      if (!complete) {
        incomplete.add(slot.name());
      }
    }
    if (phase.equals("Succeeded")) {
      condition(conditions, "Initialized", true, "PodCompleted", "", generation);
    } else if (begun || incomplete.isEmpty()) {
      condition(conditions, "Initialized", true, "", "", generation);
    } else {
      String message = "containers with incomplete status: " + goList(incomplete);
      condition(conditions, "Initialized", false, "ContainersNotInitialized", message, generation);
    }
  }

  private List<String> missingGates() {
    List<String> missing = new ArrayList<>();
    for (JsonNode gate : pod.path("spec").path("readinessGates")) {
      String type = gate.path("conditionType").asString("");
      JsonNode condition = old(type);
      if (condition.isMissingNode()) {
        missing.add(
            "corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
      } else if (!condition.path("status").asString("").equals("True")) {
        missing.add(
            "the status of pod readiness gate \""
                + type
                + "\" is not \"True\", but "
                + condition.path("status").asString(""));
      }
    }
    return missing;
  }

  private void condition(
      ArrayNode conditions,
      String type,
      boolean holds,
      String reason,
      String message,
      long generation) {
    JsonNode before = old(type);
    String status = holds ? "True" : "False";
    ObjectNode condition = conditions.addObject().put("type", type);
    if (generation > 0) {
      condition.put("observedGeneration", generation);
    }
    condition.put("status", status);
    condition.putNull("lastProbeTime");
    boolean same = before.path("status").asString("").equals(status);
    String since = before.path("lastTransitionTime").asString("");
    condition.put(
        "lastTransitionTime", same && !since.isEmpty() ? since : ContainerState.text(now));
    set(condition, "reason", reason, before);
    set(condition, "message", message, before);
  }

  /** A patch has to say that a text is gone. */
  private static void set(ObjectNode condition, String field, String value, JsonNode before) {
    if (!value.isEmpty()) {
      condition.put(field, value);
    } else if (before.has(field)) {
      condition.putNull(field);
    }
  }

  private JsonNode old(String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  private static String goList(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
