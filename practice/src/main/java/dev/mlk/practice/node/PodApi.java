package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a pod's worker writes to the API. */
final class PodApi {
  private final NodeRoom room;
  private final PodRef pod;
  private ObjectNode published;
  private boolean deleted;

  PodApi(NodeRoom room, PodRef pod) {
    this.room = room;
    this.pod = pod;
  }

  static boolean isTerminal(JsonNode pod) {
    String phase = pod.path("status").path("phase").asString("");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** When the pod's time is up, if it has a limit and has begun. */
  Optional<Instant> deadline(JsonNode latest) {
    JsonNode limit = latest.path("spec").path("activeDeadlineSeconds");
    String begun = latest.path("status").path("startTime").asString("");
    return limit.isMissingNode() || limit.isNull() || begun.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.parse(begun).plus(Duration.ofSeconds(limit.asLong(0))));
  }

  /** Writes the status unless it has been written so already; returns the pod as it then is. */
  ObjectNode publish(ObjectNode latest, ObjectNode status) {
    if (status.equals(published)) {
      return latest;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", pod.uid());
    patch.set("status", status);
    try {
      ObjectNode stored =
          room.api()
              .patch(
                  Resources.PODS.path(pod.namespace(), pod.name(), "status"),
                  ApiClient.PatchType.STRATEGIC,
                  patch);
      published = status;
      return stored;
    } catch (ApiException e) {
      if (e.notFound() || e.conflict()) {
        // It has gone, perhaps with a successor of its name: the informer tells soon.
        published = status;
        return latest;
      }
      throw e;
    }
  }

  /** Whether an object is at least as new as another. */
  static boolean newer(JsonNode one, JsonNode other) {
    return version(one) >= version(other);
  }

  private static long version(JsonNode object) {
    String text = object.path("metadata").path("resourceVersion").asString("0");
    return text.isEmpty() || !text.chars().allMatch(Character::isDigit) ? 0 : Long.parseLong(text);
  }

  /** Lets the API forget the pod, now that nothing of it runs. */
  void delete() {
    if (deleted) {
      return;
    }
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("gracePeriodSeconds", 0);
    options.putObject("preconditions").put("uid", pod.uid());
    try {
      room.api().delete(Resources.PODS, pod.namespace(), pod.name(), options);
      deleted = true;
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }
}
