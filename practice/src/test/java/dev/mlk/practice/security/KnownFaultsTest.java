package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing is excused because somebody remembers it so. */
final class KnownFaultsTest {
  private static final Path TRUTH = Path.of("..", "testbed", "apidiff", "truth.jsonl");

  @Test
  void kubernetesWasSeenToAnswerEachOfThem() throws IOException {
    List<String> recorded = new ArrayList<>();
    for (String line : Files.readAllLines(TRUTH)) {
      for (JsonNode step : JsonMapper.shared().readTree(line).path("steps")) {
        if (step.path("status").asInt() >= 500) {
          recorded.add(step.path("body").toString());
        }
      }
    }
    assertThat(recorded).isNotEmpty();
    for (String phrase : KnownFaults.PHRASES) {
      assertThat(recorded).as(phrase).anyMatch(answer -> answer.contains(phrase));
    }
  }
}
