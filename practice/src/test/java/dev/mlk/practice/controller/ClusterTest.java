package dev.mlk.practice.controller;

import static dev.mlk.practice.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resource;
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
class ClusterTest {
  private static final Resource BUDGETS =
      Resource.namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
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
  void aNamespaceHasItsServiceAccountAndTheAuthorityAndGetsThemBack() {
    cluster.namespace("fresh");
    ObjectNode authority =
        cluster.await(Resources.CONFIG_MAPS, "fresh", "kube-root-ca.crt", _ -> true);
    assertThat(text(authority, "data", "ca.crt")).startsWith("-----BEGIN CERTIFICATE-----");
    String uid = text(authority, "metadata", "uid");
    cluster.delete(Resources.CONFIG_MAPS, "fresh", "kube-root-ca.crt", "Background");
    cluster.delete(Resources.SERVICE_ACCOUNTS, "fresh", "default", "Background");
    cluster.await(
        Resources.CONFIG_MAPS,
        "fresh",
        "kube-root-ca.crt",
        map -> !text(map, "metadata", "uid").equals(uid));
    cluster.await(Resources.SERVICE_ACCOUNTS, "fresh", "default", _ -> true);
  }

  @Test
  void aDeletedNamespaceGoesOnceAllThatIsInItIsGone() {
    cluster.namespace("leaving");
    configMap("leaving", "plain", "");
    configMap("leaving", "held", ", finalizers: ['test.example/hold']");
    cluster.delete(Resources.NAMESPACES, "", "leaving", "Background");
    cluster.awaitGone(Resources.CONFIG_MAPS, "leaving", "plain");
    cluster.await(
        Resources.NAMESPACES,
        "",
        "leaving",
        now ->
            TestCluster.reason(now, "NamespaceContentRemaining", "True")
                .equals("SomeResourcesRemain"));
    cluster.patch(Resources.CONFIG_MAPS, "leaving", "held", "{metadata: {finalizers: null}}");
    cluster.awaitGone(Resources.NAMESPACES, "", "leaving");
  }

  @Test
  void whatADeletedOwnerOwnedGoesWithItDownToTheLast() {
    cluster.namespace("family");
    ObjectNode grandmother = configMap("family", "grandmother", "");
    ObjectNode mother = configMap("family", "mother", ownedBy(grandmother));
    configMap("family", "child", ownedBy(mother));
    configMap("family", "stranger", "");
    cluster.delete(Resources.CONFIG_MAPS, "family", "grandmother", "Background");
    cluster.awaitGone(Resources.CONFIG_MAPS, "family", "child");
    cluster.awaitGone(Resources.CONFIG_MAPS, "family", "mother");
    assertThat(cluster.client().find(Resources.CONFIG_MAPS, "family", "stranger")).isPresent();
  }

  @Test
  void foregroundDeletionWaitsForDependentsThatBlock() {
    cluster.namespace("fore");
    ObjectNode owner = configMap("fore", "owner", "");
    configMap("fore", "child", ownedBy(owner) + ", finalizers: ['test.example/hold']");
    cluster.delete(Resources.CONFIG_MAPS, "fore", "owner", "Foreground");
    cluster.await(
        Resources.CONFIG_MAPS,
        "fore",
        "child",
        map -> map.path("metadata").has("deletionTimestamp"));
    assertThat(cluster.client().find(Resources.CONFIG_MAPS, "fore", "owner")).isPresent();
    cluster.patch(Resources.CONFIG_MAPS, "fore", "child", "{metadata: {finalizers: null}}");
    cluster.awaitGone(Resources.CONFIG_MAPS, "fore", "owner");
  }

  @Test
  void orphanedDependentsStayWithoutTheirOwner() {
    cluster.namespace("orphans");
    ObjectNode owner = configMap("orphans", "owner", "");
    configMap("orphans", "child", ownedBy(owner));
    cluster.delete(Resources.CONFIG_MAPS, "orphans", "owner", "Orphan");
    cluster.awaitGone(Resources.CONFIG_MAPS, "orphans", "owner");
    cluster.await(
        Resources.CONFIG_MAPS,
        "orphans",
        "child",
        map -> !map.path("metadata").has("ownerReferences"));
  }

  @Test
  void anObjectWithOneLivingOwnerStaysAndLosesTheDeadReference() {
    cluster.namespace("two");
    ObjectNode dead = configMap("two", "dead", "");
    ObjectNode alive = configMap("two", "alive", "");
    configMap(
        "two", "child", ", ownerReferences: [" + reference(dead) + ", " + reference(alive) + "]");
    cluster.delete(Resources.CONFIG_MAPS, "two", "dead", "Background");
    cluster.await(
        Resources.CONFIG_MAPS,
        "two",
        "child",
        map -> map.path("metadata").path("ownerReferences").size() == 1);
  }

  @Test
  void endpointsFollowThePodsOfAService() {
    cluster.namespace("net");
    cluster.node("net-1", "", "");
    cluster.create(
        Resources.SERVICES,
        "net",
        "{metadata: {name: 'web'}, spec: {clusterIP: 'None', selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 'web'}]}}");
    ObjectNode pod =
        cluster.create(
            Resources.PODS,
            "net",
            "{metadata: {name: 'web-0', labels: {app: 'web'}}, spec: {nodeName: 'net-1', hostname: 'web-0', subdomain: 'web',"
                + " containers: [{name: 'main', image: 'x', ports: [{name: 'web', containerPort: 8080}]}]}}");
    cluster.run(pod, "Running", true, 0);
    ObjectNode endpoints =
        cluster.await(
            Resources.ENDPOINTS,
            "net",
            "web",
            now -> now.path("subsets").path(0).path("addresses").size() == 1);
    assertThat(endpoints.path("subsets").path(0).path("ports").path(0).path("port").asInt(0))
        .isEqualTo(8080);
    List<ObjectNode> slices = cluster.list(Resources.ENDPOINT_SLICES, "net");
    assertThat(slices).hasSize(1);
    assertThat(text(slices.getFirst().path("endpoints").path(0), "hostname")).isEqualTo("web-0");
    cluster.run(pod, "Running", false, 0);
    cluster.await(
        Resources.ENDPOINTS,
        "net",
        "web",
        now -> now.path("subsets").path(0).path("notReadyAddresses").size() == 1);
    cluster.delete(Resources.PODS, "net", "web-0", "Background");
    cluster.await(Resources.ENDPOINTS, "net", "web", now -> now.path("subsets").isEmpty());
    cluster.delete(Resources.SERVICES, "net", "web", "Background");
    cluster.awaitGone(Resources.ENDPOINTS, "net", "web");
    TestCluster.await(() -> cluster.list(Resources.ENDPOINT_SLICES, "net"), List::isEmpty);
  }

  @Test
  void aQuotaShowsWhatIsUsed() {
    cluster.namespace("quota");
    cluster.create(
        Resources.RESOURCE_QUOTAS,
        "quota",
        "{metadata: {name: 'q'}, spec: {hard: {pods: '5', 'requests.cpu': '4', 'requests.nvidia.com/gpu': '2', 'count/configmaps': '9'}}}");
    ObjectNode pod =
        cluster.create(
            Resources.PODS,
            "quota",
            "{metadata: {name: 'a'}, spec: {schedulerName: 'none', containers: [{name: 'main', image: 'x', resources:"
                + " {requests: {cpu: '1500m'}, limits: {'nvidia.com/gpu': '1', cpu: '2'}}}]}}");
    ObjectNode quota =
        cluster.await(
            Resources.RESOURCE_QUOTAS,
            "quota",
            "q",
            now ->
                text(now, "status", "used", "requests.cpu").equals("1500m")
                    && text(now, "status", "used", "count/configmaps").equals("1"));
    assertThat(text(quota, "status", "used", "requests.nvidia.com/gpu")).isEqualTo("1");
    assertThat(text(quota, "status", "used", "pods")).isEqualTo("1");
    cluster.run(pod, "Succeeded", false, 0);
    cluster.await(
        Resources.RESOURCE_QUOTAS,
        "quota",
        "q",
        now -> text(now, "status", "used", "pods").equals("0"));
  }

  @Test
  void aBudgetCountsHealthyPods() {
    cluster.namespace("budget");
    cluster.create(
        BUDGETS,
        "budget",
        "{metadata: {name: 'b'}, spec: {minAvailable: 1, selector: {matchLabels: {app: 'a'}}}}");
    for (String name : List.of("one", "two")) {
      ObjectNode pod =
          cluster.create(
              Resources.PODS,
              "budget",
              "{metadata: {name: '"
                  + name
                  + "', labels: {app: 'a'}}, spec: {schedulerName: 'none', containers: [{name: 'main', image: 'x'}]}}");
      cluster.run(pod, "Running", true, 0);
    }
    ObjectNode budget =
        cluster.await(
            BUDGETS, "budget", "b", now -> now.path("status").path("currentHealthy").asInt(0) == 2);
    assertThat(budget.path("status").path("disruptionsAllowed").asInt(0)).isEqualTo(1);
  }

  private static ObjectNode configMap(String namespace, String name, String more) {
    return cluster.create(
        Resources.CONFIG_MAPS, namespace, "{metadata: {name: '" + name + "'" + more + "}}");
  }

  private static String ownedBy(ObjectNode owner) {
    return ", ownerReferences: [" + reference(owner) + "]";
  }

  private static String reference(ObjectNode owner) {
    return "{apiVersion: 'v1', kind: 'ConfigMap', name: '"
        + text(owner, "metadata", "name")
        + "', uid: '"
        + text(owner, "metadata", "uid")
        + "', blockOwnerDeletion: true}";
  }
}
