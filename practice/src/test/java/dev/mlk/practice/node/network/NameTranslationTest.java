package dev.mlk.practice.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NameTranslationTest {
  private final PodNetwork network = network(127);
  private final Map<String, ServiceView.Meaning> services =
      Map.of(
          "default/web", new ServiceView.Meaning.At("127.96.0.9", 8080),
          "default/mnist-ps-0", new ServiceView.Meaning.Headless(),
          "default/peers", new ServiceView.Meaning.Headless(),
          "other/api", new ServiceView.Meaning.At("127.96.0.7", 80));
  private final NameTranslation translation =
      new NameTranslation(
          network,
          new ServiceView() {
            @Override
            public Meaning meaning(String namespace, String name, Optional<Integer> port) {
              return services.getOrDefault(namespace + "/" + name, new Meaning.Unknown());
            }

            @Override
            public boolean namespace(String name) {
              return Set.of("default", "other").contains(name);
            }
          });

  private String translate(String text) {
    return translation.translate(
        text, new NameTranslation.Reader("me", "default", Set.of("mnist-worker-0")));
  }

  private String local(String namespace, String name, int port) {
    return "127.0.0.1:" + network.named(new PodNetwork.Name(namespace, name, port), "me");
  }

  private static PodNetwork network(int first) {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    PrivateNetwork none =
        new PrivateNetwork(
            Path.of("unused"),
            _ -> {
              throw new IOException("no process is started here");
            },
            pool);
    return new PodNetwork(RandomGenerator.getDefault(), first, none, pool);
  }

  @Test
  void a_tensorflow_cluster_is_translated_though_peers_do_not_exist_yet() {
    assertThat(
            translate(
                """
                {"cluster":{"ps":["mnist-ps-0.default.svc:2222"],"worker":["mnist-worker-0.default.svc:2222","mnist-worker-1.default.svc.cluster.local:2222"]},"task":{"type":"worker","index":0}}\
                """))
        .isEqualTo(
            "{\"cluster\":{\"ps\":[\""
                + local("default", "mnist-ps-0", 2222)
                + "\"],\"worker\":[\""
                + local("default", "mnist-worker-0", 2222)
                + "\",\""
                + local("default", "mnist-worker-1", 2222)
                + "\"]},\"task\":{\"type\":\"worker\",\"index\":0}}");
  }

  @Test
  void short_names_of_peers_count_beside_a_name_that_is_known() {
    assertThat(translate("{'ps': ['mnist-ps-0:2222'], 'worker': ['new-worker-0:2222',]}"))
        .isEqualTo(
            "{'ps': ['"
                + local("default", "mnist-ps-0", 2222)
                + "'], 'worker': ['"
                + local("default", "new-worker-0", 2222)
                + "',]}");
    assertThat(translate("mnist-worker-0:2222,other-0:2222"))
        .isEqualTo(
            local("default", "mnist-worker-0", 2222) + "," + local("default", "other-0", 2222));
  }

  @Test
  void services_with_an_address_get_it() {
    assertThat(translate("curl http://web/ && nc web.default 8080; web:8080"))
        .isEqualTo("curl http://127.96.0.9:8080/ && nc web.default 8080; 127.96.0.9:8080");
    assertThat(translate("http://api.other.svc.cluster.local/v1"))
        .isEqualTo("http://127.96.0.7:80/v1");
    assertThat(translate("grpc://api.other:80")).isEqualTo("grpc://127.96.0.7:80");
  }

  @Test
  void a_pod_behind_a_headless_service_is_named_with_it() {
    assertThat(translate("worker-0.peers:99")).isEqualTo(local("default", "worker-0.peers", 99));
    assertThat(translate("worker-0.peers.default.svc:99"))
        .isEqualTo(local("default", "worker-0.peers", 99));
  }

  @Test
  void everything_else_stays() {
    for (String text :
        List.of(
            "localhost:8080",
            "127.0.0.1:80",
            "step:100",
            "https://example.com/a:b",
            "web",
            "web.default.svc",
            "mlk/mnist:0.1",
            "12:30:45",
            "/data/web:ro",
            "my-web:80",
            "web:99999",
            "a:b:c",
            "$web:8080")) {
      assertThat(translate(text)).isEqualTo(text);
    }
  }

  @Test
  void a_pod_behind_a_name_has_the_name_s_port() throws Exception {
    int port = network.named(new PodNetwork.Name("default", "mnist-ps-0", 2222), "peer");
    String address =
        network.add("uid", 0, "default", List.of("mnist-ps-0", "pod-a"), Optional.empty());
    assertThat(address).startsWith("127.64.");
    assertThat(network.port("uid", 2222)).isEqualTo(port);
    network.add("uid-2", 1, "default", List.of("mnist-ps-0", "pod-b"), Optional.of(address));
    assertThat(network.port("uid-2", 2222)).isNotEqualTo(port);
    network.remove("uid");
    network.add("uid-3", 0, "default", List.of("mnist-ps-0", "pod-c"), Optional.of(address));
    assertThat(network.port("uid-3", 2222)).isEqualTo(port);
  }

  @Test
  void a_server_is_reached_on_its_local_port_or_on_its_own_address() throws Exception {
    String address = network.add("uid", 2, "default", List.of("pod"), Optional.empty());
    try (var server = new java.net.ServerSocket()) {
      server.bind(
          new java.net.InetSocketAddress(
              java.net.InetAddress.ofLiteral("127.0.0.1"), network.port("uid", 80)));
      network.connect("uid", 80).close();
    }
    try (var server = new java.net.ServerSocket()) {
      server.bind(new java.net.InetSocketAddress(java.net.InetAddress.ofLiteral(address), 0));
      network.connectTo(address, server.getLocalPort()).close();
    }
  }

  @Test
  void addresses_outside_the_loopback_range_stand_for_local_ones() throws Exception {
    PodNetwork shown = network(10);
    String address = shown.add("uid", 1, "default", List.of("pod"), Optional.empty());
    assertThat(address).startsWith("10.65.");
    try (var server = new java.net.ServerSocket()) {
      server.bind(
          new java.net.InetSocketAddress(
              java.net.InetAddress.ofLiteral(PodNetwork.local(address)), 0));
      shown.connectTo(address, server.getLocalPort()).close();
    }
  }

  @Test
  void a_name_keeps_its_port_while_a_pod_mentions_it_and_no_longer() throws Exception {
    PodNetwork.Name name = new PodNetwork.Name("default", "worker-0", 2222);
    for (String uid : List.of("worker", "peer")) {
      network.add(uid, 0, "default", List.of(uid), Optional.empty());
    }
    int port = network.named(name, "worker");
    network.named(name, "peer");
    network.remove("worker");
    assertThat(network.named(name, "peer")).isEqualTo(port);
    network.remove("peer");
    for (int round = 0; round < 20_000; round++) {
      String uid = "uid-" + round;
      network.add(uid, 0, "default", List.of(uid), Optional.empty());
      network.named(new PodNetwork.Name("default", uid, 1), uid);
      network.remove(uid);
    }
  }
}
