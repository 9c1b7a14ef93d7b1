package dev.mlk.practice.controller;

import static dev.mlk.practice.TestCluster.reason;
import static dev.mlk.practice.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
class JobsTest {
  @TempDir private static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = TestCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aJobThatIsDeletedInTheForegroundLetsItsPodsGo() {
    job("foreground", "completions: 1");
    cluster.awaitPods("foreground", 1);
    cluster.delete(Resources.JOBS, "foreground", "a", "Foreground");
    cluster.awaitGone(Resources.JOBS, "foreground", "a");
    assertThat(cluster.pods("foreground")).isEmpty();
  }

  @Test
  void aJobRunsItsPodsInParallelUntilEnoughSucceeded() {
    job("done", "completions: 3, parallelism: 2");
    List<ObjectNode> pods = cluster.awaitPods("done", 2);
    pods.forEach(pod -> cluster.run(pod, "Succeeded", false, 0));
    List<ObjectNode> third = cluster.awaitPods("done", 3);
    third.removeIf(pod -> text(pod, "status", "phase").equals("Succeeded"));
    cluster.run(third.getFirst(), "Succeeded", false, 0);
    ObjectNode job = await("done", "Complete", "CompletionsReached");
    assertThat(job.path("status").path("succeeded").asInt(0)).isEqualTo(3);
    assertThat(text(job, "status", "completionTime")).isNotEmpty();
    assertThat(reason(job, "SuccessCriteriaMet", "True")).isEqualTo("CompletionsReached");
    TestCluster.await(
        () -> cluster.pods("done"),
        all -> all.stream().allMatch(pod -> pod.path("metadata").path("finalizers").isEmpty()));
  }

  @Test
  void aJobThatFailsTooOftenIsOver() {
    job("failing", "backoffLimit: 0");
    cluster.run(cluster.awaitPods("failing", 1).getFirst(), "Failed", false, 1);
    ObjectNode job = await("failing", "Failed", "BackoffLimitExceeded");
    assertThat(job.path("status").path("failed").asInt(0)).isEqualTo(1);
    assertThat(cluster.pods("failing")).hasSize(1);
  }

  @Test
  void anotherPodIsTriedAfterAFailure() {
    job("retry", "backoffLimit: 1");
    cluster.run(cluster.awaitPods("retry", 1).getFirst(), "Failed", false, 1);
    List<ObjectNode> pods = cluster.awaitPods("retry", 2);
    pods.removeIf(pod -> text(pod, "status", "phase").equals("Failed"));
    cluster.run(pods.getFirst(), "Succeeded", false, 0);
    assertThat(
            await("retry", "Complete", "CompletionsReached").path("status").path("failed").asInt(0))
        .isEqualTo(1);
  }

  @Test
  void aFailurePolicyCanEndTheJobOrOverlookTheFailure() {
    String policy =
        "podFailurePolicy: {rules: [{action: 'FailJob', onExitCodes: {operator: 'In', values:"
            + " [42]}}, {action: 'Ignore', onExitCodes: {operator: 'In', values: [143]}}]}";
    job("policy", "backoffLimit: 0, " + policy);
    cluster.run(cluster.awaitPods("policy", 1).getFirst(), "Failed", false, 143);
    List<ObjectNode> pods = cluster.awaitPods("policy", 2);
    pods.removeIf(pod -> text(pod, "status", "phase").equals("Failed"));
    cluster.run(pods.getFirst(), "Failed", false, 42);
    ObjectNode job = await("policy", "Failed", "PodFailurePolicy");
    assertThat(job.path("status").path("failed").asInt(0)).as("143 does not count").isEqualTo(1);
    assertThat(job.path("status").path("conditions").toString())
        .contains("failed with exit code 42 matching FailJob rule at index 0");
  }

  @Test
  void aSuspendedJobHasNoPodsUntilItIsResumed() {
    job("sleepy", "suspend: true");
    cluster.await(
        Resources.JOBS,
        "sleepy",
        "a",
        job -> reason(job, "Suspended", "True").equals("JobSuspended"));
    assertThat(cluster.pods("sleepy")).isEmpty();
    cluster.patch(Resources.JOBS, "sleepy", "a", "{spec: {suspend: false}}");
    cluster.awaitPods("sleepy", 1);
    cluster.await(
        Resources.JOBS,
        "sleepy",
        "a",
        job -> reason(job, "Suspended", "False").equals("JobResumed"));
    cluster.patch(Resources.JOBS, "sleepy", "a", "{spec: {suspend: true}}");
    cluster.awaitPods("sleepy", 0);
    ObjectNode job =
        cluster.await(
            Resources.JOBS,
            "sleepy",
            "a",
            now -> reason(now, "Suspended", "True").equals("JobSuspended"));
    assertThat(job.path("status").path("failed").asInt(0)).isZero();
    // It is set anew when the job is resumed.
    assertThat(job.path("status").has("startTime")).isTrue();
  }

  @Test
  void anIndexedJobRepeatsOnlyTheIndexThatFailed() {
    job("indexed", "completions: 3, parallelism: 3, completionMode: 'Indexed'");
    List<ObjectNode> pods = cluster.awaitPods("indexed", 3);
    for (ObjectNode pod : pods) {
      boolean fails = text(pod, "spec", "hostname").equals("a-1");
      cluster.run(pod, fails ? "Failed" : "Succeeded", false, fails ? 1 : 0);
    }
    List<ObjectNode> again = cluster.awaitPods("indexed", 4);
    again.removeIf(pod -> !text(pod, "status", "phase").equals("Pending"));
    assertThat(text(again.getFirst(), "spec", "hostname")).isEqualTo("a-1");
    cluster.run(again.getFirst(), "Succeeded", false, 0);
    assertThat(
            text(await("indexed", "Complete", "CompletionsReached"), "status", "completedIndexes"))
        .isEqualTo("0-2");
  }

  @Test
  void aJobOverItsDeadlineIsStoppedAndOneWithATimeToLiveGoes() {
    job("late", "activeDeadlineSeconds: 1, ttlSecondsAfterFinished: 0");
    cluster.awaitPods("late", 1);
    cluster.awaitGone(Resources.JOBS, "late", "a");
    cluster.awaitPods("late", 0);
  }

  @Test
  void podsOfADeletedJobAreNotHeldByItsFinalizer() {
    job("deleted", "parallelism: 2");
    cluster.awaitPods("deleted", 2);
    cluster.delete(Resources.JOBS, "deleted", "a", "Background");
    TestCluster.await(() -> cluster.list(Resources.PODS, "deleted"), List::isEmpty);
  }

  @Test
  void aJobThatIsDeletedInTheForegroundGoesAfterItsRunningPods() {
    job("foreground", "completions: 1");
    cluster.awaitPods("foreground", 1);
    cluster.delete(Resources.JOBS, "foreground", "a", "Foreground");
    cluster.awaitGone(Resources.JOBS, "foreground", "a");
    assertThat(cluster.pods("foreground")).isEmpty();
  }

  @Test
  void indexesAreWrittenInRanges() {
    assertThat(Indexes.text(List.of(0, 1, 3, 4, 5, 9))).isEqualTo("0,1,3-5,9");
    assertThat(Indexes.parse("0,1,3-5,9")).containsExactly(0, 1, 3, 4, 5, 9);
    assertThat(Indexes.parse("")).isEmpty();
  }

  private static void job(String namespace, String spec) {
    cluster.namespace(namespace);
    cluster.create(
        Resources.JOBS,
        namespace,
        "{metadata: {name: 'a'}, spec: {"
            + spec
            + ", template: {spec: {schedulerName: 'none', restartPolicy: 'Never', containers:"
            + " [{name: 'main', image: 'x'}]}}}}");
  }

  private static ObjectNode await(String namespace, String type, String reason) {
    return cluster.await(
        Resources.JOBS, namespace, "a", job -> reason(job, type, "True").equals(reason));
  }
}
