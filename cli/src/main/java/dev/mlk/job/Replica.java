package dev.mlk.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A view on the pod of one replica.
 *
 * @param pod the whole pod
 */
public record Replica(JsonNode pod) implements Comparable<Replica> {
  private static final String TYPE_LABEL = "training.kubeflow.org/replica-type";
  private static final String INDEX_LABEL = "training.kubeflow.org/replica-index";
  private static final Set<String> NO_IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> NO_CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  /** What registries say of an image that they will not give, ever. */
  private static final List<String> NOT_THERE =
      List.of("not found", "unknown", "denied", "unauthorized", "does not exist", "no such");

  /** {@code worker-0}, as log lines begin. */
  public String name() {
    return type() + "-" + index();
  }

  public String podName() {
    return pod.path("metadata").path("name").asString("");
  }

  public String uid() {
    return pod.path("metadata").path("uid").asString("");
  }

  /** The type in lower case, as the label has it. */
  public String type() {
    return pod.path("metadata").path("labels").path(TYPE_LABEL).asString("pod");
  }

  public int index() {
    return pod.path("metadata").path("labels").path(INDEX_LABEL).asInt(0);
  }

  public String phase() {
    return pod.path("status").path("phase").asString("Pending");
  }

  public String node() {
    return pod.path("spec").path("nodeName").asString("");
  }

  public Optional<Instant> created() {
    return Job.time(pod.path("metadata").path("creationTimestamp"));
  }

  /** Whether it is being deleted. */
  public boolean terminating() {
    return pod.path("metadata").has("deletionTimestamp");
  }

  /** The status of the container that trains, or of the first one. */
  public JsonNode container() {
    JsonNode statuses = pod.path("status").path("containerStatuses");
    for (JsonNode status : statuses) {
      if (status.path("name").asString("").equals("tensorflow")) {
        return status;
      }
    }
    return statuses.path(0);
  }

  /** The name of the container that trains, or of the first one. */
  public String containerName() {
    JsonNode containers = pod.path("spec").path("containers");
    for (JsonNode container : containers) {
      if (container.path("name").asString("").equals("tensorflow")) {
        return "tensorflow";
      }
    }
    return containers.path(0).path("name").asString("");
  }

  public int restarts() {
    return container().path("restartCount").asInt(0);
  }

  /** What a container waits for, with its message; a missing node when none waits. */
  public JsonNode waiting() {
    for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
      for (JsonNode status : pod.path("status").path(list)) {
        if (status.path("state").has("waiting")) {
          return status.path("state").path("waiting");
        }
      }
    }
    return container().path("state").path("waiting");
  }

  private String waitsFor() {
    return waiting().path("reason").asString("");
  }

  /** Whether its image does not come. */
  public boolean lacksImage() {
    return NO_IMAGE.contains(waitsFor());
  }

  /** Whether waiting will not bring its image. */
  public boolean lacksImageForGood() {
    // The first ErrImagePull may be a registry's bad moment, unless it says that it has no such
    // image.
    String message = waiting().path("message").asString("").toLowerCase(Locale.ROOT);
    boolean perhaps =
        waitsFor().equals("ErrImagePull") && NOT_THERE.stream().noneMatch(message::contains);
    return lacksImage() && !perhaps;
  }

  /** Whether the node cannot make its container as it is asked for. */
  public boolean cannotBeCreated() {
    return NO_CONTAINER.contains(waitsFor());
  }

  /**
   * How the container last ended with an error, in this life or the one before; a missing node when
   * it never did.
   */
  public JsonNode failure() {
    JsonNode container = container();
    for (String state : new String[] {"state", "lastState"}) {
      JsonNode terminated = container.path(state).path("terminated");
      if (terminated.isObject() && terminated.path("exitCode").asInt(0) != 0) {
        return terminated;
      }
    }
    return pod.path("status").path("no failure");
  }

  /** The pod's condition of that type; a missing node when there is none. */
  public JsonNode condition(String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return pod.path("status").path("no condition");
  }

  /** In the order chief, worker, ps, evaluator, then by index. */
  @Override
  public int compareTo(Replica other) {
    int byType = Integer.compare(Job.order(type()), Job.order(other.type()));
    return byType != 0 ? byType : Integer.compare(index(), other.index());
  }
}
