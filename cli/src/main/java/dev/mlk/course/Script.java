package dev.mlk.course;

import java.util.List;

/**
 * What the course itself does for a step.
 *
 * @param given what the learner finds
 * @param solution what solves it
 * @param alternatives what solves it as well
 * @param perturb what breaks it again
 * @param outputs what later steps need of it
 */
public record Script(
    List<Action> given,
    List<Action> solution,
    List<Alternative> alternatives,
    List<Action> perturb,
    List<Action> outputs) {
  /**
   * Another right answer.
   *
   * @param name its name, unique in the step
   * @param actions what it does
   */
  public record Alternative(String name, List<Action> actions) {
    public Alternative {
      actions = List.copyOf(actions);
    }
  }

  public Script {
    given = List.copyOf(given);
    solution = List.copyOf(solution);
    alternatives = List.copyOf(alternatives);
    perturb = List.copyOf(perturb);
    outputs = List.copyOf(outputs);
  }
}
