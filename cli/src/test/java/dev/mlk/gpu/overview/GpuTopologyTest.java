package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Console;
import dev.mlk.console.TestConsole;
import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk gpu topology} on a cluster with every kind of GPU; {@code -Dmlk.golden=update}. */
final class GpuTopologyTest {
  private static final Path SCREENS = Path.of("src/test/resources/gpu/screens");
  @TempDir private static Path folder;
  private static Fleet fleet;

  @BeforeAll
  static void start() throws IOException {
    fleet = Fleet.start(folder);
    fleet.load("fleet.yaml");
    fleet.load("rights.yaml");
    fleet.load("topology.yaml");
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  private static Topology look(String user) throws InterruptedException {
    try (ApiClient as = new ApiClient(fleet.as(user), "look")) {
      return new SnapshotReader(new Reader(as), "team-a", Instant::now).topology();
    }
  }

  private static Console terminal() {
    return TestConsole.terminal("").console().withColour(false);
  }

  private static void looksLike(String name, String text) throws IOException {
    Path golden = SCREENS.resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  private static GpuNode node(Topology topology, String name) {
    return topology.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  private static JobPods job(int workers, int gpus) {
    ObjectNode job = Json.object();
    job.putObject("metadata").put("name", "wide");
    ObjectNode types = job.putObject("spec").putObject("tfReplicaSpecs");
    for (String type : List.of("PS", "Worker")) {
      ObjectNode replicas = types.putObject(type).put("replicas", type.equals("PS") ? 1 : workers);
      ObjectNode container =
          replicas
              .putObject("template")
              .putObject("spec")
              .putArray("containers")
              .addObject()
              .put("name", "tensorflow");
      ObjectNode limits = container.putObject("resources").putObject("limits").put("cpu", "1");
      if (type.equals("Worker")) {
        limits.put("nvidia.com/gpu", Integer.toString(gpus));
      }
    }
    return JobPods.of(new Job(job));
  }

  private static Placement place(JobPods job, boolean fillsUp) throws InterruptedException {
    Snapshot seen = look("").snapshot();
    Supplier<List<Room>> rooms = () -> Room.all(seen.nodes().or(List.of()), seen.pods().or(null));
    return new Placement(
        job, Forecast.by(job, rooms.get(), fillsUp), Forecast.tightest(job, rooms), fillsUp);
  }

  @Test
  void theClusterIsATreeOfWhatNodesShare() throws Exception {
    looksLike("topology-cluster.txt", new TopologyView(terminal(), look("")).cluster());
  }

  @Test
  void inColourAndInAPipeItSaysTheSame() throws Exception {
    Topology topology = look("");
    String coloured = new TopologyView(TestConsole.terminal("").console(), topology).cluster();
    assertThat(coloured).contains("\u001B[");
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", ""))
        .isEqualTo(new TopologyView(terminal(), topology).cluster());
    looksLike(
        "topology-pipe.txt", new TopologyView(TestConsole.pipe().console(), topology).cluster());
  }

  @Test
  void aNodeIsDrawnWithItsNumaZones() throws Exception {
    Topology topology = look("");
    String text = new TopologyView(terminal(), topology).node(node(topology, "dgx-1"));
    looksLike("topology-node.txt", text);
  }

  @Test
  void whatAPodSawOnANodeStandsBesideWhatTheModelTells() throws Exception {
    Topology topology = look("");
    Topology seen =
        topology.with(new Topology.Look("dgx-2", new Known.Fact<>(MatrixTest.of("topo-pcie.txt"))));
    String text = new TopologyView(terminal(), seen).node(node(seen, "dgx-2"));
    looksLike("topology-seen.txt", text);
    assertThat(text).contains("nvidia-smi topo -m in a pod", "some pairs here have none");
    JsonNode document = TopologyDocument.of(seen, Optional.empty(), Optional.empty(), 3);
    assertThat(document.path("nodes").valueStream().filter(one -> one.has("measured")))
        .singleElement()
        .satisfies(
            one -> assertThat(one.at("/measured/gpus/0/links/GPU1").asString("")).isEqualTo("PIX"));
    Topology blind =
        topology.with(
            new Topology.Look("dgx-2", new Known.Unknown<>("you may not create jobs.batch", "")));
    assertThat(new TopologyView(terminal(), blind).node(node(blind, "dgx-2")))
        .contains("? links as a pod sees them: you may not create jobs.batch");
  }

  @Test
  void whatALinkCarriesFollowsFromItsLanes() {
    // Both directions: links of a GPU times GB/s of each, or 16 lanes of PCIe at 1, 2 and 4 GB/s.
    Map<String, Integer> computed =
        Map.of(
            "V100-SXM2", 6 * 50,
            "A800-SXM4", 8 * 50,
            "A100-SXM4", 12 * 50,
            "H100", 18 * 50,
            "B200", 18 * 100,
            "MI300X", 7 * 128,
            "T4", 16 * 2,
            "L4", 16 * 4,
            "H100-PCIe", 16 * 8);
    computed.forEach(
        (model, gigabytes) -> {
          ObjectNode node = Json.object();
          node.putObject("metadata").putObject("labels").put("nvidia.com/gpu.product", model);
          assertThat(Link.of(GpuNode.of(node, Dra.NONE)).orElseThrow().gigabytes())
              .as(model)
              .isEqualTo(gigabytes);
        });
  }

  @Test
  void whatNothingTellsIsUnknown() throws Exception {
    Topology topology = look("");
    String text = new TopologyView(terminal(), topology).node(node(topology, "amd-1"));
    looksLike("topology-unknown.txt", text);
    assertThat(text).contains("?");
  }

  @Test
  void aJobIsPlacedAndWhatItSpansIsSaid() throws Exception {
    looksLike("topology-job.txt", new PlacementView(terminal(), place(job(2, 1), false)).text());
  }

  @Test
  void podsWithoutRoomAreNamed() throws Exception {
    Placement placement = place(job(3, 4), false);
    assertThat(placement.likely().without()).hasSizeGreaterThan(0);
    assertThat(placement.tightest()).isEmpty();
    assertThat(new PlacementView(terminal(), placement).text()).contains("no room: worker-");
  }

  @Test
  void aSchedulerThatFillsUpTakesTheFullerNode() throws Exception {
    Placement filled = place(job(1, 1), true);
    Placement spread = place(job(1, 1), false);
    assertThat(nodeOf(filled, "worker-0")).contains("dgx-2");
    assertThat(nodeOf(spread, "worker-0")).isNotEqualTo(nodeOf(filled, "worker-0"));
  }

  private static Optional<String> nodeOf(Placement placement, String replica) {
    return placement.likely().placed().entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(pod -> pod.name().equals(replica)))
        .map(e -> e.getKey().name())
        .findFirst();
  }

  @Test
  void whoMaySeeNothingIsToldSo() throws Exception {
    String text = new TopologyView(terminal(), look("bob")).cluster();
    assertThat(text).contains("? nodes: you may not list nodes");
  }

  @Test
  void theDocumentHasZonesLinksAndThePlacement() throws Exception {
    Topology topology = look("");
    JsonNode document =
        TopologyDocument.of(
            topology,
            Optional.of(node(topology, "dgx-1")),
            Optional.of(place(job(2, 1), false)),
            3);
    JsonNode node = document.path("nodes").path(0);
    assertThat(node.path("numa").path("zones")).hasSize(2);
    assertThat(node.path("link").path("gigabytesPerSecond").asInt(0)).isEqualTo(600);
    assertThat(document.path("placement").path("likely").path("nodes")).isNotEmpty();
  }
}
