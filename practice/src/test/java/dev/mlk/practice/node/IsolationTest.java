package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.kube.Resources;
import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.node.network.PrivateNetwork;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Programs that listen on every address, as TensorFlow's servers do, in a network of their own. */
final class IsolationTest {
  private static final String CATALOG =
      """
      images:
      - names: [open-web]
        network: private
        entrypoint: [web]
        programs:
          web: ["${java}", "-XX:TieredStopAtLevel=1", "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "${port:80}", "-d", "${root}"]
        files: {hello.txt: hello from inside}
        host: true
      - names: [web]
        entrypoint: [web]
        programs:
          web: ["${java}", "-XX:TieredStopAtLevel=1", "-m", "jdk.httpserver", "-b", "127.0.0.1", "-p", "${port:80}", "-d", "${root}"]
        files: {hello.txt: hello from outside}
      """;
  private static final String GET =
      "exec 3<>/dev/tcp/$0/$1; printf \"GET /hello.txt HTTP/1.0\\r\\n\\r\\n\" >&3; cat <&3";

  @TempDir Path folder;

  private TestCluster start() throws Exception {
    // Only Linux has them, and a container or a hardened system may forbid them.
    assumeTrue(PrivateNetwork.possible(), "SKIPPED: no network namespace can be made here");
    Path catalog = folder.resolve("catalog.yaml");
    Files.writeString(catalog, CATALOG);
    return TestCluster.start(folder, Ticker.of(InstantSource.system()), catalog);
  }

  private static String exec(TestCluster cluster, String pod, String... command) throws Exception {
    try (RunningCommand running =
        cluster.agent().streams().exec(cluster.target(pod, "main"), List.of(command), false)) {
      running.stdin().close();
      String text = new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8);
      running.waitFor();
      return text;
    }
  }

  private static String get(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /hello.txt HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String pod(String image) {
    return """
        containers:
        - name: main
          image: %s
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {port: 80, path: /hello.txt}, periodSeconds: 1}
        """
        .formatted(image);
  }

  @Test
  void its_ports_are_reached_from_this_machine_only_and_it_reaches_the_cluster() throws Exception {
    try (TestCluster cluster = start()) {
      cluster.pod("inside", pod("open-web"));
      cluster.pod("outside", pod("web"));
      cluster.await("inside", "ready", ProbeTest::ready);
      ObjectNode outside = cluster.await("outside", "ready", ProbeTest::ready);
      int port = Integer.parseInt(exec(cluster, "inside", "sh", "-c", "echo $MLK_PORT_80").strip());
      assertThat(get("127.0.0.1", port)).endsWith("hello from inside");
      // Whoever listens on every address would be found here as well.
      assertThatThrownBy(() -> get("127.0.0.2", port)).isInstanceOf(ConnectException.class);
      assertThat(exec(cluster, "inside", "bash", "-c", GET, "127.0.0.2", "" + port))
          .endsWith("hello from inside");
      try (Socket forwarded =
          cluster.agent().streams().connect(cluster.target("inside", "main"), 80)) {
        assertThat(answer(forwarded)).endsWith("hello from inside");
      }
      assertThatThrownBy(
              () -> cluster.agent().streams().connect(cluster.target("inside", "main"), 81))
          .isInstanceOf(ConnectException.class);
      service(cluster, outside.path("status").path("podIP").asString(""));
      cluster.awaitProxy("127.96.9.9", 8080);
      Await.until(
          "the Service is seen inside",
          () ->
              exec(cluster, "inside", "bash", "-c", GET, "127.96.9.9", "8080")
                  .endsWith("hello from outside"));
    }
  }

  /** Two processes bear the network's folder in their names: a shell that holds it, and Java. */
  private ProcessHandle gateway() {
    return ProcessHandle.allProcesses()
        .filter(
            each ->
                each.info()
                    .arguments()
                    .filter(
                        words ->
                            List.of(words).toString().contains(folder + "/cluster/network")
                                && List.of(words).contains("-cp")
                                && !List.of(words).contains("-c"))
                    .isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("slow")
  void pods_that_start_after_the_gateway_was_killed_reach_the_earlier_ones() throws Exception {
    try (TestCluster cluster = start()) {
      cluster.pod("before", pod("open-web"));
      cluster.await("before", "ready", ProbeTest::ready);
      String port = exec(cluster, "before", "sh", "-c", "echo $MLK_PORT_80").strip();
      cluster.pod("outside", pod("web"));
      ObjectNode outside = cluster.await("outside", "ready", ProbeTest::ready);
      service(cluster, outside.path("status").path("podIP").asString(""));
      cluster.awaitProxy("127.96.9.9", 8080);
      ProcessHandle gateway = gateway();
      gateway.destroyForcibly();
      gateway.onExit().get();
      cluster.pod("after", pod("open-web"));
      cluster.await("after", "ready", ProbeTest::ready);
      // Only who is in the same network finds it on this address.
      assertThat(exec(cluster, "after", "bash", "-c", GET, "127.0.0.2", port))
          .endsWith("hello from inside");
      Await.until(
          "the Service is seen inside again",
          () ->
              exec(cluster, "before", "bash", "-c", GET, "127.96.9.9", "8080")
                  .endsWith("hello from outside"));
      assertThat(gateway().pid()).isNotEqualTo(gateway.pid());
    }
  }

  private static void service(TestCluster cluster, String address) {
    cluster
        .api()
        .create(
            Resources.SERVICES,
            "default",
            TestCluster.yaml(
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 127.96.9.9, ports: [{port: 8080, targetPort: 80}]}}"));
    cluster
        .api()
        .create(
            Resources.ENDPOINT_SLICES,
            "default",
            TestCluster.yaml(
                """
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
                 metadata: {name: web-1, labels: {kubernetes.io/service-name: web}},
                 endpoints: [{addresses: ['%s'], conditions: {ready: true}}],
                 ports: [{name: '', port: 80}]}"""
                    .formatted(address)));
  }

  @Test
  void without_namespaces_pods_run_in_the_machine_s_network() throws Exception {
    try (PrivateNetwork none =
        new PrivateNetwork(
            folder,
            _ -> {
              throw new IOException("not allowed here");
            },
            java.util.concurrent.ForkJoinPool.commonPool())) {
      assertThat(none.entrance()).isEmpty();
    }
  }
}
