package dev.mlk.course.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Script;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressStoreTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final Step STEP =
      new Step(
          "1.1",
          "A step",
          1,
          Set.of(),
          List.of(),
          false,
          Optional.empty(),
          List.of(),
          List.of(),
          new Script(List.of(), List.of(), List.of(), List.of(), List.of()),
          List.of());
  private static final CourseModule MODULE =
      new CourseModule("m-1", "M", "m", 1, List.of(), List.of(STEP), Path.of(""));

  @TempDir Path folder;

  @Test
  void whatIsRememberedIsReadAgain() {
    ProgressStore store = new ProgressStore(folder.resolve("p.json"));
    store.update(
        progress ->
            progress
                .answered("gpus", "3")
                .inFolder("m-1", "/x")
                .at(MODULE, STEP, START, before -> passed(before)));
    Progress read = new ProgressStore(folder.resolve("p.json")).read();
    assertThat(read.of(MODULE, STEP).passedAt()).hasValue(START);
    assertThat(read.answers()).containsEntry("gpus", "3");
    assertThat(read.folders()).containsEntry("m-1", "/x");
  }

  private static StepProgress passed(StepProgress before) {
    return new StepProgress(
        before.startedAt(), Optional.of(START), before.spentSeconds(), 0, false, "", 1);
  }

  @Test
  void timeCountsWhileTheLearnerIsAtIt() {
    Progress begun = Progress.NONE.at(MODULE, STEP, START, before -> before);
    Progress later = begun.at(MODULE, STEP, START.plusSeconds(120), before -> before);
    Progress afterLunch = later.at(MODULE, STEP, START.plusSeconds(7200), before -> before);
    assertThat(afterLunch.of(MODULE, STEP).spentSeconds()).isEqualTo(120);
  }

  @Test
  void whatCannotBeReadIsKeptAside() throws IOException {
    Path file = folder.resolve("p.json");
    Files.writeString(file, "{\"steps\": ");
    new ProgressStore(file).update(progress -> progress.answered("a", "b"));
    assertThat(new ProgressStore(file).read().answers()).containsEntry("a", "b");
    assertThat(Files.readString(folder.resolve("p.json.unreadable"))).isEqualTo("{\"steps\": ");
  }
}
