package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Restarts, what comes before and beside the containers, and limits of time and memory. */
@Tag("target")
final class RestartTest {
  @TempDir Path folder;

  private static boolean waitsFor(JsonNode pod, String reason, int restarts) {
    return TestCluster.state(pod).path("waiting").path("reason").asString("").equals(reason)
        && TestCluster.container(pod).path("restartCount").asInt() == restarts;
  }

  @Test
  void a_container_that_fails_again_and_again_waits_ever_longer() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "crash", "{containers: [{name: main, image: busybox, command: [sh, -c, 'exit 1']}]}");
      ObjectNode pod =
          cluster.await("crash", "backing off", each -> waitsFor(each, "CrashLoopBackOff", 1));
      String uid = pod.path("metadata").path("uid").asString("");
      assertThat(TestCluster.state(pod).path("waiting").path("message").asString(""))
          .isEqualTo(
              "back-off 10s restarting failed container=main pod=crash_default(" + uid + ")");
      assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Running");
      ticker.advance(Duration.ofSeconds(10));
      pod = cluster.await("crash", "backing off", each -> waitsFor(each, "CrashLoopBackOff", 2));
      assertThat(TestCluster.state(pod).path("waiting").path("message").asString(""))
          .startsWith("back-off 20s ");
      ticker.advance(Duration.ofSeconds(19));
      ticker.advance(Duration.ofSeconds(1));
      pod = cluster.await("crash", "backing off", each -> waitsFor(each, "CrashLoopBackOff", 3));
      for (int restarts = 4; restarts <= 8; restarts++) {
        int expected = restarts;
        ticker.advance(Duration.ofMinutes(5));
        pod =
            cluster.await(
                "crash", "backing off", each -> waitsFor(each, "CrashLoopBackOff", expected));
      }
      assertThat(TestCluster.state(pod).path("waiting").path("message").asString(""))
          .startsWith("back-off 5m0s ");
    }
  }

  @Test
  void a_container_that_ran_well_for_long_is_restarted_at_once() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "steady",
          """
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'while [ ! -e /gate/$0 ]; do sleep 0.02; done; exit 1', "$(TURN)"]
            env: [{name: TURN, value: open}]
            volumeMounts: [{name: gate, mountPath: /gate}]
          volumes: [{name: gate, hostPath: {path: /gate}}]
          """);
      cluster.awaitPhase("steady", "Running");
      Path gate = cluster.folder().resolve("nodes/node-1/host/gate/open");
      java.nio.file.Files.createFile(gate);
      cluster.await("steady", "backing off", each -> waitsFor(each, "CrashLoopBackOff", 1));
      java.nio.file.Files.delete(gate);
      ticker.advance(Duration.ofSeconds(10));
      cluster.await("steady", "running again", RestartTest::runs);
      ticker.advance(Duration.ofMinutes(11));
      java.nio.file.Files.createFile(gate);
      ObjectNode pod =
          cluster.await(
              "steady", "backing off anew", each -> waitsFor(each, "CrashLoopBackOff", 3));
      assertThat(TestCluster.state(pod).path("waiting").path("message").asString(""))
          .startsWith("back-off 10s ");
    }
  }

  private static boolean runs(JsonNode pod) {
    return TestCluster.state(pod).has("running");
  }

  @Test
  void a_container_has_a_restart_policy_and_rules_of_its_own() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      String command =
          "image: busybox, volumeMounts: [{name: v, mountPath: /v}], command: [sh, -c, 'echo x >>"
              + " /v/$0; [ $(wc -l < /v/$0) -gt 1 ] && exit 0; exit 42', ";
      cluster.pod(
          "rules",
          """
          restartPolicy: Never
          volumes: [{name: v, emptyDir: {}}]
          containers:
          - {name: main, restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}], %s a]}
          - {name: plain, restartPolicy: OnFailure, %s b]}
          - {name: once, restartPolicy: Never, %s c]}
          """
              .formatted(command, command, command));
      ObjectNode pod = cluster.awaitPhase("rules", "Failed");
      JsonNode statuses = pod.path("status").path("containerStatuses");
      assertThat(statuses.path(0).path("restartCount").asInt()).isEqualTo(1);
      assertThat(statuses.path(1).path("restartCount").asInt()).isEqualTo(1);
      assertThat(statuses.path(2).path("restartCount").asInt()).isZero();
      assertThat(statuses.path(2).path("state").path("terminated").path("exitCode").asInt())
          .isEqualTo(42);
    }
  }

  @Test
  void init_containers_run_one_after_another_and_a_sidecar_beside_the_rest() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "stages",
          """
          restartPolicy: Never
          initContainers:
          - {name: first, image: busybox, command: [sh, -c, 'echo first >> /log/all'], volumeMounts: [{name: log, mountPath: /log}]}
          - {name: side, image: busybox, restartPolicy: Always, command: [sh, -c, 'echo side >> /log/all; exec sleep 1000'], volumeMounts: [{name: log, mountPath: /log}]}
          - {name: second, image: busybox, command: [sh, -c, 'while ! grep -q side /log/all; do sleep 0.02; done; echo second >> /log/all'], volumeMounts: [{name: log, mountPath: /log}]}
          containers:
          - {name: main, image: busybox, command: [sh, -c, 'cat /log/all'], volumeMounts: [{name: log, mountPath: /log}]}
          volumes: [{name: log, emptyDir: {}}]
          """);
      ObjectNode pod = cluster.awaitPhase("stages", "Succeeded");
      assertThat(cluster.log("stages")).isEqualTo("first\nside\nsecond\n");
      JsonNode side = pod.path("status").path("initContainerStatuses").path(1);
      assertThat(side.path("state").path("terminated").path("exitCode").asInt()).isEqualTo(143);
    }
  }

  @Test
  void a_failed_init_container_fails_a_pod_that_is_never_restarted() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "stuck",
          """
          restartPolicy: Never
          initContainers: [{name: first, image: busybox, command: [sh, -c, 'exit 4']}]
          containers: [{name: main, image: busybox, command: [sh]}]
          """);
      ObjectNode pod = cluster.awaitPhase("stuck", "Failed");
      assertThat(TestCluster.state(pod).path("waiting").path("reason").asString(""))
          .isEqualTo("PodInitializing");
    }
  }

  @Test
  void a_pod_that_is_active_too_long_fails() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "long",
          """
          restartPolicy: Never
          activeDeadlineSeconds: 60
          containers: [{name: main, image: busybox, command: [sleep, '1000']}]
          """);
      cluster.awaitPhase("long", "Running");
      ticker.advance(Duration.ofSeconds(61));
      ObjectNode pod = cluster.awaitPhase("long", "Failed");
      assertThat(pod.path("status").path("reason").asString("")).isEqualTo("DeadlineExceeded");
    }
  }

  @Test
  void a_process_that_takes_more_memory_than_its_limit_is_killed() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "greedy",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'a=0123456789abcdef; while [ ${#a} -lt 300000000 ]; do a=$a$a; done; sleep 1000']
            resources: {limits: {memory: 64Mi}}
          """);
      ObjectNode pod = cluster.awaitPhase("greedy", "Failed");
      JsonNode ended = TestCluster.state(pod).path("terminated");
      assertThat(ended.path("reason").asString("")).isEqualTo("OOMKilled");
      assertThat(ended.path("exitCode").asInt()).isEqualTo(137);
    }
  }

  @Test
  void use_of_processor_and_memory_is_known() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "busy",
          "{containers: [{name: main, image: busybox, command: [sh, -c, 'while :; do :; done']}]}");
      cluster.pod(
          "pretends",
          "{containers: [{name: main, image: mlk/simulated, args: ['--cpu=250m',"
              + " '--memory=200Mi']}]}");
      cluster.awaitPhase("busy", "Running");
      cluster.awaitPhase("pretends", "Running");
      Await.until(
          "the use is measured",
          () ->
              cluster.agent().usage().containers().stream()
                  .anyMatch(
                      use ->
                          use.pod().equals("busy")
                              && use.use().nanoCpus() > 100_000_000
                              && use.use().memory() > 0
                              && use.use().window().toMillis() >= 1000));
      assertThat(cluster.agent().usage().nodes()).contains("node-1", "node-2");
      assertThat(cluster.agent().usage().containers())
          .filteredOn(use -> use.pod().equals("pretends"))
          .singleElement()
          .satisfies(
              use -> {
                assertThat(use.use().nanoCpus()).isEqualTo(250_000_000);
                assertThat(use.use().memory()).isEqualTo(200 << 20);
                assertThat(use.use().simulated()).isTrue();
              });
    }
  }

  @Test
  void a_simulated_container_ends_when_it_was_told_to() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "timer",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: mlk/simulated
            args: ['--duration=2m', '--exit-code=3', '--log=step=1', '--log', 'loss=0.1']
          """);
      cluster.pod(
          "hungry",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: mlk/simulated
            env: [{name: MEMORY, value: 2Gi}]
            resources: {limits: {memory: 1Gi}}
          """);
      cluster.awaitPhase("timer", "Running");
      cluster.awaitPhase("hungry", "Running");
      assertThat(cluster.log("timer")).isEqualTo("step=1\nloss=0.1\n");
      ticker.advance(Duration.ofMinutes(2));
      ObjectNode pod = cluster.awaitPhase("timer", "Failed");
      assertThat(TestCluster.state(pod).path("terminated").path("exitCode").asInt()).isEqualTo(3);
      ObjectNode hungry = cluster.awaitPhase("hungry", "Failed");
      assertThat(TestCluster.state(hungry).path("terminated").path("reason").asString(""))
          .isEqualTo("OOMKilled");
    }
  }
}
