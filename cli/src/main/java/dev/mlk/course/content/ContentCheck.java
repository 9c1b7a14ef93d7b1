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
   * @param skipped what the cluster could not show, with the reason
   * @param caughtUp how long it took to come to its start from nothing
   * @param took how long all of it took
   */
  public record Result(
      CourseModule module,
      List<Fault> faults,
      List<String> skipped,
      Duration caughtUp,
      Duration took) {
    public Result {
      faults = List.copyOf(faults);
      skipped = List.copyOf(skipped);
    }
  }

  private final List<CourseModule> pack;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final Duration patience;

  /**
   * A test of modules.
   *
   * @param pack all modules of the pack
   * @param progress is told what is tried, and what is wrong at once
   * @param patience how long to wait at least for a verdict that does not come
   */
  public ContentCheck(
      List<CourseModule> pack, InstantSource clock, Consumer<String> progress, Duration patience) {
    this.patience = patience;
    this.progress = progress;
    this.pack = List.copyOf(pack);
    this.clock = clock;
  }

  /** What is wrong with a module without looking at a cluster. */
  public Result lint(CourseModule module) {
    return new Result(module, linted(module), List.of(), Duration.ZERO, Duration.ZERO);
  }

  private List<Fault> linted(CourseModule module) {
    Set<String> names = new LinkedHashSet<>();
    pack.forEach(one -> names.add(one.name()));
    return new Lint(module, names).faults();
  }

  /**
   * Tries all steps of a module, or one.
   *
   * @param only the step's number; empty for all
   * @param delays pauses before whatever is done and looked at
   */
  public Result check(Bench bench, CourseModule module, String only, Delays delays)
      throws InterruptedException {
    Instant start = clock.instant();
    Pace pace = new Pace(clock, delays, patience);
    Findings findings = new Findings(module, progress);
    linted(module).forEach(findings::bad);
    List<CourseModule> before = CatchUp.before(pack, module);
    Duration caughtUp =
        only.isEmpty() ? late(bench, module, before, pace, findings) : Duration.ZERO;
    String namespace = "mlk-" + module.name();
    Path folder = folder(bench, module, "");
    try (Workshop workshop = bench.open(namespace, folder)) {
      LateComer learner = new LateComer(workshop, before, module, pace, findings);
      learner.outputs("catch-up");
      for (Step step : module.steps()) {
        if (only.isEmpty() || step.id().equals(only)) {
          new Trials(workshop, module, step, pace, findings)
              .withKubeconfigs(wrong -> bench.open(namespace, folder, wrong))
              .run();
        }
        output(workshop, module, step, findings);
      }
      learner.leave();
      end(bench, workshop);
    }
    Duration took = Duration.between(start, clock.instant());
    return new Result(module, findings.faults(), findings.skipped(), caughtUp, took);
  }

  private Duration late(
      Bench bench, CourseModule module, List<CourseModule> before, Pace pace, Findings findings)
      throws InterruptedException {
    Path folder = folder(bench, module, "-late");
    try (Workshop workshop = bench.open("mlk-" + module.name() + "-late", folder)) {
      LateComer late = new LateComer(workshop, before, module, pace, findings);
      Duration took = late.run();
      late.leave();
      end(bench, workshop);
      return took;
    }
  }

  private static Path folder(Bench bench, CourseModule module, String which) {
    return bench.folder().resolve(module.name() + which);
  }

  /** A cluster that is somebody's own is left as it was. */
  private static void end(Bench bench, Workshop workshop) {
    if (bench.lasting()) {
      workshop.writer().removeNamespace();
    }
  }

  private static void output(Workshop workshop, CourseModule module, Step step, Findings findings) {
    try {
      workshop.actions(module).run(step, step.script().outputs());
    } catch (Problem e) {
      findings.bad(step.id(), "outputs", Trials.said(e));
    }
  }
}
