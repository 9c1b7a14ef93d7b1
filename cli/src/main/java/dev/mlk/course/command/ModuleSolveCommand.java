package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Style;
import dev.mlk.course.Action;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import dev.mlk.course.act.Actions;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Waiting;
import dev.mlk.course.verify.Workshop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk module solve}. */
@Command(
    name = "solve",
    description = "Show the solution of a step, and do it if wanted",
    footer = {
      "",
      "Everything is shown before it is asked whether it shall be done. Files of yours that",
      "it replaces stay beside it as NAME.yours. The step counts as assisted.",
      "",
      "Examples:",
      "  mlk module solve 3.3 --dry-run",
      "  mlk module solve 3.3",
      "  mlk module solve 3.3 --yes"
    })
public final class ModuleSolveCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "STEP", description = "Such as 3.2")
  private String wanted = "";

  @Option(names = "--dry-run", description = "Only show it")
  private boolean dryRun;

  private final Course course;

  ModuleSolveCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() throws InterruptedException {
    Invocation invocation = course.invocation();
    Pack pack = course.pack("");
    try (Workshop workshop = course.open("")) {
      Pack.Place place = Course.step(pack, workshop.store().read(), wanted);
      CourseModule module = place.module();
      Step step = place.step();
      show(invocation.console(), workshop, module, step);
      if (dryRun) {
        return 0;
      }
      invocation.confirm("Do this in the namespace " + workshop.place().namespace() + "?");
      course.allow(workshop);
      new Beginning(course, workshop).seen(module, List.of(step));
      workshop.actions(module).run(step, step.script().solution());
      workshop
          .store()
          .update(
              progress ->
                  progress.at(
                      module, step, invocation.clock().instant(), ModuleSolveCommand::assisted));
      VerifyReport report =
          new VerifyReport(
              module, new Waiting(workshop, invocation.clock()).verify(module, List.of(step)));
      report.print(invocation);
      return report.code().number();
    }
  }

  private static StepProgress assisted(StepProgress before) {
    return new StepProgress(
        before.startedAt(),
        before.passedAt(),
        before.spentSeconds(),
        before.hints(),
        true,
        before.lastCode(),
        before.attempts());
  }

  private static void show(Console console, Workshop workshop, CourseModule module, Step step) {
    console.print(console.paint(Style.BOLD, step.id() + "  " + step.title()));
    Set<String> shown = new LinkedHashSet<>();
    Actions actions = workshop.actions(module);
    for (Action action : step.script().solution()) {
      console.print("- " + Actions.describe(action));
      actions
          .content(action)
          .filter(text -> shown.add(text))
          .ifPresent(text -> indent(console, text));
    }
  }

  private static void indent(Console console, String text) {
    text.lines().forEach(line -> console.print(line.isEmpty() ? "" : "    " + line));
  }
}
