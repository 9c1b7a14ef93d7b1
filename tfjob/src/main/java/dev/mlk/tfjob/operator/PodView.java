package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A pod as the operator reads it. */
record PodView(Pod pod, String type, int index) {
  /** Stands for an unknown exit code; large, so that lost nodes and evictions count as passing. */
  static final int UNKNOWN_EXIT_CODE = 0xbeef;

  static PodView of(Pod pod) {
    Map<String, String> labels = labels(pod.getMetadata().getLabels());
    return new PodView(
        pod,
        labels.getOrDefault(JobLabels.REPLICA_TYPE, ""),
        number(labels.getOrDefault(JobLabels.REPLICA_INDEX, "")));
  }

  static Map<String, String> labels(Map<String, String> labels) {
    return labels == null ? Collections.emptyMap() : labels;
  }

  /** The index, or -1 when it is no number. */
  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  String name() {
    return pod.getMetadata().getName();
  }

  boolean terminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  String phase() {
    PodStatus status = pod.getStatus();
    return status == null || status.getPhase() == null ? "Pending" : status.getPhase();
  }

  boolean running() {
    return phase().equals("Running");
  }

  boolean succeeded() {
    return phase().equals("Succeeded");
  }

  boolean failed() {
    return phase().equals("Failed");
  }

  /** Ended by itself, one way or the other. */
  boolean ended() {
    return succeeded() || failed();
  }

  List<ContainerStatus> containers() {
    PodStatus status = pod.getStatus();
    return status == null ? List.of() : status.getContainerStatuses();
  }

  /** The exit code of the container that trains, if it has ended and was not started again. */
  OptionalInt exitCode() {
    for (ContainerStatus container : containers()) {
      if (JobLabels.CONTAINER.equals(container.getName())
          && container.getState() != null
          && container.getState().getTerminated() != null) {
        return OptionalInt.of(container.getState().getTerminated().getExitCode());
      }
    }
    return OptionalInt.empty();
  }

  /** How often the kubelet has started containers of this pod again. */
  int restarts() {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return 0;
    }
    return sum(status.getContainerStatuses()) + sum(status.getInitContainerStatuses());
  }

  private static int sum(List<ContainerStatus> containers) {
    return containers.stream()
        .mapToInt(c -> c.getRestartCount() == null ? 0 : c.getRestartCount())
        .sum();
  }
}
