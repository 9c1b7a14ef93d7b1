package dev.mlk.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A story of three hours, computed by hand: restarts, suspension, deletions, a clock that goes
 * back. With an operator that is away for a while, the figures are the same.
 */
final class UsageScenarioTest {
  @TempDir private Path folder;
  private PlayedCluster cluster;
  private SetClock clock;

  @ParameterizedTest(name = "the operator is killed in the middle: {0}")
  @ValueSource(booleans = {false, true})
  void theFiguresAreThoseComputedByHand(boolean killed) throws IOException {
    // In the past, so that certificates made at its time are good at the machine's.
    clock = new SetClock(Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(2, ChronoUnit.DAYS));
    cluster = PlayedCluster.start(folder, clock);
    try {
      cluster.node("t4", "Tesla-T4");
      cluster.node("a100", "NVIDIA-A100");
      cluster.startOperator();
      suspendedAndResumed(killed);
      clockGoesBack();
      neverScheduled();
      stillPulling();
      clock.at(7310);
      JsonNode before = cluster.usage("--by", "job");
      check(before);
      everythingIsDeleted();
      JsonNode after = cluster.usage("--by", "job");
      assertThat(bill(after.path("total"))).isEqualTo(bill(before.path("total")));
      for (int i = 0; i < before.path("items").size(); i++) {
        assertThat(bill(after.path("items").path(i))).isEqualTo(bill(before.path("items").path(i)));
      }
      assertThat(before.at("/total/now/gpus").asInt(-1)).isEqualTo(1);
      assertThat(after.at("/total/now/gpus").asInt(-1)).isZero();
      cluster.stopOperator();
    } finally {
      cluster.close();
    }
  }

  /** What is held at this moment is no part of a bill. */
  private static JsonNode bill(JsonNode figures) {
    return ((ObjectNode) figures.deepCopy()).without("now");
  }

  private void suspendedAndResumed(boolean killed) {
    cluster.submit("a", 2, 2, "team: vision");
    cluster.uid("a-worker-0");
    cluster.uid("a-worker-1");
    clock.at(90);
    String first = cluster.bind("a-worker-0", "t4");
    clock.at(120);
    String second = cluster.bind("a-worker-1", "t4");
    clock.at(150);
    cluster.run("a-worker-0", 0);
    cluster.run("a-worker-1", 0);
    // The kubelet starts the container again: the pod keeps its GPUs.
    clock.at(620);
    cluster.run("a-worker-0", 1);
    clock.at(1000);
    cluster.suspend("a", true);
    cluster.await("both are stopping", () -> stopping("a-worker-0") && stopping("a-worker-1"));
    clock.at(1010);
    cluster.end("a-worker-0", 143);
    cluster.remove(Resources.PODS, "a-worker-0");
    cluster.recorded(first, "ended");
    clock.at(1015);
    cluster.remove(Resources.PODS, "a-worker-1");
    cluster.recorded(second, "ended");
    assertThat(cluster.entry(second).orElseThrow().path("why").asString("")).isEqualTo("Suspended");

    clock.at(4600);
    cluster.suspend("a", false);
    cluster.uid("a-worker-0");
    cluster.uid("a-worker-1");
    clock.at(4610);
    String third = cluster.bind("a-worker-0", "t4");
    String fourth = cluster.bind("a-worker-1", "t4");
    clock.at(4611);
    cluster.run("a-worker-0", 0);
    cluster.run("a-worker-1", 0);
    clock.at(5000);
    if (killed) {
      cluster.stopOperator();
    }
    // The job has succeeded; whoever is there takes the other worker away.
    clock.at(5200);
    cluster.end("a-worker-0", 0);
    if (!killed) {
      cluster.recorded(third, "ended");
      cluster.await("the other is stopping", () -> stopping("a-worker-1"));
    }
    clock.at(5210);
    cluster.killing("a-worker-1", fourth);
    cluster.remove(Resources.PODS, "a-worker-1");
    if (!killed) {
      cluster.recorded(fourth, "ended");
    }
    clock.at(5300);
    if (killed) {
      cluster.startOperator();
    }
    cluster.recorded(third, "ended");
    cluster.recorded(fourth, "ended");
  }

  private boolean stopping(String pod) {
    return cluster
        .api()
        .get(Resources.PODS, "default", pod)
        .path("metadata")
        .has("deletionTimestamp");
  }

  private void clockGoesBack() {
    clock.at(5400);
    cluster.submit("b", 1, 1, "team: speech");
    String uid = cluster.bind("b-worker-0", "a100");
    cluster.run("b-worker-0", 0);
    clock.at(1800);
    cluster.end("b-worker-0", 0);
    cluster.recorded(uid, "ended");
  }

  private void neverScheduled() {
    clock.at(6000);
    cluster.submit("c", 1, 8, "team: speech");
    String uid = cluster.uid("c-worker-0");
    cluster.recorded(uid, "created");
    clock.at(6300);
    cluster.remove(Resources.TFJOBS, "c");
    cluster.await(
        "the pod is gone",
        () -> cluster.api().find(Resources.PODS, "default", "c-worker-0").isEmpty());
    cluster.recorded(uid, "ended");
  }

  private void stillPulling() {
    cluster.submit("d", 1, 1, "team: vision");
    cluster.uid("d-worker-0");
    clock.at(6310);
    cluster.bind("d-worker-0", "a100");
  }

  private void check(JsonNode usage) {
    JsonNode total = usage.path("total");
    // a: 920 s and 895 s before the suspension, 590 s and 600 s after it, 2 GPUs each; d: 1000 s.
    assertThat(total.path("gpuSeconds").asLong()).isEqualTo(2 * (920 + 895 + 590 + 600) + 1000);
    assertThat(total.path("cpuSeconds").asDouble()).isEqualTo((920 + 895 + 590 + 600 + 1000) / 2.0);
    assertThat(total.path("memoryGibSeconds").asDouble()).isEqualTo(4005.0);
    // Before a container ran: 60 s, 30 s, 1 s and 1 s with 2 GPUs; all of d's.
    assertThat(total.path("idleGpuSeconds").asLong()).isEqualTo(2 * (60 + 30 + 1 + 1) + 1000);
    assertThat(total.path("unknownGpuSeconds").asLong()).isEqualTo(2 * (860 + 865 + 589 + 599));
    // a: 90 s, 120 s, 10 s, 10 s; c: 300 s; d: 10 s.
    assertThat(total.path("pendingSeconds").asLong()).isEqualTo(540);
    assertThat(total.path("restarts").asInt()).isEqualTo(1);
    assertThat(total.path("pods").asInt()).isEqualTo(7);
    assertThat(total.path("models").toString())
        .isEqualTo(
            "[{\"model\":\"NVIDIA-A100\",\"gpuSeconds\":1000},"
                + "{\"model\":\"Tesla-T4\",\"gpuSeconds\":6010}]");
    assertThat(usage.path("notes").toString()).contains("1 pod has times that contradict");
    assertThat(usage.path("items").findValuesAsString("name")).containsExactly("a", "d", "b", "c");
  }

  private void everythingIsDeleted() {
    String running = cluster.uid("d-worker-0");
    for (String job : new String[] {"a", "b", "d"}) {
      cluster.remove(Resources.TFJOBS, job);
    }
    for (String pod : new String[] {"a-worker-0", "b-worker-0", "d-worker-0"}) {
      cluster.remove(Resources.PODS, pod);
    }
    cluster.recorded(running, "ended");
  }
}
