package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Style;
import dev.mlk.console.Wrapping;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.check.Words;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk module hint}. */
@Command(
    name = "hint",
    description = "Give the next hint for a step, from where to look to the exact command",
    footer = {
      "",
      "There are four. The first begins with what is the matter right now. Nobody counts",
      "them against you.",
      "",
      "Examples:",
      "  mlk module hint",
      "  mlk module hint 3.3",
      "  mlk module hint 3.3 --all"
    })
public final class ModuleHintCommand implements Callable<Integer> {
  private static final List<String> RUNGS =
      List.of("Where to look", "The idea", "The shape", "The command");

  @Parameters(arity = "0..1", paramLabel = "STEP", description = "Such as 3.2")
  private String wanted = "";

  @Option(names = "--all", description = "All four at once")
  private boolean all;

  private final Course course;

  ModuleHintCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    Pack pack = course.pack("");
    try (Workshop workshop = course.open("")) {
      Pack.Place place = Course.step(pack, workshop.store().read(), wanted);
      CourseModule module = place.module();
      Step step = place.step();
      new Beginning(course, workshop).seen(module, List.of(step));
      int given = workshop.store().read().of(module, step).hints();
      int now = all ? RUNGS.size() : Math.min(given + 1, RUNGS.size());
      Console console = invocation.console();
      console.print(console.paint(Style.BOLD, step.id() + "  " + step.title()));
      if (now == 1 || all) {
        live(console, workshop.look(module, step));
      }
      Words words = new Words(workshop.scene(module));
      for (int rung = all ? 1 : now; rung <= now; rung++) {
        console.print("");
        console.print(
            console.paint(
                Style.DIM, "Hint " + rung + " of " + RUNGS.size() + ": " + RUNGS.get(rung - 1)));
        String hint = words.fill(step.hints().get(rung - 1)).stripTrailing();
        Wrapping.lines(hint, console.width() - 2).forEach(line -> console.print("  " + line));
      }
      remember(workshop, module, step, now);
      invocation.note(
          now < RUNGS.size()
              ? "Another hint: the same command again."
              : "That was the last one. mlk module solve " + step.id() + " shows the solution.");
    }
    return 0;
  }

  private static void live(Console console, StepVerdict verdict) {
    if (verdict.first().isEmpty()) {
      console.print("  It has passed: mlk module next goes on.");
      return;
    }
    Verdict first = verdict.first().get();
    Texts.field(console, "  ", "seen", first.seen());
    Texts.field(console, "  ", "expected", first.expected());
    Texts.field(console, "  ", "next", first.next());
  }

  private void remember(Workshop workshop, CourseModule module, Step step, int rung) {
    workshop
        .store()
        .update(
            progress ->
                progress.at(
                    module,
                    step,
                    course.invocation().clock().instant(),
                    before ->
                        new StepProgress(
                            before.startedAt(),
                            before.passedAt(),
                            before.spentSeconds(),
                            Math.max(rung, before.hints()),
                            before.assisted(),
                            before.lastCode(),
                            before.attempts())));
  }
}
