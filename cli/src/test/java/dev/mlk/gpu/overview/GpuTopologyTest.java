package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Console;
import dev.mlk.console.TestConsole;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  void aNodeIsDrawnWithItsNumaZones() throws Exception {
    Topology topology = look("");
    String text = new TopologyView(terminal(), topology).node(node(topology, "dgx-1"));
    looksLike("topology-node.txt", text);
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
