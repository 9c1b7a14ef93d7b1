package dev.mlk.sweep.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Space;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who runs a sweep, when several want to. */
final class RunnerLeaseTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;
  private static ApiClient api;
  private static int number;

  /** The time, which only the test moves. */
  private static final class Time implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(int seconds) {
      now = now.plusSeconds(seconds);
    }
  }

  private final Time time = new Time();
  private Sweep sweep;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    api = cluster.client();
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
    cluster.close();
  }

  @BeforeEach
  void create() {
    SweepSpec spec =
        new SweepSpec(
            Json.object(),
            new Space(List.of(), List.of()),
            Objective.guessed("accuracy"),
            new SweepSpec.Choice(Search.Kind.GRID, 0, 1),
            new SweepSpec.Limits(0, 0, "", "none"));
    sweep = new SweepStore(api, "default").create("lease-" + number++, spec, List.of());
  }

  private RunnerLease lease(String host) {
    return new RunnerLease(api, sweep, new Holder(host, 1, 1), time);
  }

  @Test
  void theSecondWaitsUntilTheFirstLetsGo() {
    RunnerLease first = lease("one");
    RunnerLease second = lease("other");
    assertThat(first.held()).isTrue();
    assertThat(second.held()).isFalse();
    assertThat(second.holder()).isEqualTo("one");
    time.pass(10);
    assertThat(first.held()).isTrue();
    time.pass(10);
    assertThat(second.held()).as("the first has renewed it ten seconds ago").isFalse();
    first.close();
    time.pass(1);
    assertThat(second.held()).isTrue();
  }

  @Test
  void whoDoesNotRenewItLosesItAndKnowsWhenItComesBack() {
    RunnerLease first = lease("one");
    RunnerLease second = lease("other");
    assertThat(first.held()).isTrue();
    time.pass(16);
    assertThat(second.held()).isTrue();
    assertThat(first.held()).isFalse();
  }

  @Test
  void aHolderOfThisMachineThatHasEndedIsNotWaitedFor() throws Exception {
    Process process = new ProcessBuilder("true").start();
    Holder self = Holder.self(Map.of("HOSTNAME", "here"));
    String ended = "here_" + process.pid() + "_" + System.nanoTime();
    process.waitFor();
    assertThat(self.knowsToBeGone(ended)).isTrue();
    assertThat(self.knowsToBeGone(self.text())).isFalse();
    assertThat(self.knowsToBeGone("elsewhere_" + process.pid() + "_1")).isFalse();
    assertThat(self.knowsToBeGone("somebody-else")).isFalse();
    try (RunnerLease gone =
            new RunnerLease(api, sweep, new Holder("here", process.pid(), 1), time);
        RunnerLease next = new RunnerLease(api, sweep, self, time)) {
      assertThat(gone.held()).isTrue();
      assertThat(next.held()).isTrue();
    }
  }

  @Test
  void aLeaseGoesWithItsSweep() {
    assertThat(lease("one").held()).isTrue();
    String uid =
        api.get(Resources.LEASES, "default", "sweep-" + sweep.name())
            .path("metadata")
            .path("ownerReferences")
            .path(0)
            .path("uid")
            .asString("");
    assertThat(uid).isEqualTo(sweep.uid());
  }
}
