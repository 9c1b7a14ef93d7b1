package dev.mlk.tfjob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.practice.PracticeCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ConfigMaps of the ledger, in a real API server. */
final class BookTest {
  private static final Map<String, String> NOTHING = Map.of();

  private static PracticeCluster cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  private static Book book(String period) {
    return Book.load(client, "default", period);
  }

  private static Map<String, String> entries(int number, String text) {
    Map<String, String> entries = new TreeMap<>();
    IntStream.range(0, number).forEach(i -> entries.put("uid-%04d".formatted(i), text));
    return entries;
  }

  private static List<ConfigMap> maps(String period) {
    return client
        .configMaps()
        .inNamespace("default")
        .withLabel(Ledger.LABEL, period)
        .list()
        .getItems();
  }

  @Test
  void aFullPartIsFollowedByAnotherAndNothingIsWrittenTwice() {
    String longest = "x".repeat(1024);
    book("2026-01").write(entries(1100, longest), Set.of(), NOTHING);
    assertThat(maps("2026-01"))
        .extracting(map -> map.getMetadata().getName() + " " + map.getData().size())
        .containsExactly(
            "tfjob-usage-2026-01-1 500", "tfjob-usage-2026-01-2 500", "tfjob-usage-2026-01-3 100");

    book("2026-01").write(Map.of("uid-0700", "changed", "new", "new"), Set.of(), NOTHING);
    assertThat(maps("2026-01").get(1).getData()).hasSize(500).containsEntry("uid-0700", "changed");
    assertThat(maps("2026-01").get(2).getData()).containsEntry("new", "new");
    assertThat(book("2026-01").has("uid-0001")).isTrue();
  }

  @Test
  void whatIsTakenOutMakesRoom() {
    Book book = book("open");
    book.write(entries(500, "a"), Set.of(), Map.of(Ledger.SEEN, "2026-01-01T00:00:00Z"));
    book.write(Map.of("one", "b"), Set.of("uid-0003", "nobody"), NOTHING);
    book.write(Map.of("two", "c"), Set.of(), NOTHING);
    assertThat(maps("open").getFirst().getData()).doesNotContainKey("uid-0003").containsKey("two");
    assertThat(maps("open").getFirst().getMetadata().getAnnotations())
        .containsEntry(Ledger.SEEN, "2026-01-01T00:00:00Z");
  }

  @Test
  void aWriteUponWhatSomebodyElseHasChangedIsRefused() {
    Book mine = book("2026-02");
    mine.write(Map.of("a", "a"), Set.of(), NOTHING);
    book("2026-02").write(Map.of("b", "b"), Set.of(), NOTHING);
    assertThatThrownBy(() -> mine.write(Map.of("c", "c"), Set.of(), NOTHING))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(maps("2026-02").getFirst().getData()).containsOnlyKeys("a", "b");
  }

  @Test
  void anEntryIsReadAsItWasWrittenAndNeverLongerThanItMay() {
    Map<String, String> labels = new TreeMap<>();
    IntStream.range(0, 50).forEach(i -> labels.put("label-" + i, "v".repeat(63)));
    LedgerEntry entry =
        new LedgerEntry(
            "u",
            new LedgerEntry.Who("default", "p".repeat(63), "j", "worker-0", labels),
            new LedgerEntry.Node("n", "Tesla-T4", Map.of("mlk.dev/pool", "spot")),
            new LedgerEntry.Amounts(2, 500, 1L << 40),
            new LedgerEntry.Times(
                Instant.EPOCH,
                Optional.of(Instant.EPOCH.plusSeconds(1)),
                Optional.empty(),
                Optional.of(Instant.EPOCH.plusSeconds(2))),
            "Succeeded",
            3);
    assertThat(entry.text().length()).isLessThanOrEqualTo(1024);
    LedgerEntry read = LedgerEntry.read("default", "u", entry.text()).orElseThrow();
    assertThat(read.node()).isEqualTo(entry.node());
    assertThat(read.amounts()).isEqualTo(entry.amounts());
    assertThat(read.times()).isEqualTo(entry.times());
    assertThat(read.restarts()).isEqualTo(3);
    assertThat(entry.who().labels().entrySet()).containsAll(read.who().labels().entrySet());
    for (String nonsense : List.of("", "[]", "{}", "{\"created\":3}")) {
      assertThat(LedgerEntry.read("default", "u", nonsense)).as(nonsense).isEmpty();
    }
  }

  @Test
  void aReaderAsksForTheMonthsThatMayHoldWhatEndedSince() {
    Instant since = Instant.parse("2026-11-30T23:59:59Z");
    assertThat(Ledger.selector(since, Instant.parse("2026-12-01T00:00:00Z")))
        .isEqualTo("mlk.dev/usage in (open,2026-11,2026-12,2027-01)");
    assertThat(Ledger.selector(Instant.EPOCH, since)).isEqualTo("mlk.dev/usage");
    assertThat(Ledger.period(since)).isEqualTo("2026-11");
  }
}
