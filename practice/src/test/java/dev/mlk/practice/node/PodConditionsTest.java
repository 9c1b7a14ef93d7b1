package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Conditions of pods through their lives, with the kubelet's reasons and messages. */
final class PodConditionsTest {
  private static final String GATE = "volumes: [{name: g, hostPath: {path: /g}}]\n";
  private static final String MOUNT = "volumeMounts: [{name: g, mountPath: /g}]";

  @TempDir Path folder;

  private static List<String> conditions(JsonNode pod) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : pod.path("status").path("conditions")) {
      String text =
          each.path("type").asString("")
              + " "
              + each.path("status").asString("")
              + " "
              + each.path("reason").asString("")
              + " "
              + each.path("message").asString("");
      texts.add(text.strip());
    }
    return texts;
  }

  private static void open(TestCluster cluster, String name) throws Exception {
    Path gates = cluster.folder().resolve("nodes/node-1/host/g");
    Files.createDirectories(gates);
    Files.createFile(gates.resolve(name));
  }

  private static String waitFor(String gate) {
    return "image: busybox, %s, command: [sh, -c, 'while [ ! -e /g/%s ]; do sleep 0.02; done']"
        .formatted(MOUNT, gate);
  }

  @Test
  void they_tell_how_far_a_pod_has_come() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "pod",
          GATE
              + "restartPolicy: Never\ninitContainers:\n- {name: first, "
              + waitFor("one")
              + "}\ncontainers:\n- {name: main, "
              + waitFor("two")
              + "}\n");
      ObjectNode pod =
          cluster.await(
              "pod",
              "initialising",
              each ->
                  each.path("status")
                      .path("initContainerStatuses")
                      .path(0)
                      .path("state")
                      .has("running"));
      assertThat(conditions(pod))
          .containsExactly(
              "PodReadyToStartContainers True",
              "Initialized False ContainersNotInitialized containers with incomplete status:"
                  + " [first]",
              "Ready False ContainersNotReady containers with unready status: [main]",
              "ContainersReady False ContainersNotReady containers with unready status: [main]",
              "PodScheduled True");
      String begun = pod.path("status").path("startTime").asString("");
      open(cluster, "one");
      pod = cluster.awaitPhase("pod", "Running");
      assertThat(conditions(pod))
          .containsExactly(
              "PodReadyToStartContainers True",
              "Initialized True",
              "Ready True",
              "ContainersReady True",
              "PodScheduled True");
      open(cluster, "two");
      pod = cluster.awaitPhase("pod", "Succeeded");
      assertThat(conditions(pod))
          .containsExactly(
              "PodReadyToStartContainers False",
              "Initialized True PodCompleted",
              "Ready False PodCompleted",
              "ContainersReady False PodCompleted",
              "PodScheduled True");
      assertThat(pod.path("status").path("startTime").asString("")).isEqualTo(begun);
    }
  }

  @Test
  void a_pod_with_a_gate_is_ready_when_somebody_says_so() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "gated",
          "{readinessGates: [{conditionType: example.com/lb}], containers: [{name: main, image: busybox, command: [sleep, '1000']}]}");
      ObjectNode pod =
          cluster.await(
              "gated", "running", each -> conditions(each).contains("ContainersReady True"));
      assertThat(conditions(pod))
          .contains(
              "Ready False ReadinessGatesNotReady corresponding condition of pod readiness gate"
                  + " \"example.com/lb\" does not exist.");
      say(cluster, "False");
      cluster.await(
          "gated",
          "not ready",
          each ->
              conditions(each)
                  .contains(
                      "Ready False ReadinessGatesNotReady the status of pod readiness gate"
                          + " \"example.com/lb\" is not \"True\", but False"));
      say(cluster, "True");
      cluster.await("gated", "ready", each -> conditions(each).contains("Ready True"));
    }
  }

  private static void say(TestCluster cluster, String status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "example.com/lb")
        .put("status", status);
    cluster
        .api()
        .patch(
            Resources.PODS.path("default", "gated", "status"),
            ApiClient.PatchType.STRATEGIC,
            patch);
  }

  @Test
  void containers_wait_for_the_startup_probe_of_a_sidecar() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "pair",
          GATE
              + "initContainers:\n- {name: side, restartPolicy: Always, image: busybox, "
              + MOUNT
              + ", command: [sleep, '1000'], startupProbe: {exec: {command: [test, -e, /g/up]}, periodSeconds: 1, failureThreshold: 100}}\ncontainers:\n- {name: main, image: busybox, command: [sleep, '1000']}\n");
      ObjectNode pod =
          cluster.await(
              "pair",
              "waiting",
              each ->
                  each.path("status")
                      .path("initContainerStatuses")
                      .path(0)
                      .path("state")
                      .has("running"));
      assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Pending");
      assertThat(TestCluster.state(pod).path("waiting").path("reason").asString(""))
          .isEqualTo("PodInitializing");
      open(cluster, "up");
      cluster.await("pair", "ready", each -> conditions(each).contains("Ready True"));
    }
  }
}
