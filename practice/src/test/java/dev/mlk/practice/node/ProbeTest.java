package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
final class ProbeTest {
  @TempDir Path folder;

  static boolean ready(JsonNode pod) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  @Test
  void readiness_follows_its_probe() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "gate",
          """
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            volumeMounts: [{name: host, mountPath: /gate}]
            readinessProbe: {exec: {command: [sh, -c, 'echo closed; test -f /gate/open']}, periodSeconds: 1, failureThreshold: 1}
          volumes: [{name: host, hostPath: {path: /gate}}]
          """);
      ObjectNode pod = cluster.awaitPhase("gate", "Running");
      assertThat(ready(pod)).isFalse();
      Await.until(
          "the failure is told",
          () -> cluster.events("gate").contains("Unhealthy: Readiness probe failed: closed\n"));
      Path open = cluster.folder().resolve("nodes/node-1/host/gate/open");
      Files.createFile(open);
      cluster.await("gate", "ready", ProbeTest::ready);
      Files.delete(open);
      cluster.await("gate", "not ready", each -> !ready(each));
    }
  }

  @Test
  void a_container_whose_liveness_probe_fails_is_restarted() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "dead",
          """
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            livenessProbe: {exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 1}
          """);
      cluster.await(
          "dead", "restarted", pod -> TestCluster.container(pod).path("restartCount").asInt() > 0);
      Await.until(
          "the reason is told",
          () ->
              cluster
                  .events("dead")
                  .contains("Killing: Container main failed liveness probe, will be restarted"));
    }
  }

  @Test
  void a_web_server_is_probed_and_reached_through_its_service() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "web",
          """
          containers:
          - name: main
            image: nginx
            ports: [{name: http, containerPort: 80}]
            startupProbe: {tcpSocket: {port: http}, periodSeconds: 1, failureThreshold: 60}
            readinessProbe: {httpGet: {port: http, path: /}, periodSeconds: 1}
          """);
      ObjectNode pod = cluster.await("web", "ready", ProbeTest::ready);
      cluster
          .api()
          .create(
              dev.mlk.kube.Resources.SERVICES,
              "default",
              TestCluster.yaml(
                  "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 127.96.8.8, ports: [{port: 8080, targetPort: 80}]}}"));
      String address = pod.path("status").path("podIP").asString("");
      cluster
          .api()
          .create(
              dev.mlk.kube.Resources.ENDPOINT_SLICES,
              "default",
              TestCluster.yaml(
                  """
                  {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
                   metadata: {name: web-1, labels: {kubernetes.io/service-name: web}},
                   endpoints: [{addresses: ['%s'], conditions: {ready: true}}],
                   ports: [{name: '', port: 80}]}"""
                      .formatted(address)));
      cluster.awaitProxy("127.96.8.8", 8080);
      cluster.pod(
          "client",
          """
          restartPolicy: OnFailure
          containers:
          - name: main
            image: busybox
            command: [bash, -c, 'exec 3<>/dev/tcp/$HOST/$PORT; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3']
            env: [{name: HOST, value: 127.96.8.8}, {name: PORT, value: '8080'}]
          """);
      cluster.awaitPhase("client", "Succeeded");
      assertThat(cluster.log("client")).contains("200 OK").contains("Welcome to nginx!");
      try (var socket = cluster.agent().streams().connect(cluster.target("web", "main"), 80)) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(
                new String(
                    socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8))
            .contains("Welcome");
      }
    }
  }

  @Test
  void a_server_is_asked_for_its_health_by_grpc() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus("ready", HealthCheckResponse.ServingStatus.NOT_SERVING);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(health.getHealthService())
            .build()
            .start();
    Server without =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build()
            .start();
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          hostNetwork: true
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            readinessProbe: {grpc: {port: %d%s}, periodSeconds: 1, failureThreshold: 1, timeoutSeconds: 5}
          """;
      cluster.pod("well", spec.formatted(server.getPort(), ""));
      cluster.pod("ill", spec.formatted(server.getPort(), ", service: ready"));
      cluster.pod("unknown", spec.formatted(server.getPort(), ", service: other"));
      cluster.pod("without", spec.formatted(without.getPort(), ""));
      cluster.await("well", "ready", ProbeTest::ready);
      awaitEvent(
          cluster,
          "ill",
          "Unhealthy: Readiness probe failed: service unhealthy (responded with \"NOT_SERVING\")");
      awaitEvent(
          cluster,
          "unknown",
          "Unhealthy: Readiness probe failed: error: health rpc probe failed: rpc error: code ="
              + " NotFound desc = unknown service other");
      awaitEvent(
          cluster,
          "without",
          "Unhealthy: Readiness probe failed: error: this server does not implement the grpc health"
              + " protocol (grpc.health.v1.Health): Method not found: grpc.health.v1.Health/Check");
      health.setStatus("ready", HealthCheckResponse.ServingStatus.SERVING);
      cluster.await("ill", "ready", ProbeTest::ready);
    } finally {
      server.shutdownNow().awaitTermination();
      without.shutdownNow().awaitTermination();
    }
  }

  private static void awaitEvent(TestCluster cluster, String pod, String event) {
    try {
      Await.until("the event is there", () -> cluster.events(pod).contains(event));
    } catch (AssertionError e) {
      throw new AssertionError(String.join("\n", cluster.events(pod)), e);
    }
  }

  @Test
  void failures_are_told_in_the_words_of_the_kubelet() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            ports: [{name: http, containerPort: 8080}]
            readinessProbe: {%s, periodSeconds: 1}
          """;
      cluster.pod("http", spec.formatted("httpGet: {port: http, path: /healthz}"));
      cluster.pod("tcp", spec.formatted("tcpSocket: {port: 8080}"));
      cluster.pod("slow", spec.formatted("exec: {command: [sleep, '60']}, timeoutSeconds: 1"));
      cluster.pod("absent", spec.formatted("exec: {command: [no-such]}"));
      String address =
          cluster.awaitPhase("http", "Running").path("status").path("podIP").asString("");
      awaitEvent(
          cluster,
          "http",
          "Unhealthy: Readiness probe failed: Get \"http://"
              + address
              + ":8080/healthz\": dial tcp "
              + address
              + ":8080: connect: connection refused");
      address = cluster.awaitPhase("tcp", "Running").path("status").path("podIP").asString("");
      awaitEvent(
          cluster,
          "tcp",
          "Unhealthy: Readiness probe failed: dial tcp "
              + address
              + ":8080: connect: connection refused");
      awaitEvent(
          cluster,
          "slow",
          "Unhealthy: Readiness probe failed: command timed out: \"sleep 60\" timed out after 1s");
      Await.until(
          "the missing program is told",
          () ->
              cluster.events("absent").stream()
                  .anyMatch(
                      event ->
                          event.startsWith(
                                  "Unhealthy: Readiness probe errored and resulted in unknown state:")
                              && event.contains(
                                  "exec: \"no-such\": executable file not found in $PATH")));
    }
  }

  @Test
  void web_servers_answer_with_codes_redirects_and_any_certificate() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(server, "/fine", 204, "");
    answer(server, "/broken", 503, "");
    answer(server, "/moved", 302, "/fine");
    answer(server, "/away", 302, "http://elsewhere.invalid/");
    server.createContext(
        "/header",
        exchange -> {
          boolean told = "yes".equals(exchange.getRequestHeaders().getFirst("X-Probe"));
          exchange.sendResponseHeaders(told ? 200 : 400, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          hostNetwork: true
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            readinessProbe: {httpGet: {port: %d, path: %s}, periodSeconds: 1}
          """;
      cluster.pod("fine", spec.formatted(port, "/moved"));
      cluster.pod("broken", spec.formatted(port, "/broken"));
      cluster.pod("away", spec.formatted(port, "/away"));
      cluster.pod(
          "header", spec.formatted(port, "/header, httpHeaders: [{name: X-Probe, value: 'yes'}]"));
      cluster.await("fine", "ready", ProbeTest::ready);
      cluster.await("header", "ready", ProbeTest::ready);
      ObjectNode away = cluster.await("away", "ready", ProbeTest::ready);
      assertThat(away.path("status").path("podIP").asString("")).isEqualTo("127.0.0.1");
      awaitEvent(
          cluster,
          "away",
          "ProbeWarning: Readiness probe warning: Probe terminated redirects, Response body: ");
      awaitEvent(
          cluster,
          "broken",
          "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503");
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpServer server, String path, int code, String location) {
    server.createContext(
        path,
        exchange -> {
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("Location", location);
          }
          exchange.sendResponseHeaders(code, -1);
          exchange.close();
        });
  }

  @Test
  void a_failed_probe_ends_a_container_for_good_if_it_is_never_restarted() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "never",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            livenessProbe: {exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 1}
          """);
      cluster.pod(
          "startup",
          """
          terminationGracePeriodSeconds: 600
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'trap "" TERM; while :; do sleep 0.05; done']
            startupProbe: {exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 1}
          """);
      ObjectNode pod = cluster.awaitPhase("never", "Failed");
      assertThat(TestCluster.state(pod).path("terminated").path("exitCode").asInt()).isEqualTo(143);
      awaitEvent(cluster, "never", "Killing: Container main failed liveness probe");
      awaitEvent(
          cluster, "startup", "Killing: Container main failed startup probe, will be restarted");
      pod =
          cluster.await(
              "startup",
              "killed after the probe's own grace",
              each -> TestCluster.container(each).path("restartCount").asInt() > 0);
      assertThat(
              TestCluster.container(pod)
                  .path("lastState")
                  .path("terminated")
                  .path("exitCode")
                  .asInt())
          .isEqualTo(137);
    }
  }
}
