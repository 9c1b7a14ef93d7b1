package dev.mlk.course.command;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.check.Words;
import dev.mlk.course.progress.Progress;
import dev.mlk.course.verify.Workshop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Puts the start of modules and steps there: files to edit, objects that the learner finds. */
final class Beginning {
  private final Course course;
  private final Workshop workshop;

  Beginning(Course course, Workshop workshop) {
    this.course = course;
    this.workshop = workshop;
  }

  /** Copies a module's start files that are not there yet; returns their names. */
  List<String> files(CourseModule module) {
    Path folder = workshop.folder(module);
    workshop.store().update(progress -> progress.inFolder(module.name(), folder.toString()));
    Words words = new Words(workshop.scene(module));
    return workshop.files(module).begin(words::fill);
  }

  /** Puts there what steps begin with that were never looked at before. */
  void seen(CourseModule module, List<Step> steps) {
    for (Step step : steps) {
      Progress progress = workshop.store().read();
      if (progress.of(module, step).startedAt().isEmpty()) {
        if (!step.script().given().isEmpty()) {
          course.allow(workshop);
          workshop.actions(module).run(step, step.script().given());
        }
        Instant now = course.invocation().clock().instant();
        workshop.store().update(before -> before.at(module, step, now, begun -> begun));
      }
    }
  }
}
