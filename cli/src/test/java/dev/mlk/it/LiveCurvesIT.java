package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Event files that are read while the trials of a sweep write them. */
@Tag("slow")
final class LiveCurvesIT {
  private static final Pattern LAST_STEP = Pattern.compile("step ([0-9,]+)");

  @Test
  void trialsOfARunningSweepAreSeenToGrowAndEveryNumberIsToldOnce() throws Exception {
    try (Mlk mlk = new Mlk();
        Mlk.Running sweep =
            mlk.start("sweep", "--lr", "0.01,0.001", "--set", "steps=6000", "--name", "live")) {
      Mlk.await(
          "event files of both trials",
          () -> runs(mlk.mayFail("metrics", "live", "-o", "jsonl", "--tag", "loss").out()) == 2);
      try (Mlk.Running text = mlk.start("tensorboard", "live", "--text", "-w", "--tag", "loss");
          Mlk.Running rows = mlk.start("metrics", "live", "-w", "-o", "jsonl", "--tag", "loss")) {
        rows.awaitOut("numbers of both trials", out -> runs(out) == 2);
        int first = points(rows.out());
        rows.awaitOut("more of them", out -> points(out) > first);
        assertThat(sweep.process().isAlive()).as("the sweep still runs").isTrue();
        assertThat(sweep.end().code()).isZero();
        Mlk.Result all = rows.end();
        assertThat(all.code()).as(all.err()).isZero();
        String afterwards = mlk.ok("metrics", "live", "-o", "jsonl", "--tag", "loss");
        assertThat(numbers(all.out())).isEqualTo(numbers(afterwards));
        Mlk.Result drawn = text.end();
        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertGrown(drawn.out());
      }
    }
  }

  /** Picture after picture, the axis grows longer, to the last step of training. */
  private static void assertGrown(String pictures) {
    List<Integer> steps = new ArrayList<>();
    LAST_STEP
        .matcher(pictures)
        .results()
        .forEach(match -> steps.add(Integer.parseInt(match.group(1).replace(",", ""))));
    assertThat(steps).isSorted().hasSizeGreaterThan(1).endsWith(6000);
    assertThat(steps.getFirst()).isLessThan(6000);
  }

  private static List<JsonNode> lines(String text) {
    // The last line may be on its way.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole.lines().filter(line -> line.startsWith("{")).map(Json::read).toList();
  }

  private static int points(String text) {
    return lines(text).size();
  }

  /** How many trials there are numbers of. */
  private static long runs(String text) {
    return lines(text).stream()
        .map(line -> line.path("run").asString("").replaceFirst("/.*", ""))
        .filter(run -> !run.isEmpty())
        .distinct()
        .count();
  }

  /** How often each number is told. */
  private static Map<JsonNode, Integer> numbers(String text) {
    Map<JsonNode, Integer> numbers = new HashMap<>();
    lines(text).forEach(line -> numbers.merge(line, 1, Integer::sum));
    return numbers;
  }
}
