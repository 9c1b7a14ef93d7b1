package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.act.CatchUp;
import dev.mlk.course.verify.Workshop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk module catch-up}. */
@Command(
    name = "catch-up",
    description = "Make what a module needs of those before it, for who comes late",
    footer = {
      "",
      "Only what later steps need is made, not every solution; what is there already stays.",
      "Steps before the module do not count as passed for it.",
      "",
      "Examples:",
      "  mlk module catch-up module-6",
      "  mlk module catch-up module-6 --yes"
    })
public final class ModuleCatchUpCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE", description = "Such as module-6")
  private String name = "";

  @Option(names = "--dir", paramLabel = "FOLDER", description = "The folder of your files")
  private String folder = "";

  private final Course course;

  ModuleCatchUpCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    CourseModule wanted = course.pack("").module(name);
    List<CourseModule> before = CatchUp.before(course.pack("").modules(), wanted);
    try (Workshop workshop = course.open(folder)) {
      course.allow(workshop);
      Instant start = invocation.clock().instant();
      int made = 0;
      for (CourseModule module : before) {
        made += CatchUp.outputs(module).size();
        CatchUp.run(module, workshop.actions(module));
      }
      new Beginning(course, workshop).files(wanted);
      Duration took = Duration.between(start, invocation.clock().instant());
      invocation.note(
          made
              + (made == 1 ? " step" : " steps")
              + " of "
              + before.size()
              + (before.size() == 1 ? " module" : " modules")
              + " caught up in "
              + took.toSeconds()
              + " s. Next: mlk module start "
              + wanted.name());
    }
    return 0;
  }
}
