package dev.mlk.course.content;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.act.CatchUp;
import dev.mlk.course.verify.Workshop;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tests modules of a pack, one after the other, on a bench. */
public final class ContentCheck {
  /**
   * What came out for a module.
   *
   * @param module the module
   * @param faults what is wrong with it
   * @param took how long it took
   */
  public record Result(CourseModule module, List<Fault> faults, Duration took) {
    public Result {
      faults = List.copyOf(faults);
    }
  }

  private final List<CourseModule> pack;
  private final Path work;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * A test of modules.
   *
   * @param pack all modules of the pack
   * @param work an empty folder
   * @param progress is told what is tried, and what is wrong at once
   */
  public ContentCheck(
      List<CourseModule> pack, Path work, InstantSource clock, Consumer<String> progress) {
    this.progress = progress;
    this.pack = List.copyOf(pack);
    this.work = work;
    this.clock = clock;
  }

  /** What is wrong with a module without looking at a cluster. */
  public List<Fault> lint(CourseModule module) {
    Set<String> names = new LinkedHashSet<>();
    pack.forEach(one -> names.add(one.name()));
    return new Lint(module, names).faults();
  }

  /**
   * Tries all steps of a module, or one.
   *
   * @param only the step's number; empty for all
   */
  public Result check(Bench bench, CourseModule module, String only) throws InterruptedException {
    Instant start = clock.instant();
    List<Fault> faults = new ArrayList<>(lint(module));
    Path folder = work.resolve(module.name());
    try (Workshop workshop = bench.open("mlk-" + module.name(), folder)) {
      for (CourseModule before : CatchUp.before(pack, module)) {
        outputs(workshop, before, module, faults);
      }
      for (Step step : module.steps()) {
        if (only.isEmpty() || step.id().equals(only)) {
          faults.addAll(new Trials(workshop, module, step, clock, progress).faults());
        }
        output(workshop, module, step, faults);
      }
    }
    return new Result(module, faults, Duration.between(start, clock.instant()));
  }

  private static void outputs(
      Workshop workshop, CourseModule before, CourseModule module, List<Fault> faults) {
    try {
      CatchUp.run(before, workshop.actions(before));
    } catch (Problem e) {
      faults.add(new Fault(module.name(), "", "catch-up", before.name() + ": " + said(e)));
    }
  }

  private static void output(
      Workshop workshop, CourseModule module, Step step, List<Fault> faults) {
    try {
      workshop.actions(module).run(step, step.script().outputs());
    } catch (Problem e) {
      faults.add(new Fault(module.name(), step.id(), "outputs", said(e)));
    }
  }

  private static String said(Problem e) {
    return e.explanation().sentence() + " " + String.join("; ", e.explanation().causes());
  }
}
