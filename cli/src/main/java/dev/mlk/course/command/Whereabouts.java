package dev.mlk.course.command;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.board.Presence;
import dev.mlk.course.progress.Progress;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells the instructor's board where the learner is, if the learner wants that. */
final class Whereabouts {
  private Whereabouts() {}

  /** After the steps of a module were verified. */
  static void tell(
      Course course,
      Workshop workshop,
      Pack pack,
      CourseModule module,
      List<StepVerdict> verdicts) {
    Presence presence =
        new Presence(
            course.invocation().state(),
            workshop.connection().client(),
            workshop.place().namespace(),
            course.invocation().clock());
    presence.tell(() -> standing(workshop.store().read(), pack, module, verdicts));
  }

  private static Presence.Standing standing(
      Progress progress, Pack pack, CourseModule module, List<StepVerdict> verdicts) {
    int passed = 0;
    int steps = 0;
    Duration spent = Duration.ZERO;
    for (CourseModule one : pack.modules()) {
      spent = spent.plus(spent(progress, one));
      for (Step step : one.steps()) {
        steps++;
        passed += progress.of(one, step).passed() ? 1 : 0;
      }
    }
    Optional<StepVerdict> here =
        verdicts.stream().filter(one -> !one.done() && !one.step().optional()).findFirst();
    return new Presence.Standing(
        module.name(),
        here.map(one -> one.step().id()).orElse(""),
        here.flatMap(StepVerdict::first).map(Verdict::code).orElse(""),
        here.map(one -> progress.of(module, one.step()).hints()).orElse(0),
        passed,
        steps,
        spent);
  }

  /** The learner's time on a module so far. */
  static Duration spent(Progress progress, CourseModule module) {
    long seconds = 0;
    for (Step step : module.steps()) {
      seconds += progress.of(module, step).spentSeconds();
    }
    return Duration.ofSeconds(seconds);
  }
}
