package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.kubelet.ContainerUsage;
import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.kubelet.NodeUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.k8s.io} over an agent whose measurements are known. */
final class MetricsTest {
  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1/";
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:10.5Z");
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private static PracticeCluster cluster;
  private static ApiClient owner;

  /** An agent with two nodes, of which the API knows one. */
  private static final class Agent extends UnreachablePods {
    @Override
    public NodeUsage usage() {
      return new NodeUsage(
          List.of("here", "unknown"),
          TIME,
          List.of(
              use("default", "two", "a", new Measured(1_500_000, 5000, TIME, ms(14_025), false)),
              use("default", "two", "b", new Measured(250_000_000, 4096, TIME, ms(3000), true)),
              use("other", "one", "a", new Measured(0, 0, TIME, ms(2000), false)),
              use("other", "gone", "a", new Measured(1, 1, TIME, ms(2000), false))));
    }

    private static Duration ms(long milliseconds) {
      return Duration.ofMillis(milliseconds);
    }

    private static ContainerUsage use(String namespace, String pod, String name, Measured use) {
      return new ContainerUsage("here", namespace, pod, name, use);
    }
  }

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    cluster.podStreams(new Agent());
    owner = new ApiClient(cluster.transport(), "test");
    owner.create(Resources.NAMESPACES, "", TestCluster.json("{metadata: {name: 'other'}}"));
    TestCluster.await(
        () -> owner.find(Resources.SERVICE_ACCOUNTS, "other", "default"),
        java.util.Optional::isPresent);
    owner.create(
        Resources.NODES, "", TestCluster.json("{metadata: {name: 'here', labels: {zone: 'x'}}}"));
    owner.create(Resources.NODES, "", TestCluster.json("{metadata: {name: 'foreign'}}"));
    pod("default", "two", "{app: 'w'}");
    pod("default", "unmeasured", "{app: 'w'}");
    pod("other", "one", "{app: 'v'}");
  }

  private static void pod(String namespace, String name, String labels) {
    owner.create(
        Resources.PODS,
        namespace,
        TestCluster.json(
            "{metadata: {name: '"
                + name
                + "', labels: "
                + labels
                + "}, spec: {nodeName: 'here', containers: [{name: 'a', image: 'i'}]}}"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aPodHasTheUseOfItsContainersAndItsLabels() {
    ObjectNode pod = (ObjectNode) get("namespaces/default/pods/two");
    assertThat(((ObjectNode) pod.path("metadata")).remove("creationTimestamp").asString())
        .endsWith("Z");
    assertThat(pod)
        .isEqualTo(
            TestCluster.json(
                """
                {kind: 'PodMetrics', apiVersion: 'metrics.k8s.io/v1beta1',
                 metadata: {name: 'two', namespace: 'default', labels: {app: 'w'},
                            annotations: {'mlk.dev/simulated-usage': 'b'}},
                 timestamp: '2026-01-01T00:00:10Z', window: '14.025s',
                 containers: [{name: 'a', usage: {cpu: '1500u', memory: '5Ki'}},
                              {name: 'b', usage: {cpu: '250m', memory: '4Ki'}}]}
                """));
  }

  @Test
  void aNodeHasTheUseOfAllItsContainers() {
    JsonNode node = get("nodes/here");
    assertThat(node.path("kind").asString()).isEqualTo("NodeMetrics");
    assertThat(node.path("usage"))
        .isEqualTo(TestCluster.json("{cpu: '251500001n', memory: '9Ki'}"));
    assertThat(node.path("window").asString()).isEqualTo("14.025s");
    assertThat(node.path("metadata").path("labels").path("zone").asString()).isEqualTo("x");
  }

  @Test
  void listsLeaveOutWhatIsGoneAndGoByNamespaceAndSelectors() {
    assertThat(names("nodes")).containsExactly("here");
    assertThat(names("nodes?labelSelector=zone%3Dy")).isEmpty();
    assertThat(names("pods")).containsExactly("two", "one");
    assertThat(names("pods?labelSelector=app%3Dv")).containsExactly("one");
    assertThat(names("pods?fieldSelector=metadata.name%3Dtwo")).containsExactly("two");
    assertThat(names("namespaces/other/pods")).containsExactly("one");
    assertThat(names("namespaces/nowhere/pods")).isEmpty();
    JsonNode list = get("pods");
    assertThat(list.path("kind").asString()).isEqualTo("PodMetricsList");
    assertThat(list.path("items").path(0).has("kind")).isFalse();
  }

  @Test
  void whatIsNotMeasuredIsNotFoundInTheWordsOfMetricsServer() {
    refused("namespaces/default/pods/nobody", "pods \"nobody\" not found");
    refused(
        "namespaces/default/pods/unmeasured",
        "podmetrics.metrics.k8s.io \"default/unmeasured\" not found");
    refused("nodes/nowhere", "nodes \"nowhere\" not found");
    refused("nodes/foreign", "nodemetrics.metrics.k8s.io \"foreign\" not found");
    assertThatThrownBy(() -> owner.call(Request.of("DELETE", METRICS + "nodes/here")))
        .hasMessageContaining("the server does not allow this method");
  }

  @Test
  void tablesSumUpContainers() {
    JsonNode table =
        owner.call(Request.of("GET", METRICS + "namespaces/default/pods").header("Accept", TABLE));
    assertThat(columns(table)).containsExactly("Name", "cpu", "memory", "Window");
    assertThat(table.path("rows").path(0).path("cells"))
        .isEqualTo(TestCluster.tree("['two', '251500u', '9Ki', '14.025s']"));
    JsonNode one = owner.call(Request.of("GET", METRICS + "nodes/here").header("Accept", TABLE));
    assertThat(one.path("rows").path(0).path("cells").path(0).asString()).isEqualTo("here");
  }

  @Test
  void discoveryAndApiServicesNameTheGroup() {
    JsonNode resources = owner.call(Request.of("GET", "/apis/metrics.k8s.io/v1beta1"));
    assertThat(resources.path("resources").valueStream())
        .extracting(each -> each.path("name").asString() + each.path("verbs"))
        .containsExactly("nodes[\"get\",\"list\"]", "pods[\"get\",\"list\"]");
    String services = "/apis/apiregistration.k8s.io/v1/apiservices";
    JsonNode own = owner.call(Request.of("GET", services + "/v1beta1.metrics.k8s.io"));
    assertThat(TestCluster.reason(own, "Available", "True")).isEqualTo("Local");
    JsonNode table = owner.call(Request.of("GET", services).header("Accept", TABLE));
    assertThat(columns(table)).containsExactly("Name", "Service", "Available", "Age");
    assertThat(table.path("rows").valueStream())
        .extracting(row -> row.path("cells").path(0).asString())
        .contains("v1.", "v1.apps", "v1beta1.metrics.k8s.io");
  }

  private static List<String> columns(JsonNode table) {
    return table
        .path("columnDefinitions")
        .valueStream()
        .map(column -> column.path("name").asString())
        .toList();
  }

  private static JsonNode get(String path) {
    int query = path.indexOf('?');
    Request request = Request.of("GET", METRICS + (query < 0 ? path : path.substring(0, query)));
    if (query > 0) {
      String[] parameter = path.substring(query + 1).split("=", 2);
      request = request.query(parameter[0], parameter[1].replace("%3D", "="));
    }
    return owner.call(request);
  }

  private static List<String> names(String path) {
    return get(path)
        .path("items")
        .valueStream()
        .map(item -> item.path("metadata").path("name").asString())
        .toList();
  }

  private static void refused(String path, String message) {
    assertThatThrownBy(() -> get(path)).hasMessageContaining(message);
  }
}
