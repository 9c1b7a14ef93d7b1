package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * GPUs that DRA drivers offer in ResourceSlices, and work that Kueue holds back before it has pods.
 */
final class GpuTopDraTest {
  private static final Path SCREEN = Path.of("src/test/resources/gpu/screens/top-dra.txt");

  /** Long enough that a test's own seconds do not show in an age. */
  private static final Duration LATER = Duration.ofSeconds(3 * 3600 + 30);

  @TempDir private static Path folder;
  private static Fleet fleet;

  @BeforeAll
  static void start() throws IOException {
    fleet = Fleet.start(folder);
    fleet.load("dra-kinds.yaml");
    fleet.load("dra.yaml");
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  private static JsonNode document() throws InterruptedException {
    return TopDocument.of(fleet.look("", "default", LATER), "", 7);
  }

  @Test
  void devicesOfTheNewestSlicesAreCountedByClassAndHeldByClaims() throws Exception {
    JsonNode document = document();
    assertThat(document.path("totals").valueStream().map(JsonNode::toString))
        .anySatisfy(
            total ->
                assertThat(total)
                    .contains(
                        "deviceclass.resource.kubernetes.io/gpu.nvidia.com",
                        "\"allocatable\":2,\"allocated\":1,\"free\":1"))
        .anySatisfy(
            total ->
                assertThat(total)
                    .contains(
                        "deviceclass.resource.kubernetes.io/mig.nvidia.com",
                        "\"allocatable\":2,\"allocated\":0,\"free\":2"));
    JsonNode first = document.path("nodes").path(0);
    assertThat(first.path("name").asString("")).isEqualTo("dra-1");
    assertThat(first.path("model").asString("")).isEqualTo("NVIDIA-H100-80GB-HBM3");
    JsonNode pod = document.path("pods").path(0);
    assertThat(pod.path("name").asString("")).isEqualTo("train");
    assertThat(pod.path("person").asString("")).isEqualTo("ada");
  }

  @Test
  void aPodWhoseClaimIsNotServedWaitsAndKueuesWorkStandsBesideIt() throws Exception {
    List<JsonNode> waiting = document().path("waiting").valueStream().toList();
    assertThat(waiting)
        .anySatisfy(
            one -> {
              assertThat(one.path("cause").asString("")).isEqualTo("TAKEN");
              assertThat(one.path("pods").toString()).contains("default/wants-two");
              assertThat(one.path("said").toString()).contains("dra-1 has 1 of 2", "default/train");
            })
        .anySatisfy(
            one -> {
              assertThat(one.path("cause").asString("")).isEqualTo("HELD");
              assertThat(one.path("pods").toString()).isEqualTo("[\"default/digits\"]");
              assertThat(one.path("devices").toString()).contains("nvidia.com/gpu", "8");
              assertThat(one.path("said").toString())
                  .contains("queue research: couldn't assign flavors", "4 more needed");
            });
  }

  @Test
  void theScreenFitsEightyColumns() throws Exception {
    Snapshot seen = fleet.look("", "default", LATER);
    Invocation invocation =
        new Invocation(
            TestConsole.terminal("").console().withColour(false),
            GlobalOptions.NONE,
            Map.of(),
            Path.of(""),
            InstantSource.fixed(seen.at()));
    String text = new TopView(invocation, "").text(seen);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(SCREEN, text);
    }
    assertThat(text).isEqualTo(Files.readString(SCREEN));
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void whoMayNotListSlicesIsNotToldThatThereAreNone() throws Exception {
    Snapshot seen = fleet.look("bob", "default", LATER);
    assertThat(seen.dra().known()).isFalse();
    assertThat(seen.unknown()).anyMatch(line -> line.contains("you may not list nodes"));
  }
}
