package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static boolean ready(JsonNode pod) {
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
}
