package dev.mlk.job;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Why a pod has no node. */
final class Unschedulable {
  private Unschedulable() {}

  static Diagnosis explain(Observation seen, Replica replica) {
    Job job = seen.job();
    JsonNode scheduled = replica.condition("PodScheduled");
    String message = scheduled.path("message").asString("");
    if (!scheduled.path("reason").asString("").equals("Unschedulable")) {
      return new Diagnosis(
          Verdict.WAITING,
          "Job " + job.name() + ": " + replica.name() + " waits for a node.",
          message,
          "mlk tfjob wait " + job.name(),
          replica);
    }
    Optional<String> never =
        seen.nodes().flatMap(nodes -> Fit.never(replica.pod().path("spec"), nodes));
    if (never.isPresent()) {
      return new Diagnosis(
          Verdict.NEVER_FITS,
          "Job " + job.name() + ": " + replica.name() + " can never run here: " + never.get() + ".",
          message,
          "ask for less (mlk tfjob submit FILE --set "
              + replica.type()
              + ".gpu=1), after mlk tfjob delete "
              + job.name(),
          replica);
    }
    if (message.contains("persistentvolumeclaim") || message.contains("PersistentVolumeClaim")) {
      return new Diagnosis(
          Verdict.WAITING,
          "Job " + job.name() + ": " + replica.name() + " waits for its volume claim.",
          message,
          "kubectl describe pvc -n " + job.namespace(),
          replica);
    }
    if (message.contains("untolerated taint")) {
      return new Diagnosis(
          Verdict.WAITING,
          "Job "
              + job.name()
              + ": "
              + replica.name()
              + " waits for a node; some nodes have a taint that it does not tolerate.",
          message,
          "kubectl describe nodes | grep Taints",
          replica);
    }
    return new Diagnosis(
        Verdict.WAITING,
        "Job " + job.name() + ": " + replica.name() + " waits for free " + lacking(message) + ".",
        message,
        "kubectl get pods -A -o wide shows who holds it; mlk tfjob wait "
            + job.name()
            + " waits on",
        replica);
  }

  private static String lacking(String message) {
    int at = message.indexOf("Insufficient ");
    if (at < 0) {
      return "room";
    }
    String rest = message.substring(at + "Insufficient ".length());
    int end = 0;
    while (end < rest.length() && " ,".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String name = rest.substring(0, end);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
