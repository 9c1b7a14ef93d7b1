package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Since when a pod is idle, from one look to the next. */
final class IdleHistoryTest {
  private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
  private final IdleHistory history = new IdleHistory();

  /** What is said of the only pod after a look in that minute, with its GPU so busy. */
  private Idle look(int minute, String percent) {
    GpuUse use = new GpuUse();
    use.add(
        "node",
        new Known.Fact<>(
            List.of("DCGM_FI_DEV_GPU_UTIL{UUID=\"a\",namespace=\"n\",pod=\"p\"} " + percent)));
    Snapshot seen =
        new Snapshot(
            START.plusSeconds(60L * minute),
            new Known.Fact<>(List.of()),
            new Known.Fact<>(pods()),
            true,
            List.of(),
            new Known.Fact<>(Dra.NONE),
            new Snapshot.Measured(
                new Known.Fact<>(use), new Known.Unknown<>("", ""), new Known.Unknown<>("", "")));
    history.take(seen);
    return seen.holders("").getFirst().idle();
  }

  private static Pods pods() {
    ObjectNode list = Json.object();
    ObjectNode pod = list.putArray("items").addObject();
    pod.putObject("metadata").put("namespace", "n").put("name", "p");
    ObjectNode spec = pod.putObject("spec").put("nodeName", "node");
    ObjectNode container = spec.putArray("containers").addObject().put("name", "c");
    for (String kind : List.of("requests", "limits")) {
      container.withObjectProperty("resources").putObject(kind).put("nvidia.com/gpu", "1");
    }
    ObjectNode status = pod.putObject("status").put("phase", "Running");
    status
        .putArray("containerStatuses")
        .addObject()
        .put("name", "c")
        .putObject("state")
        .putObject("running");
    try (ApiClient client = new ApiClient(answering(list), "test")) {
      return Pods.read(new Reader(client), "", Dra.NONE);
    }
  }

  private static Transport answering(ObjectNode list) {
    return new Transport() {
      @Override
      public Reply send(Request request) {
        return new Reply(200, Map.of(), new ByteArrayInputStream(JsonText.bytes(list)));
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void theFirstLookKnowsOnlyThatItIsIdleNow() {
    assertThat(look(0, "0")).isEqualTo(Idle.NOW);
  }

  @Test
  void laterLooksKnowHowLongAtLeast() {
    look(0, "0");
    assertThat(look(5, "0")).isEqualTo(Idle.atLeastSince(START));
    assertThat(look(9, "0")).isEqualTo(Idle.atLeastSince(START));
  }

  @Test
  void whoSawItBusyKnowsSinceWhenItIsIdle() {
    assertThat(look(0, "80")).isEqualTo(Idle.BUSY);
    assertThat(look(1, "0")).isEqualTo(Idle.since(START.plusSeconds(60)));
    assertThat(look(5, "0")).isEqualTo(Idle.since(START.plusSeconds(60)));
    assertThat(look(6, "3")).isEqualTo(Idle.BUSY);
    assertThat(look(7, "0").since()).isEqualTo(Optional.of(START.plusSeconds(420)));
  }

  @Test
  void whatIsNotMeasuredIsNotKnown() {
    assertThat(look(0, "NaN")).isEqualTo(Idle.UNKNOWN);
  }
}
