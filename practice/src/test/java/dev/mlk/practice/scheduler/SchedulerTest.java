package dev.mlk.practice.scheduler;

import static dev.mlk.practice.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.testing.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
class SchedulerTest {
  private static final String GPU = ", 'nvidia.com/gpu': '4'";
  private static final String NOT_HELPFUL =
      " no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not"
          + " helpful for scheduling.";
  @TempDir private Path folder;
  private TestCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = TestCluster.start(folder);
    cluster.namespace("ns");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aPodThatFitsIsBoundAndAnEventSaysSo() {
    cluster.node("one", "", "");
    pod("a", "", "cpu: '1'");
    assertThat(node("a")).isEqualTo("one");
    TestCluster.await(
        () -> cluster.list(Resources.EVENTS, "ns"),
        events ->
            events.stream()
                .anyMatch(
                    event -> text(event, "message").equals("Successfully assigned ns/a to one")));
  }

  @Test
  void withoutNodesAPodWaitsAndIsPlacedAsSoonAsOneComes() {
    pod("a", "", "cpu: '1'");
    assertThat(refusal("a")).isEqualTo("no nodes available to schedule pods");
    cluster.node("one", "", "");
    assertThat(node("a")).isEqualTo("one");
  }

  @Test
  void theReasonsOfAllNodesAreCounted() {
    cluster.node("small", "", "");
    cluster.node("tainted", GPU, "");
    cluster.patch(
        Resources.NODES,
        "",
        "tainted",
        "{spec: {taints: [{key: 'dedicated', value: 'x', effect: 'NoSchedule'}]}}");
    pod("a", "", "cpu: '9', 'nvidia.com/gpu': '1'");
    assertThat(refusal("a"))
        .isEqualTo(
            "0/2 nodes are available: 1 Insufficient cpu, 1 Insufficient nvidia.com/gpu, 1 node(s)"
                + " had untolerated taint(s)."
                + NOT_HELPFUL);
  }

  @Test
  void aPodWaitsForRoomAndGetsItWhenAnotherIsOver() {
    cluster.node("one", "", "");
    pod("a", "", "cpu: '3'");
    node("a");
    pod("b", "", "cpu: '3'");
    assertThat(refusal("b")).startsWith("0/1 nodes are available: 1 Insufficient cpu.");
    cluster.run(cluster.client().get(Resources.PODS, "ns", "a"), "Succeeded", false, 0);
    assertThat(node("b")).isEqualTo("one");
  }

  @Test
  void cpuWorkIsSpreadAndGpuWorkIsPacked() {
    Target.not(Target.KUBERNETES, "kube-scheduler spreads both");
    for (String name : List.of("one", "two", "three")) {
      cluster.node(name, GPU, "");
    }
    Map<String, Integer> cpu = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      pod("cpu-" + i, "", "cpu: '1'");
      cpu.merge(node("cpu-" + i), 1, Integer::sum);
    }
    assertThat(cpu).hasSize(3);
    Map<String, Integer> gpu = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      pod("gpu-" + i, "", "'nvidia.com/gpu': '1'");
      gpu.merge(node("gpu-" + i), 1, Integer::sum);
    }
    assertThat(gpu).as("all on one node").hasSize(1);
  }

  @Test
  void anImportantPodEvictsTheLeastImportantThatIsInItsWay() {
    cluster.node("one", "", "");
    cluster.create(Resources.PRIORITY_CLASSES, "", "{metadata: {name: 'low'}, value: 10}");
    cluster.create(Resources.PRIORITY_CLASSES, "", "{metadata: {name: 'middle'}, value: 20}");
    cluster.create(Resources.PRIORITY_CLASSES, "", "{metadata: {name: 'high'}, value: 30}");
    pod("low", "priorityClassName: 'low', terminationGracePeriodSeconds: 0,", "cpu: '2'");
    pod("middle", "priorityClassName: 'middle', terminationGracePeriodSeconds: 0,", "cpu: '2'");
    node("low");
    node("middle");
    pod("high", "priorityClassName: 'high',", "cpu: '2'");
    cluster.await(
        Resources.PODS,
        "ns",
        "high",
        pod ->
            text(pod, "status", "nominatedNodeName").equals("one")
                || !text(pod, "spec", "nodeName").isEmpty());
    TestCluster.await(
        () -> cluster.pods("ns"),
        pods -> pods.stream().noneMatch(pod -> text(pod, "metadata", "name").equals("low")));
    // The test is the kubelet: the victim is gone for good.
    cluster
        .client()
        .call(
            dev.mlk.kube.Request.of("DELETE", Resources.PODS.path("ns"))
                .query("fieldSelector", "metadata.name=low")
                .body(
                    "application/json",
                    "{\"gracePeriodSeconds\":0}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(node("high")).isEqualTo("one");
    assertThat(node("middle")).isEqualTo("one");
  }

  @Test
  void podsThatDoNotWantToBeTogetherAreKeptApart() {
    cluster.node("one", "", "");
    cluster.node("two", "", "");
    String apart =
        "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
            + " 'kubernetes.io/hostname', labelSelector: {matchLabels: {app: 'a'}}}]}},";
    pod("a", apart, "cpu: '1'");
    pod("b", apart, "cpu: '1'");
    assertThat(node("a")).isNotEqualTo(node("b"));
    pod("c", apart, "cpu: '1'");
    assertThat(refusal("c"))
        .startsWith("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
  }

  @Test
  void aClaimThatWaitsForItsPodIsBoundFirst() {
    cluster.node("one", "", "");
    cluster.create(
        Resources.STORAGE_CLASSES,
        "",
        "{metadata: {name: 'later'}, provisioner: 'mlk.dev/directory', volumeBindingMode: 'WaitForFirstConsumer'}");
    String volume = "volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'data'}}],";
    pod("a", volume, "cpu: '1'");
    assertThat(refusal("a"))
        .isEqualTo("0/1 nodes are available: persistentvolumeclaim \"data\" not found. not found");
    cluster.create(
        Resources.VOLUME_CLAIMS,
        "ns",
        "{metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'later', resources: {requests: {storage: '1Gi'}}}}");
    assertThat(node("a")).isEqualTo("one");
    ObjectNode claim = cluster.client().get(Resources.VOLUME_CLAIMS, "ns", "data");
    assertThat(text(claim, "status", "phase")).isEqualTo("Bound");
  }

  private void pod(String name, String spec, String requests) {
    cluster.create(
        Resources.PODS,
        "ns",
        "{metadata: {name: '"
            + name
            + "', labels: {app: 'a'}}, spec: {"
            + spec
            + " containers: [{name: 'main', image: 'x', resources: {limits: {"
            + requests
            + "}}}]}}");
  }

  private String node(String pod) {
    return text(
        cluster.await(Resources.PODS, "ns", pod, now -> !text(now, "spec", "nodeName").isEmpty()),
        "spec",
        "nodeName");
  }

  /** Why the pod has no node, as its condition says. */
  private String refusal(String pod) {
    ObjectNode found =
        cluster.await(
            Resources.PODS,
            "ns",
            pod,
            now -> TestCluster.reason(now, "PodScheduled", "False").equals("Unschedulable"));
    for (JsonNode condition : found.path("status").path("conditions")) {
      if (text(condition, "type").equals("PodScheduled")) {
        return text(condition, "message");
      }
    }
    return "";
  }
}
