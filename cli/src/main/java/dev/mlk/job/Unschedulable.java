package dev.mlk.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Why a pod has no node. */
final class Unschedulable {
  private static final Pattern TOO_SMALL =
      Pattern.compile(
          "0/(?<all>\\d+) nodes are available: (?<reasons>[^:]*?)\\. .*preemption: 0/\\d+ nodes are"
              + " available: (?<hopeless>\\d+) Preemption is not helpful for scheduling");
  private static final Pattern INSUFFICIENT = Pattern.compile("\\d+ Insufficient \\S+");

  private Unschedulable() {}

  static Diagnosis explain(Observation seen, Replica replica) {
    Job job = seen.job();
    JsonNode scheduled = replica.condition("PodScheduled");
    String message = scheduled.path("message").asString("");
    if (!scheduled.path("reason").asString("").equals("Unschedulable")) {
      return waits(job, replica, "a node", message, "mlk tfjob wait " + job.name());
    }
    Optional<String> never =
        seen.nodes().isPresent()
            ? Fit.never(replica.pod().path("spec"), seen.nodes().get())
            : never(message);
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
      return waits(
          job, replica, "its volume claim", message, "kubectl describe pvc -n " + job.namespace());
    }
    if (message.contains("untolerated taint")) {
      return waits(
          job,
          replica,
          "a node; some nodes have a taint that it does not tolerate",
          message,
          "kubectl describe nodes | grep Taints");
    }
    if (message.contains("node affinity/selector") && !message.contains("Insufficient ")) {
      return waits(
          job,
          replica,
          "a node with the labels that it asks for",
          message,
          "kubectl get nodes --show-labels");
    }
    return waits(
        job,
        replica,
        "free " + lacking(message),
        message,
        "kubectl get pods -A -o wide shows who holds it; mlk tfjob wait "
            + job.name()
            + " waits on");
  }

  private static Diagnosis waits(
      Job job, Replica replica, String what, String message, String next) {
    return new Diagnosis(
        Verdict.WAITING,
        "Job " + job.name() + ": " + replica.name() + " waits for " + what + ".",
        message,
        next,
        replica);
  }

  /**
   * What the scheduler's own words say for somebody who may not see the nodes. It tells a node that
   * is too small even when empty ("Preemption is not helpful for scheduling") from one where others
   * have taken the room ("No preemption victims found"); taints and labels can be changed.
   */
  static Optional<String> never(String message) {
    Matcher said = TOO_SMALL.matcher(message);
    if (!said.find()) {
      return Optional.empty();
    }
    boolean everyNode = said.group("all").equals(said.group("hopeless"));
    for (String reason : said.group("reasons").split(", ", -1)) {
      everyNode &= INSUFFICIENT.matcher(reason).matches();
    }
    return everyNode
        ? Optional.of("no node has that much " + lacking(message) + ", even when nothing else runs")
        : Optional.empty();
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
