package dev.mlk.course.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.course.watch.Mark;
import dev.mlk.course.watch.PlayedLesson;
import dev.mlk.format.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the browser gets. */
final class PageDocumentTest {
  private final PlayedLesson lesson =
      new PlayedLesson("module-3", Path.of("x"), Mark.PASSED, Mark.FAILED, Mark.OPEN);

  @Test
  void thePageHasItsTextAndAPlaceForEachTick() {
    assertThat(PageDocument.html(lesson))
        .contains("<title>module-3: GPUs</title>", "id=\"step-3.2\"", "<table>", "/page.js")
        .doesNotContain("%TITLE%", "%BODY%", "style=", "onclick");
  }

  @Test
  void theStateIsOneLineWithTheWholeDiagnosis() {
    String line = PageDocument.state(lesson, lesson.known(), false);
    assertThat(line).doesNotContain("\n");
    JsonNode state = Json.read(line);
    assertThat(state.path("passed").asInt(0)).isEqualTo(1);
    assertThat(state.path("steps").get(1).path("code").asString("")).isEqualTo("GPU-NO-LIMIT");
    assertThat(state.path("steps").get(1).path("next").asString("")).startsWith("put ");
    assertThat(state.path("steps").get(0).has("code")).isFalse();
  }
}
