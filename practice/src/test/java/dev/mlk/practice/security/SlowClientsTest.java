package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Clients that take their time, or never come to an end, keep nobody else from being served. */
final class SlowClientsTest {
  private static final int CLIENTS = 40;
  private static final Duration QUICK = Duration.ofSeconds(30);
  private PracticeCluster cluster;
  private ApiClient owner;
  private String token;
  private final List<Wire> wires = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    owner = new ApiClient(cluster.transport(), "test");
    token = "Authorization: Bearer " + Keys.token(cluster);
  }

  @AfterEach
  void stop() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
    cluster.close();
  }

  @Test
  void headsAndBodiesThatNeverEndBlockNobody() throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      wires.add(Wire.to(cluster.server()).send("GET /api HTTP/1.1\r\nHost: x\r\nX-Slow: "));
      wires.add(
          Wire.to(cluster.server())
              .send(
                  "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\n"
                      + token
                      + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
    }
    long begin = System.nanoTime();
    try (Wire wire = Wire.to(cluster.server())) {
      assertThat(
              wire.request("GET /api/v1/namespaces", List.of(token), new byte[0]).reply().status())
          .isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICK);
    // One more byte from each: the answers of the others still come.
    for (Wire wire : wires) {
      wire.send("x");
    }
    assertThat(owner.find(Resources.NAMESPACES, "", "default")).isPresent();
  }

  @Test
  void watchersThatNeverReadCostLittleAndBlockNobody() throws IOException {
    ObjectNode map =
        owner.create(
            Resources.CONFIG_MAPS,
            "default",
            TestCluster.json("{metadata: {name: 'large'}, data: {a: 'x'}}"));
    for (int i = 0; i < CLIENTS; i++) {
      Wire wire = Wire.to(cluster.server());
      wires.add(wire.request("GET /api/v1/configmaps?watch=1", List.of(token), new byte[0]));
    }
    long before = used();
    // 60 MB for each of them, which they do not take.
    String large = "x".repeat(500_000);
    for (int i = 0; i < 120; i++) {
      ((ObjectNode) map.path("data")).put("a", large + i);
      map = owner.update(Resources.CONFIG_MAPS, map);
    }
    long grown = used() - before;
    assertThat(grown >> 20).as("MiB that %d idle watchers cost", CLIENTS).isLessThan(200);
    long begin = System.nanoTime();
    try (Wire wire = Wire.to(cluster.server())) {
      assertThat(
              wire.request("GET /api/v1/namespaces", List.of(token), new byte[0]).reply().status())
          .isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICK);
  }

  @Test
  void framesOutOfProtocolEndTheirConnectionOnly() throws IOException {
    String pod = "/api/v1/namespaces/default/configmaps?watch=1";
    List<String> upgrade =
        List.of(
            token,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    byte[][] frames = {
      {(byte) 0x81, (byte) 0xff, 127, -1, -1, -1, -1, -1, -1, -1},
      {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1},
      {(byte) 0x8f, 0},
      {(byte) 0xf1, (byte) 0x80, 0, 0, 0, 0},
      {0, (byte) 0x81, 1, 2, 3, 4, 5},
      {(byte) 0x89, (byte) 0xfe, 127, 127, 1, 2, 3, 4}
    };
    for (byte[] frame : frames) {
      Wire wire = Wire.to(cluster.server());
      wires.add(wire);
      assertThat(wire.request("GET " + pod, upgrade, new byte[0]).reply().status()).isEqualTo(101);
      wire.send(frame);
    }
    for (List<String> broken :
        List.of(
            List.of(token, "Connection: Upgrade", "Upgrade: websocket"),
            List.of(token, "Connection: Upgrade", "Upgrade: nonsense"),
            List.of(
                token,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 99",
                "Sec-WebSocket-Key: x"),
            List.of(
                token,
                "Connection: Upgrade",
                "Upgrade: SPDY/3.1",
                "X-Stream-Protocol-Version: v99"))) {
      try (Wire wire = Wire.to(cluster.server())) {
        wire.request(
            "GET /api/v1/namespaces/default/pods/none/exec?command=a&stdout=1",
            broken,
            new byte[0]);
        assertThat(wire.reply().status()).isBetween(400, 499);
      }
    }
    assertThat(owner.find(Resources.NAMESPACES, "", "default")).isPresent();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
