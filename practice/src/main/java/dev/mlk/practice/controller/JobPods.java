package dev.mlk.practice.controller;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods of jobs: made, and read back. */
final class JobPods {
  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private JobPods() {}

  /**
   * A pod for the job.
   *
   * @param index its completion index, negative for none
   */
  static ObjectNode make(ObjectNode job, int index) {
    ObjectNode pod = Pods.fromTemplate(job, Fields.at(job, "spec", "template"));
    ObjectNode metadata = Fields.object(pod, "metadata");
    ArrayNode finalizers =
        metadata.get("finalizers") instanceof ArrayNode there
            ? there
            : metadata.putArray("finalizers");
    finalizers.add(JobTracking.FINALIZER);
    if (index >= 0) {
      String number = Integer.toString(index);
      Fields.object(metadata, "labels").put(INDEX, number);
      Fields.object(metadata, "annotations").put(INDEX, number);
      metadata.put("generateName", Fields.name(job) + "-" + number + "-");
      ObjectNode spec = Fields.object(pod, "spec");
      if (Fields.text(spec, "hostname").isEmpty()) {
        spec.put("hostname", Fields.name(job) + "-" + number);
      }
      addIndex(spec.path("initContainers"));
      addIndex(spec.path("containers"));
    }
    return pod;
  }

  private static void addIndex(JsonNode containers) {
    for (JsonNode container : containers) {
      ObjectNode one = (ObjectNode) container;
      ArrayNode env = one.get("env") instanceof ArrayNode there ? there : one.putArray("env");
      env.addObject()
          .put("name", "JOB_COMPLETION_INDEX")
          .putObject("valueFrom")
          .putObject("fieldRef")
          .put("fieldPath", "metadata.labels['" + INDEX + "']");
    }
  }

  /** The pod's completion index, if it has one. */
  static Optional<Integer> index(JsonNode pod) {
    try {
      return Optional.of(
          Integer.parseInt(Fields.at(pod, "metadata", "annotations").path(INDEX).asString("")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** When the pod's last container ended, or when it was marked for deletion. */
  static String endedAt(JsonNode pod) {
    String last = Fields.text(pod, "metadata", "deletionTimestamp");
    for (JsonNode container : Fields.at(pod, "status", "containerStatuses")) {
      String end = Fields.text(container, "state", "terminated", "finishedAt");
      last = end.compareTo(last) > 0 ? end : last;
    }
    return last.isEmpty() ? Fields.text(pod, "metadata", "creationTimestamp") : last;
  }
}
