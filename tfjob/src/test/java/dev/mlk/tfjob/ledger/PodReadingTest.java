package dev.mlk.tfjob.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.select.PodResources;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** From when to when a pod holds what. */
final class PodReadingTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static LedgerEntry.Times times(String spec, String status) {
    String metadata = "{'uid': 'u', 'creationTimestamp': '2026-01-01T00:00:00Z'}";
    JsonNode pod =
        json("{'metadata': %s, 'spec': %s, 'status': %s}".formatted(metadata, spec, status));
    return PodReading.of(pod, MissingNode.getInstance()).times();
  }

  private static Optional<Instant> at(int second) {
    return Optional.of(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second));
  }

  @Test
  void aPodWithoutANodeHoldsNothing() {
    String pending =
        "{'conditions': [{'type': 'PodScheduled', 'status': 'False',"
            + " 'lastTransitionTime': '2026-01-01T00:00:09Z'}]}";
    assertThat(times("{}", pending).scheduled()).isEmpty();
  }

  @Test
  void itHoldsItsNodeFromTheBindingOnAlsoWhileAnImageIsPulled() {
    String status =
        """
        {'phase': 'Pending', 'startTime': '2026-01-01T00:00:11Z',
         'conditions': [{'type': 'PodScheduled', 'status': 'True',
         'lastTransitionTime': '2026-01-01T00:00:10Z'}],
         'containerStatuses': [{'state': {'waiting': {'reason': 'ContainerCreating'}}}]}
        """;
    LedgerEntry.Times times = times("{'nodeName': 'n'}", status);
    assertThat(times.scheduled()).isEqualTo(at(10));
    assertThat(times.running()).isEmpty();
    assertThat(times.ended()).isEmpty();
  }

  @Test
  void aPodMadeForItsNodeHoldsItFromItsStart() {
    assertThat(times("{'nodeName': 'n'}", "{'startTime': '2026-01-01T00:00:03Z'}").scheduled())
        .isEqualTo(at(3));
    assertThat(times("{'nodeName': 'n'}", "{}").scheduled()).isEqualTo(at(0));
  }

  @Test
  void itEndsWithItsLastContainerAndARestartIsNoEnd() {
    String container =
        """
        {'restartCount': 2,
         'state': {'%s': {'startedAt': '2026-01-01T00:01:00Z', 'finishedAt': %s}},
         'lastState': {'terminated': {'startedAt': '2026-01-01T00:00:30Z',
          'finishedAt': '2026-01-01T00:00:50Z'}}}
        """;
    String going = container.formatted("running", "null");
    String over = container.formatted("terminated", "'2026-01-01T00:01:30Z'");
    String status = "{'phase': '%s', 'containerStatuses': [%s, %s]}";
    LedgerEntry.Times running =
        times("{'nodeName': 'n'}", status.formatted("Running", over, going));
    assertThat(running.running()).isEqualTo(at(30));
    assertThat(running.ended()).isEmpty();
    assertThat(times("{'nodeName': 'n'}", status.formatted("Failed", over, over)).ended())
        .isEqualTo(at(90));
  }

  @Test
  void anEvictedPodEndsWhenItsConditionsSay() {
    String status =
        """
        {'phase': 'Failed', 'reason': 'Evicted', 'conditions': [
         {'type': 'PodScheduled', 'status': 'True', 'lastTransitionTime': '2026-01-01T00:00:01Z'},
         {'type': 'Ready', 'status': 'False', 'lastTransitionTime': '2026-01-01T00:02:00Z'}]}
        """;
    assertThat(times("{'nodeName': 'n'}", status).ended()).isEqualTo(at(120));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'containers': [{'resources': {'requests': {'cpu': '1500m', 'memory': '1Gi'}}}, {}]}",
        "{'containers': [{'resources': {'requests': {'cpu': '0.1', 'memory': '1e9'}}}],"
            + " 'overhead': {'cpu': '250m', 'memory': '120Mi'}}",
        "{'containers': [{'resources': {'requests': {'cpu': '1'}}}],"
            + " 'initContainers': [{'resources': {'requests': {'cpu': '4', 'memory': '10M'}}}]}",
        "{'containers': [{'resources': {'requests': {'cpu': '1'}}}], 'initContainers': ["
            + "{'restartPolicy': 'Always', 'resources': {'requests': {'cpu': '2'}}},"
            + "{'resources': {'requests': {'cpu': '2500m'}}}]}",
        "{'containers': [{'resources': {'requests': {'cpu': '1'}}}],"
            + " 'resources': {'requests': {'cpu': '3', 'memory': '5Ki'}}}"
      })
  void whatItHoldsIsWhatTheSchedulerCounts(String spec) {
    JsonNode pod = json("{'spec': %s}".formatted(spec));
    Map<String, Long> counted = PodResources.requests(pod);
    LedgerEntry.Amounts amounts = PodRequests.of(pod);
    assertThat(amounts.milliCpu()).isEqualTo(counted.getOrDefault("cpu", 0L)).isPositive();
    assertThat(amounts.bytes()).isEqualTo(counted.getOrDefault("memory", 0L));
  }

  @Test
  void gpusOfAllKindsAreGpus() {
    JsonNode pod =
        json(
            "{'spec': {'containers': [{'resources': {'requests': {'nvidia.com/gpu': '2',"
                + " 'nvidia.com/mig-1g.5gb': 3, 'example.com/fpga': 1}}}]}}");
    assertThat(PodRequests.of(pod).gpus()).isEqualTo(5);
  }

  @Test
  void whomAnAnnotationNamesIsKeptWhereNoLabelNamesAnybody() {
    JsonNode pod =
        json(
            "{'metadata': {'uid': 'u', 'labels': {'team': 'vision', 'user': 'bob'},"
                + " 'annotations': {'mlk.dev/owner': 'ada', 'user': 'eve', 'note': 'long'}}}");
    LedgerEntry entry = PodReading.of(pod, MissingNode.getInstance());
    assertThat(entry.who().labels())
        .isEqualTo(Map.of("team", "vision", "user", "bob", "mlk.dev/owner", "ada"));
    assertThat(People.of(entry.who().labels())).isEqualTo("ada");
    assertThat(People.of(pod)).isEqualTo("ada");
    assertThat(People.of(json("{'metadata': {}}"))).isEmpty();
  }

  @Test
  void theModelAndTheLabelsThatPricesGoByAreKept() {
    JsonNode node =
        json(
            "{'metadata': {'labels': {'nvidia.com/gpu.product': 'Tesla-T4', 'mlk.dev/pool': 'a',"
                + " 'kubernetes.io/hostname': 'n', 'topology.kubernetes.io/zone': 'z'}}}");
    LedgerEntry entry = PodReading.of(json("{'spec': {'nodeName': 'n'}}"), node);
    assertThat(entry.node())
        .isEqualTo(
            new LedgerEntry.Node(
                "n", "Tesla-T4", Map.of("mlk.dev/pool", "a", "topology.kubernetes.io/zone", "z")));
  }
}
