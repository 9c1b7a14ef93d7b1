package dev.mlk.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class DiagnoseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  @Test
  void aJobThatNobodyTookUpPointsToTheMissingOperator() {
    Diagnosis diagnosis = diagnose("", List.of());
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.WAITING);
    assertThat(diagnosis.sentence()).contains("no TFJob operator answers");
  }

  @Test
  void theFirstFailureIsNamedAndNotItsEcho() {
    Diagnosis diagnosis =
        diagnose(
            "Failed",
            List.of(
                ended("worker", 0, 137, "2026-01-01T00:00:30Z"),
                ended("ps", 0, 3, "2026-01-01T00:00:20Z")));
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(diagnosis.sentence()).isEqualTo("Job j failed: ps-0 ended first with exit code 3.");
  }

  @Test
  void anImageThatIsNotThereIsHopelessAtOnceAndARegistrysBadMomentIsNot() {
    assertThat(diagnose("Created", List.of(waiting("ErrImagePull", "manifest unknown"))).verdict())
        .isEqualTo(Verdict.IMAGE);
    assertThat(diagnose("Created", List.of(waiting("ErrImagePull", "connection reset"))).verdict())
        .isEqualTo(Verdict.WAITING);
    assertThat(
            diagnose("Created", List.of(waiting("ImagePullBackOff", "connection reset"))).verdict())
        .isEqualTo(Verdict.IMAGE);
  }

  @Test
  void theSchedulersWordsTellWhatNeverFitsWhereNodesCannotBeSeen() {
    String nodes = "0/3 nodes are available: ";
    String tooSmall =
        " no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not"
            + " helpful for scheduling.";
    Diagnosis never =
        diagnose("Created", List.of(pending(nodes + "3 Insufficient nvidia.com/gpu." + tooSmall)));
    assertThat(never.verdict()).isEqualTo(Verdict.NEVER_FITS);
    assertThat(never.sentence())
        .isEqualTo(
            "Job j: worker-0 can never run here: no node has that much nvidia.com/gpu, even when"
                + " nothing else runs.");
    for (String other :
        List.of(
            "3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available:"
                + " 3 No preemption victims found for incoming pod.",
            "3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available:"
                + " 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for"
                + " scheduling.",
            "1 node(s) had untolerated taint {a: b}, 2 Insufficient cpu." + tooSmall,
            "3 node(s) didn't match Pod's node affinity/selector." + tooSmall)) {
      assertThat(diagnose("Created", List.of(pending(nodes + other))).verdict())
          .as(other)
          .isEqualTo(Verdict.WAITING);
    }
  }

  private static Replica pending(String message) {
    Replica replica = replica("worker", 0, "Pending", "{}");
    ObjectNode pod = (ObjectNode) replica.pod();
    pod.withObjectProperty("spec").remove("nodeName");
    pod.withObjectProperty("status")
        .withArrayProperty("conditions")
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "False")
        .put("reason", "Unschedulable")
        .put("message", message);
    return replica;
  }

  private static Diagnosis diagnose(String condition, List<Replica> replicas) {
    String conditions =
        condition.isEmpty()
            ? ""
            : "{\"type\":\"" + condition + "\",\"status\":\"True\",\"message\":\"\"}";
    JsonNode job =
        Json.read(
            "{\"metadata\":{\"name\":\"j\",\"namespace\":\"n\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},"
                + "\"spec\":{\"tfReplicaSpecs\":{\"Worker\":{\"replicas\":1}}},\"status\":{\"conditions\":["
                + conditions
                + "]}}");
    return Diagnose.of(new Observation(new Job(job), replicas, List.of(), Optional.empty(), NOW));
  }

  private static Replica ended(String type, int index, int code, String when) {
    return replica(
        type,
        index,
        "Failed",
        "{\"terminated\":{\"exitCode\":"
            + code
            + ",\"reason\":\"Error\",\"finishedAt\":\""
            + when
            + "\"}}");
  }

  private static Replica waiting(String reason, String message) {
    return replica(
        "worker",
        0,
        "Pending",
        "{\"waiting\":{\"reason\":\"" + reason + "\",\"message\":\"" + message + "\"}}");
  }

  private static Replica replica(String type, int index, String phase, String state) {
    return new Replica(
        Json.read(
            "{\"metadata\":{\"name\":\"j-"
                + type
                + "-"
                + index
                + "\",\"labels\":{\"training.kubeflow.org/replica-type\":\""
                + type
                + "\",\"training.kubeflow.org/replica-index\":\""
                + index
                + "\"}},\"spec\":{\"nodeName\":\"a\",\"containers\":[{\"name\":\"tensorflow\"}]},"
                + "\"status\":{\"phase\":\""
                + phase
                + "\",\"containerStatuses\":[{\"name\":\"tensorflow\",\"restartCount\":0,\"state\":"
                + state
                + "}]}}"));
  }
}
