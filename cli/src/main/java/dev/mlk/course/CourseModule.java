package dev.mlk.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A module of the workshop, as its author wrote it.
 *
 * @param name such as {@code module-3}
 * @param title such as {@code GPUs}
 * @param summary what it is about, one line
 * @param minutes how long it takes
 * @param needs names of the modules that come before
 * @param steps its steps in order
 * @param folder where its files are
 */
public record CourseModule(
    String name,
    String title,
    String summary,
    int minutes,
    List<String> needs,
    List<Step> steps,
    Path folder) {
  public CourseModule {
    needs = List.copyOf(needs);
    steps = List.copyOf(steps);
  }

  /** The step of that number, such as {@code 3.3}. */
  public Optional<Step> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** The page that the learner reads. */
  public Path page() {
    return folder.resolve("page.md");
  }
}
