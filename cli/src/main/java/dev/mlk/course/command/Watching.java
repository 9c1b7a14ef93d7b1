package dev.mlk.course.command;

import dev.mlk.course.CourseModule;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import dev.mlk.course.watch.Watch;
import dev.mlk.course.web.WebPage;
import java.security.SecureRandom;
import java.util.function.Function;

/** Begins a module and follows it, on a terminal or for a browser. */
final class Watching {
  private final Course course;
  private final Pack pack;

  Watching(Course course, Pack pack) {
    this.course = course;
    this.pack = pack;
  }

  /**
   * Follows a module until somebody ends it.
   *
   * @param folder the folder of the learner's files; empty for the usual one
   * @param web whether a browser shows it
   * @param which the module, once the workshop is open
   * @return the exit code
   */
  int show(String folder, boolean web, Function<Workshop, CourseModule> which) throws Exception {
    try (Workshop workshop = course.open(folder)) {
      CourseModule module = which.apply(workshop);
      Beginning beginning = new Beginning(course, workshop);
      beginning.files(module);
      // What has to be asked is asked now: later the keys are taken.
      beginning.seen(module, module.steps());
      Watch watch =
          new Watch(
              course.invocation(), workshop.connection().client(), workshop.place().namespace());
      CourseLesson lesson = new CourseLesson(course, workshop, pack, module);
      return web
          ? new WebPage(course.invocation(), watch).show(lesson, new SecureRandom())
          : watch.show(lesson);
    }
  }
}
