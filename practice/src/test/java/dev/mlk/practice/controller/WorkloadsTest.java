package dev.mlk.practice.controller;

import static dev.mlk.practice.TestCluster.reason;
import static dev.mlk.practice.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
class WorkloadsTest {
  private static final String TEMPLATE =
      "{metadata: {labels: {app: 'a'}}, spec: {schedulerName: 'none', containers: [{name: 'main', image: 'IMAGE'}]}}";
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
  void aReplicaSetWhosePodsAreRefusedWaitsLongerEachTime() {
    cluster.namespace("refused");
    // The message of each refusal names another pod.
    cluster.create(
        Resources.LIMIT_RANGES,
        "refused",
        "{metadata: {name: 'none'}, spec: {limits: [{type: 'Container', max: {cpu: '1'}}]}}");
    cluster.create(
        Resources.REPLICA_SETS,
        "refused",
        "{metadata: {name: 'a'}, spec: {replicas: 1, selector: {matchLabels: {app: 'a'}}, template:"
            + " {metadata: {labels: {app: 'a'}}, spec: {containers: [{name: 'main', image: 'i',"
            + " resources: {limits: {cpu: '2'}}}]}}}}");
    JsonNode set =
        cluster.await(
            Resources.REPLICA_SETS,
            "refused",
            "a",
            now -> !reason(now, "ReplicaFailure", "True").isEmpty());
    // The eighth try follows the first after 0.6 s at the earliest; a busy loop makes hundreds.
    TestCluster.await(() -> cluster.list(Resources.EVENTS, "refused").size(), tries -> tries >= 7);
    JsonNode later = cluster.client().get(Resources.REPLICA_SETS, "refused", "a");
    assertThat(text(later, "metadata", "resourceVersion"))
        .as("a status that changed with each try would be tried at once")
        .isEqualTo(text(set, "metadata", "resourceVersion"));
  }

  @Test
  void aReplicaSetKeepsItsNumberOfPodsAndTellsHowManyAreReady() {
    cluster.namespace("rs");
    cluster.create(
        Resources.REPLICA_SETS,
        "rs",
        "{metadata: {name: 'a'}, spec: {replicas: 3, selector: {matchLabels: {app: 'a'}}, template: "
            + template("one")
            + "}}");
    List<ObjectNode> pods = cluster.awaitPods("rs", 3);
    cluster.run(pods.getFirst(), "Running", true, 0);
    cluster.await(
        Resources.REPLICA_SETS,
        "rs",
        "a",
        set -> set.path("status").path("readyReplicas").asInt(0) == 1);
    cluster.delete(Resources.PODS, "rs", text(pods.getLast(), "metadata", "name"), "Background");
    TestCluster.await(
        () -> cluster.pods("rs"), now -> now.size() == 3 && !now.contains(pods.getLast()));
    cluster.patch(Resources.REPLICA_SETS, "rs", "a", "{spec: {replicas: 1}}");
    List<ObjectNode> left = cluster.awaitPods("rs", 1);
    assertThat(text(left.getFirst(), "metadata", "name"))
        .as("the ready pod stays")
        .isEqualTo(text(pods.getFirst(), "metadata", "name"));
  }

  @Test
  void aReplicaSetAdoptsAPodThatFitsAndReleasesOneThatNoLongerDoes() {
    cluster.namespace("adopt");
    cluster.create(
        Resources.PODS,
        "adopt",
        "{metadata: {name: 'orphan', labels: {app: 'a'}}, spec: {schedulerName: 'none', containers: [{name: 'main', image: 'x'}]}}");
    // The controller must know of the pod, or it makes one of its own first.
    TestCluster.await(
        () -> cluster.cluster().informers().on(Resources.PODS).get("adopt", "orphan"),
        Optional::isPresent);
    cluster.create(
        Resources.REPLICA_SETS,
        "adopt",
        "{metadata: {name: 'a'}, spec: {replicas: 1, selector: {matchLabels: {app: 'a'}}, template: "
            + template("one")
            + "}}");
    cluster.await(
        Resources.PODS,
        "adopt",
        "orphan",
        pod -> text(pod.path("metadata").path("ownerReferences").path(0), "name").equals("a"));
    assertThat(cluster.pods("adopt")).hasSize(1);
    cluster.patch(Resources.PODS, "adopt", "orphan", "{metadata: {labels: {app: 'other'}}}");
    cluster.await(
        Resources.PODS,
        "adopt",
        "orphan",
        pod -> pod.path("metadata").path("ownerReferences").isEmpty());
    cluster.awaitPods("adopt", 2);
  }

  @Test
  void aDeploymentRollsToANewTemplateAndBack() {
    cluster.namespace("roll");
    deployment("roll", "RollingUpdate", 2);
    cluster.awaitPods("roll", 2).forEach(pod -> cluster.run(pod, "Running", true, 0));
    cluster.await(
        Resources.DEPLOYMENTS,
        "roll",
        "a",
        now -> reason(now, "Progressing", "True").equals("NewReplicaSetAvailable"));
    String first = image("roll", "one");
    cluster.patch(
        Resources.DEPLOYMENTS, "roll", "a", "{spec: {template: " + template("two") + "}}");
    untilDone("roll", "two", 2);
    assertThat(revision("roll")).isEqualTo("2");
    cluster.patch(
        Resources.DEPLOYMENTS, "roll", "a", "{spec: {template: " + template("one") + "}}");
    untilDone("roll", "one", 2);
    assertThat(revision("roll")).as("a rollback is a new revision").isEqualTo("3");
    assertThat(image("roll", "one")).as("of the old replica set").isEqualTo(first);
    assertThat(cluster.list(Resources.REPLICA_SETS, "roll")).hasSize(2);
  }

  @Test
  void aDeploymentsAnnotationsReachItsCurrentReplicaSetAlsoLater() {
    cluster.namespace("cause");
    deployment("cause", "RollingUpdate", 1);
    cluster.awaitPods("cause", 1);
    String set = image("cause", "one");
    cluster.patch(
        Resources.DEPLOYMENTS,
        "cause",
        "a",
        "{metadata: {annotations: {'kubernetes.io/change-cause': 'another image',"
            + " 'kubectl.kubernetes.io/last-applied-configuration': '{}'}}}");
    JsonNode annotations =
        cluster
            .await(
                Resources.REPLICA_SETS,
                "cause",
                set,
                now -> annotation(now, "kubernetes.io/change-cause").equals("another image"))
            .path("metadata")
            .path("annotations");
    assertThat(annotations.has("kubectl.kubernetes.io/last-applied-configuration")).isFalse();
    assertThat(annotations.path("deployment.kubernetes.io/revision").asString("")).isEqualTo("1");
  }

  private static String annotation(JsonNode object, String name) {
    return object.path("metadata").path("annotations").path(name).asString("");
  }

  @Test
  void aRollingUpdateNeverHasFewerPodsAvailableThanAllowed() {
    cluster.namespace("gentle");
    deployment("gentle", "RollingUpdate", 4);
    cluster.awaitPods("gentle", 4).forEach(pod -> cluster.run(pod, "Running", true, 0));
    cluster.await(
        Resources.DEPLOYMENTS,
        "gentle",
        "a",
        now -> now.path("status").path("availableReplicas").asInt(0) == 4);
    cluster.patch(
        Resources.DEPLOYMENTS, "gentle", "a", "{spec: {template: " + template("two") + "}}");
    // 25 % of 4: one more, one less. None of the new pods becomes ready.
    cluster.await(
        Resources.DEPLOYMENTS,
        "gentle",
        "a",
        now ->
            now.path("status").path("updatedReplicas").asInt(0) == 2
                && now.path("status").path("replicas").asInt(0) == 5);
    assertThat(images("gentle", "one")).hasSize(3);
  }

  @Test
  void recreateStartsNothingNewBeforeTheOldIsGone() {
    cluster.namespace("recreate");
    deployment("recreate", "Recreate", 2);
    List<ObjectNode> old = cluster.awaitPods("recreate", 2);
    cluster.patch(
        Resources.PODS,
        "recreate",
        text(old.getFirst(), "metadata", "name"),
        "{metadata: {finalizers: ['test.example/hold']}}");
    cluster.patch(
        Resources.DEPLOYMENTS, "recreate", "a", "{spec: {template: " + template("two") + "}}");
    TestCluster.await(() -> cluster.pods("recreate"), List::isEmpty);
    assertThat(cluster.list(Resources.REPLICA_SETS, "recreate")).hasSize(1);
    cluster.patch(
        Resources.PODS,
        "recreate",
        text(old.getFirst(), "metadata", "name"),
        "{metadata: {finalizers: null}}");
    TestCluster.await(() -> images("recreate", "two"), pods -> pods.size() == 2);
  }

  @Test
  void aPausedDeploymentScalesButDoesNotRoll() {
    cluster.namespace("paused");
    deployment("paused", "RollingUpdate", 1);
    cluster.awaitPods("paused", 1);
    cluster.patch(
        Resources.DEPLOYMENTS,
        "paused",
        "a",
        "{spec: {paused: true, replicas: 3, template: " + template("two") + "}}");
    cluster.awaitPods("paused", 3);
    assertThat(images("paused", "one")).hasSize(3);
    cluster.patch(Resources.DEPLOYMENTS, "paused", "a", "{spec: {paused: false}}");
    TestCluster.await(() -> images("paused", "two"), pods -> !pods.isEmpty());
  }

  @Test
  void aDaemonSetHasOnePodOnEachNodeThatItTolerates() {
    cluster.namespace("ds");
    cluster.node("ds-1", "", ", ds: 'yes'");
    cluster.node("ds-2", "", ", ds: 'yes'");
    cluster.node("ds-3", "", "");
    cluster.create(
        Resources.DAEMON_SETS,
        "ds",
        "{metadata: {name: 'a'}, spec: {selector: {matchLabels: {app: 'a'}}, template: {metadata: {labels: {app: 'a'}},"
            + " spec: {nodeSelector: {ds: 'yes'}, containers: [{name: 'main', image: 'x'}]}}}}");
    cluster.awaitPods("ds", 2);
    cluster.patch(Resources.NODES, "", "ds-3", "{metadata: {labels: {ds: 'yes'}}}");
    cluster.awaitPods("ds", 3);
    cluster.patch(
        Resources.NODES,
        "",
        "ds-3",
        "{spec: {taints: [{key: 'kept', value: 'x', effect: 'NoSchedule'}]}}");
    // One that is replaced elsewhere shows that the controller has looked: the pod there stays.
    ObjectNode first =
        cluster.awaitPods("ds", 3).stream()
            .filter(pod -> pod.toString().contains("\"ds-1\""))
            .findFirst()
            .orElseThrow();
    cluster
        .client()
        .delete(
            Resources.PODS,
            "ds",
            text(first, "metadata", "name"),
            TestCluster.json("{gracePeriodSeconds: 0}"));
    cluster.awaitGone(Resources.PODS, "ds", text(first, "metadata", "name"));
    cluster.awaitPods("ds", 3);
    cluster.patch(
        Resources.NODES,
        "",
        "ds-3",
        "{spec: {taints: [{key: 'kept', value: 'x', effect: 'NoExecute'}]}}");
    cluster.awaitPods("ds", 2);
  }

  private static String template(String image) {
    return TEMPLATE.replace("IMAGE", image);
  }

  private static void deployment(String namespace, String strategy, int replicas) {
    cluster.create(
        Resources.DEPLOYMENTS,
        namespace,
        "{metadata: {name: 'a'}, spec: {replicas: "
            + replicas
            + ", strategy: {type: '"
            + strategy
            + "'}, selector: {matchLabels: {app: 'a'}}, template: "
            + template("one")
            + "}}");
  }

  private static List<ObjectNode> images(String namespace, String image) {
    return cluster.pods(namespace).stream()
        .filter(pod -> text(pod.path("spec").path("containers").path(0), "image").equals(image))
        .toList();
  }

  /** The replica set with that image. */
  private static String image(String namespace, String image) {
    return cluster.list(Resources.REPLICA_SETS, namespace).stream()
        .filter(
            set ->
                text(
                        set.path("spec").path("template").path("spec").path("containers").path(0),
                        "image")
                    .equals(image))
        .map(set -> text(set, "metadata", "name"))
        .findFirst()
        .orElseThrow();
  }

  private static String revision(String namespace) {
    return cluster
        .client()
        .get(Resources.DEPLOYMENTS, namespace, "a")
        .path("metadata")
        .path("annotations")
        .path("deployment.kubernetes.io/revision")
        .asString("");
  }

  /** Makes every new pod ready until only those of the image are left. */
  private static void untilDone(String namespace, String image, int count) {
    TestCluster.await(
        () -> {
          for (ObjectNode pod : images(namespace, image)) {
            if (reason(pod, "Ready", "True").isEmpty()
                && !text(pod, "status", "phase").equals("Running")) {
              cluster.run(pod, "Running", true, 0);
            }
          }
          return cluster.pods(namespace);
        },
        pods -> pods.size() == count && images(namespace, image).size() == count);
  }
}
