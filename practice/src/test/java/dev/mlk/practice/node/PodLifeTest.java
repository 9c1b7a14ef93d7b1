package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.testing.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
final class PodLifeTest {
  @TempDir Path folder;

  @Test
  void a_pod_runs_to_its_end() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "hello",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo hello from $HOSTNAME; echo bad >&2; exit 0']
          """);
      ObjectNode pod = cluster.awaitPhase("hello", "Succeeded");
      JsonNode ended = TestCluster.state(pod).path("terminated");
      assertThat(ended.path("exitCode").asInt(-1)).isZero();
      assertThat(ended.path("reason").asString("")).isEqualTo("Completed");
      assertThat(pod.path("status").path("podIP").asString(""))
          .startsWith(Target.chosen() == Target.BUILT_IN ? "127.64." : "10.64.");
      assertThat(cluster.log("hello")).isEqualTo("hello from hello\nbad\n");
      Await.until("all events are written", () -> cluster.events("hello").size() == 4);
      assertThat(cluster.events("hello"))
          .containsExactlyInAnyOrder(
              "Pulling: Pulling image \"busybox\"",
              "Pulled: Successfully pulled image \"busybox\" in 0s (0s including waiting). Image"
                  + " size: 0 bytes.",
              "Created: Container created",
              "Started: Container started");
    }
  }

  @Test
  void a_failed_container_stays_failed_or_is_restarted_as_its_policy_says() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          restartPolicy: %s
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo run >> /note/runs; n=$(wc -l < /note/runs); echo run $n; [ $n -gt 1 ] || exit 3; exit 0']
            volumeMounts: [{name: note, mountPath: /note}]
          volumes: [{name: note, emptyDir: {}}]
          """;
      cluster.pod("never", spec.formatted("Never"));
      cluster.pod("on-failure", spec.formatted("OnFailure"));
      ObjectNode never = cluster.awaitPhase("never", "Failed");
      assertThat(TestCluster.state(never).path("terminated").path("exitCode").asInt()).isEqualTo(3);
      assertThat(TestCluster.state(never).path("terminated").path("reason").asString(""))
          .isEqualTo("Error");
      ObjectNode again = cluster.awaitPhase("on-failure", "Succeeded");
      assertThat(TestCluster.container(again).path("restartCount").asInt()).isEqualTo(1);
      JsonNode last = TestCluster.container(again).path("lastState").path("terminated");
      assertThat(last.path("exitCode").asInt()).isEqualTo(3);
      assertThat(cluster.log("on-failure")).isEqualTo("run 2\n");
      assertThat(cluster.log("on-failure", false, true)).isEqualTo("run 1\n");
    }
  }

  @Test
  void deletion_lets_a_container_end_and_leaves_nothing() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "loop",
          """
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done']
          """);
      ObjectNode pod = cluster.awaitPhase("loop", "Running");
      Await.until("it is up", () -> cluster.log("loop").contains("up"));
      assertThat(TestCluster.container(pod).path("ready").asBoolean()).isTrue();
      cluster.delete("loop", 30);
      cluster.awaitGone("loop");
      cluster.awaitFolderGone(pod);
    }
  }

  @Test
  void a_container_that_ignores_the_request_is_killed_when_its_time_is_up() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "deaf",
          """
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'trap "" TERM; echo up; while :; do sleep 0.05; done']
          """);
      cluster.awaitPhase("deaf", "Running");
      Await.until("it is up", () -> cluster.log("deaf").contains("up"));
      cluster.delete("deaf", 1);
      cluster.awaitGone("deaf");
    }
  }

  @Test
  void an_unknown_image_is_named_with_what_is_there() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("typo", "{containers: [{name: main, image: 'busibox:1.36'}]}");
      ObjectNode pod =
          cluster.await(
              "typo", "waiting", each -> !TestCluster.state(each).path("waiting").isMissingNode());
      JsonNode waiting = TestCluster.state(pod).path("waiting");
      assertThat(waiting.path("reason").asString("")).isIn("ErrImagePull", "ImagePullBackOff");
      assertThat(waiting.path("message").asString(""))
          .contains("no image \"busibox:1.36\"")
          .contains("busybox");
      assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Pending");
    }
  }

  @Test
  void a_program_that_is_not_there_is_a_start_error() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "nothing",
          "{restartPolicy: Never, containers: [{name: main, image: busybox, command: [no-such]}]}");
      ObjectNode pod = cluster.awaitPhase("nothing", "Failed");
      JsonNode ended = TestCluster.state(pod).path("terminated");
      assertThat(ended.path("reason").asString("")).isEqualTo("StartError");
      assertThat(ended.path("exitCode").asInt()).isEqualTo(128);
      assertThat(ended.path("message").asString(""))
          .endsWith("exec: \"no-such\": executable file not found in $PATH");
    }
  }

  @Test
  void nodes_say_what_they_have_and_that_gpus_are_simulated() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      ObjectNode node = cluster.api().get(Resources.NODES, "", "node-2");
      assertThat(node.path("status").path("capacity").path("cpu").asString("")).isEqualTo("8");
      assertThat(node.path("metadata").path("labels").path("nvidia.com/gpu.product").asString(""))
          .isEqualTo("Tesla-T4");
      assertThat(node.path("metadata").path("labels").path("mlk.dev/simulated-gpu").asString(""))
          .isEqualTo("true");
      assertThat(node.path("status").path("allocatable").path("nvidia.com/gpu").asString(""))
          .isEqualTo("0");
      cluster.pod("plugin", "{containers: [{name: main, image: mlk/device-plugin}]}");
      cluster.awaitPhase("plugin", "Running");
      Await.until(
          "the GPU can be had",
          () ->
              cluster
                  .api()
                  .get(Resources.NODES, "", "node-1")
                  .path("status")
                  .path("allocatable")
                  .path("nvidia.com/gpu")
                  .asString("")
                  .equals("1"));
    }
  }
}
