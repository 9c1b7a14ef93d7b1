package dev.mlk.course.act;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import java.util.ArrayList;
import java.util.List;

/** Brings who comes late to the start of a module. */
public final class CatchUp {
  private CatchUp() {}

  /** The modules that a module needs, directly or by way of others, in the pack's order. */
  public static List<CourseModule> before(List<CourseModule> all, CourseModule wanted) {
    List<String> needed = new ArrayList<>(wanted.needs());
    for (int i = 0; i < needed.size(); i++) {
      String name = needed.get(i);
      all.stream()
          .filter(module -> module.name().equals(name))
          .flatMap(module -> module.needs().stream())
          .filter(one -> !needed.contains(one))
          .forEach(needed::add);
    }
    return all.stream().filter(module -> needed.contains(module.name())).toList();
  }

  /** The steps that leave something for later. */
  public static List<Step> outputs(CourseModule module) {
    return module.steps().stream().filter(step -> !step.script().outputs().isEmpty()).toList();
  }

  /** Makes what a module leaves for later ones. */
  public static void run(CourseModule module, Actions actions) {
    for (Step step : outputs(module)) {
      actions.run(step, step.script().outputs());
    }
  }
}
