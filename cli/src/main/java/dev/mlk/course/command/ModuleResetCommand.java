package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.act.Belongings;
import dev.mlk.course.act.Resetting;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk module reset}. */
@Command(
    name = "reset",
    description = "Begin a step or a module anew; your files are kept aside",
    footer = {
      "",
      "Deletes what the course made (label mlk.dev/owned), and, after asking, what you made",
      "for the step. Your files move to .kept beside them.",
      "",
      "Examples:",
      "  mlk module reset 3.3",
      "  mlk module reset module-3 --yes"
    })
public final class ModuleResetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE[.STEP]", description = "Such as module-3 or 3.2")
  private String wanted = "";

  private final Course course;

  ModuleResetCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    List<Pack.Place> places = course.pack("").steps(wanted);
    CourseModule module = places.getFirst().module();
    List<Step> steps = places.stream().map(Pack.Place::step).toList();
    try (Workshop workshop = course.open("")) {
      course.allow(workshop);
      Resetting resetting = workshop.resetting(module, steps);
      List<String> theirs = new ArrayList<>();
      for (Belongings.Thing thing : resetting.things()) {
        if (!thing.ours()) {
          theirs.add(thing.reference());
        }
      }
      if (!theirs.isEmpty()) {
        invocation.confirm("Delete what you made as well: " + String.join(", ", theirs) + "?");
      }
      Optional<Path> aside = resetting.run();
      invocation.note(
          steps.size() == 1
              ? "Step " + steps.getFirst().id() + " is as it was at the start."
              : module.name() + " is as it was at the start.");
      aside.ifPresent(where -> invocation.note("Your files are in " + where + "."));
      new Beginning(course, workshop).files(module);
    }
    return 0;
  }
}
