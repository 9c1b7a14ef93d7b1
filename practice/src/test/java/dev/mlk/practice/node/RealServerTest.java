package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.testing.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How a real API server reaches pods and their metrics, which only the agent can. */
@Tag("target")
final class RealServerTest {
  @TempDir Path folder;

  @BeforeEach
  void needsOne() {
    Target.not(Target.BUILT_IN, "ProxyTest, MetricsTest are about it");
  }

  private static String get(TestCluster cluster, String path) {
    try (Reply reply = cluster.api().open(Request.of("GET", path))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | ApiException e) {
      return e.getMessage();
    }
  }

  @Test
  void its_proxies_lead_to_pods_and_services() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "web",
          java.util.Map.of("app", "web"),
          """
          containers:
          - name: main
            image: nginx
            ports: [{containerPort: 80}]
            readinessProbe: {httpGet: {port: 80}, periodSeconds: 1}
          """);
      cluster.await("web", "ready", ProbeTest::ready);
      String in = "/api/v1/namespaces/default/";
      assertThat(get(cluster, in + "pods/web/proxy/index.html")).contains("Welcome to nginx!");
      assertThat(get(cluster, in + "pods/http:web:80/proxy/absent")).contains("File not found");
      assertThat(get(cluster, in + "pods/web:81/proxy/")).contains("502 Bad Gateway");

      cluster
          .api()
          .create(
              Resources.SERVICES,
              "default",
              TestCluster.yaml(
                  "{apiVersion: v1, kind: Service, metadata: {name: page}, spec: {selector: {app:"
                      + " web}, ports: [{port: 8000, targetPort: 80}]}}"));
      Await.until(
          "the Service leads there",
          () ->
              get(cluster, in + "services/page:8000/proxy/index.html")
                  .contains("Welcome to nginx!"));
    }
  }

  @Test
  void it_aggregates_what_the_agent_measures() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "says",
          "{containers: [{name: main, image: mlk/simulated, args: ['--cpu=250m',"
              + " '--memory=64Mi']}]}");
      String metrics = "/apis/metrics.k8s.io/v1beta1/";
      Await.until(
          "its use is known",
          () ->
              get(cluster, metrics + "namespaces/default/pods/says").contains("\"cpu\":\"250m\""));
      Await.until(
          "the nodes are known",
          () -> get(cluster, metrics + "nodes").contains("\"name\":\"node-1\""));
      assertThat(get(cluster, metrics + "namespaces/default/pods/absent")).contains("not found");
      assertThat(get(cluster, "/apis")).contains("metrics.k8s.io");
      JsonNode service =
          cluster
              .api()
              .call(
                  Request.of(
                      "GET", "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io"));
      assertThat(service.path("status").path("conditions").path(0).path("status").asString(""))
          .isEqualTo("True");
    }
  }
}
