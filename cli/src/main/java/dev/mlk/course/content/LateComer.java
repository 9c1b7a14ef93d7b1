package dev.mlk.course.content;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.act.Belongings;
import dev.mlk.course.act.CatchUp;
import dev.mlk.course.check.Scene;
import dev.mlk.course.verify.Workshop;
import dev.mlk.facts.Nodes;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Comes to a module in a namespace where nothing is: makes what the module needs of those before
 * it, once more without changing anything, and solves the module's first step.
 */
final class LateComer {
  private static final String TEST = "catch-up";

  private final Workshop workshop;
  private final List<CourseModule> before;
  private final CourseModule module;
  private final Pace pace;
  private final Findings findings;

  LateComer(
      Workshop workshop,
      List<CourseModule> before,
      CourseModule module,
      Pace pace,
      Findings findings) {
    this.workshop = workshop;
    this.before = List.copyOf(before);
    this.module = module;
    this.pace = pace;
    this.findings = findings;
  }

  /** How long the catching up took. */
  Duration run() throws InterruptedException {
    findings.trying(module.name(), TEST);
    Instant start = pace.clock().instant();
    if (!outputs(TEST)) {
      return Duration.ZERO;
    }
    Duration took = Duration.between(start, pace.clock().instant());
    Map<String, String> made = made();
    pace.delays().pause();
    outputs(TEST + ", once more");
    Map<String, String> again = made();
    if (!again.equals(made)) {
      findings.bad("", TEST, "once more makes something else: " + made + ", then " + again);
    }
    for (Step step : module.steps()) {
      if (!step.optional()) {
        new Trials(workshop, module, step, pace, findings).solutionAlone(TEST);
        break;
      }
    }
    return took;
  }

  /** Makes what the module needs of those before it; returns whether it could be made. */
  boolean outputs(String test) {
    for (CourseModule one : before) {
      try {
        CatchUp.run(one, workshop.actions(one));
      } catch (Problem e) {
        findings.bad("", test, one.name() + ": " + Trials.said(e));
        return false;
      }
    }
    return true;
  }

  /** The objects that are there of what earlier modules make, each with its uid. */
  private Map<String, String> made() {
    Map<String, String> all = new TreeMap<>();
    for (CourseModule one : before) {
      Scene scene = workshop.scene(one);
      for (Step step : CatchUp.outputs(one)) {
        for (Belongings.Thing thing : new Belongings(one, step, scene).objects()) {
          for (JsonNode object : scene.cluster().list(thing.resource(), thing.namespace())) {
            if (Nodes.name(object).equals(thing.name())) {
              all.put(thing.reference(), object.path("metadata").path("uid").asString(""));
            }
          }
        }
      }
    }
    return all;
  }

  /** Takes back what was made for this module, and says what is left after all. */
  void leave() throws InterruptedException {
    reset(module);
    // What was made last goes first: a claim stays as long as anybody uses it.
    before.reversed().forEach(this::reset);
    List<String> left = Remains.of(workshop, module, pace.clock());
    if (!left.isEmpty()) {
      findings.bad("", "reset", "it leaves " + String.join(", ", left) + " behind");
    }
  }

  private void reset(CourseModule one) {
    try {
      workshop.resetting(one, one.steps()).run();
    } catch (Problem e) {
      findings.bad("", "reset", one.name() + ": " + Trials.said(e));
    }
  }
}
