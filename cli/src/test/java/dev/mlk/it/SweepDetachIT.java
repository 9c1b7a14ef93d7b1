package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sweeps that go on without the command that began them. */
@Tag("slow")
final class SweepDetachIT {
  /** A runner that was killed starts again after ten seconds, the next time after twenty. */
  private static final int KILLS = 2;

  private static final String VALUES =
      "accuracy=0.11,accuracy=0.12,accuracy=0.13,accuracy=0.14,accuracy=0.15,accuracy=0.16,"
          + "accuracy=0.17,accuracy=0.18,accuracy=0.19,accuracy=0.21,accuracy=0.22,accuracy=0.23";

  @Test
  void aRunnerInTheClusterIsKilledAgainAndAgainAndEveryTrialIsThereOnce() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      String file = mlk.file("job.yaml", SweepIT.JOB.formatted(1));
      Mlk.Result begun = mlk.run("sweep", file, "--log", VALUES, "--name", "away", "--detach");
      assertThat(begun.code()).as(begun.all()).isZero();
      assertThat(begun.out()).isEqualTo("sweep/away detached\n");
      assertThat(begun.err()).contains("12 trials of 1 GPU", "mlk sweep get away");
      Map<String, String> uids = new HashMap<>();
      try (ApiClient api = SweepIT.client(mlk)) {
        for (int i = 0; i < KILLS; i++) {
          Mlk.await("a runner", () -> !runners(mlk).isEmpty());
          LockSupport.parkNanos(1_500_000_000L + random.nextLong(1_000_000_000L));
          runners(mlk).forEach(ProcessHandle::destroyForcibly);
          remember(api, uids);
        }
        // Somebody who runs the same command meanwhile looks on, or goes on with it.
        Mlk.Result same = mlk.run("sweep", file, "--log", VALUES, "--name", "away");
        assertThat(same.code()).as(same.all() + " -Dseed=" + seed).isZero();
        remember(api, uids);
        assertThat(uids).as("jobs").hasSize(12);
        verify(mlk);
        Mlk.await("the runner's job to be complete", () -> complete(api));
        rights(api);
      }
      mlk.ok("sweep", "delete", "away");
      try (ApiClient api = SweepIT.client(mlk)) {
        Mlk.await(
            "everything to go with the sweep",
            () ->
                api.find(Resources.SERVICE_ACCOUNTS, "default", "sweep-away-runner").isEmpty()
                    && api.find(Resources.LEASES, "default", "sweep-away").isEmpty()
                    && api.find(Resources.JOBS, "default", "sweep-away-runner").isEmpty());
      }
    }
  }

  @Test
  void aStoppedSweepHasNoRunnerAndAResumedOneGetsANewOne() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      String file = mlk.file("job.yaml", SweepIT.JOB.formatted(1));
      mlk.ok("sweep", file, "--log", VALUES, "--name", "stopped", "--detach");
      Mlk.await("a runner", () -> !runners(mlk).isEmpty());
      mlk.ok("sweep", "stop", "stopped");
      Mlk.await("the runner to be gone", () -> runners(mlk).isEmpty());
      try (ApiClient api = SweepIT.client(mlk)) {
        String before = holder(api);
        assertThat(mlk.ok("sweep", "resume", "stopped", "--parallel", "3", "--detach"))
            .isEqualTo("sweep/stopped detached\n");
        Mlk.await(
            "the new runner to run it",
            () -> !holder(api).equals(before) && holder(api).startsWith("sweep-stopped-runner-"));
      }
      assertThat(mlk.run("sweep", "get", "stopped").err())
          .containsPattern("sweep-stopped-runner-\\w+ runs it\\.");
      Mlk.Result followed = mlk.run("sweep", "resume", "stopped");
      assertThat(followed.code()).as(followed.all()).isZero();
      assertThat(followed.err()).contains("runs this sweep; this command shows it");
      assertThat(mlk.ok("sweep", "list")).contains("12/12");
    }
  }

  private static String holder(ApiClient api) {
    return api.find(Resources.LEASES, "default", "sweep-stopped")
        .map(lease -> lease.path("spec").path("holderIdentity").asString(""))
        .orElse("");
  }

  private static List<ProcessHandle> runners(Mlk mlk) {
    return mlk.processes("dev.mlk.Mlk sweep run");
  }

  private static void remember(ApiClient api, Map<String, String> uids) {
    Map<String, String> query = Map.of("labelSelector", "mlk.dev/sweep=away");
    for (JsonNode job : api.list(Resources.TFJOBS, "default", query).path("items")) {
      JsonNode metadata = job.path("metadata");
      String uid = metadata.path("uid").asString("");
      assertThat(uids.putIfAbsent(metadata.path("name").asString(""), uid)).isIn(null, uid);
    }
  }

  private static void verify(Mlk mlk) throws Exception {
    JsonNode report = Json.read(mlk.ok("sweep", "report", "away", "-o", "json"));
    Set<String> seen = new HashSet<>();
    for (JsonNode trial : report.path("trials")) {
      assertThat(seen.add(trial.path("parameters").path("log").asString(""))).isTrue();
      assertThat(trial.path("state").asString("")).isEqualTo("Succeeded");
      assertThat(trial.path("attempts").asInt()).isEqualTo(1);
    }
    assertThat(seen).hasSize(12);
  }

  private static boolean complete(ApiClient api) {
    return api.get(Resources.JOBS, "default", "sweep-away-runner")
        .path("status")
        .path("conditions")
        .toString()
        .contains("\"Complete\"");
  }

  /** What the runner's account may do is what a runner does, and no more. */
  private static void rights(ApiClient api) {
    assertThat(may(api, "get", "", "configmaps", "sweep-away")).isTrue();
    assertThat(may(api, "create", "kubeflow.org", "tfjobs", "")).isTrue();
    assertThat(may(api, "get", "", "configmaps", "other")).isFalse();
    assertThat(may(api, "list", "", "secrets", "")).isFalse();
    assertThat(may(api, "create", "", "pods", "")).isFalse();
    assertThat(may(api, "list", "", "nodes", "")).isFalse();
  }

  private static boolean may(
      ApiClient api, String verb, String group, String resource, String name) {
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": {
          "user": "system:serviceaccount:default:sweep-away-runner",
          "resourceAttributes": {"namespace": "default", "verb": "%s", "group": "%s",
            "resource": "%s", "name": "%s"}}}
        """
            .formatted(verb, group, resource, name);
    return api.call(
            Request.of("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews")
                .body("application/json", review.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .path("status")
        .path("allowed")
        .asBoolean(false);
  }
}
