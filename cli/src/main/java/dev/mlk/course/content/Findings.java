package dev.mlk.course.content;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Status;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What comes out while a module is tried. */
final class Findings {
  private final CourseModule module;
  private final Consumer<String> progress;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> skipped = new LinkedHashSet<>();

  /**
   * Nothing yet.
   *
   * @param progress is told what is tried, and what is wrong at once
   */
  Findings(CourseModule module, Consumer<String> progress) {
    this.module = module;
    this.progress = progress;
  }

  /** Says what is tried. */
  void trying(String step, String test) {
    progress.accept(step + " " + test);
  }

  /** Something is wrong; the step is empty when it is about the module. */
  void bad(String step, String test, String what) {
    bad(new Fault(module.name(), step, test, what));
  }

  void bad(Fault fault) {
    faults.add(fault);
    progress.accept(fault.line());
  }

  /** Keeps what the cluster could not show. */
  void keepSkipped(StepVerdict verdict) {
    for (Verdict check : verdict.checks()) {
      if (check.status() == Status.SKIP) {
        skipped.add(verdict.step().id() + " " + check.says() + ": " + check.why());
      }
    }
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  List<String> skipped() {
    return List.copyOf(skipped);
  }
}
