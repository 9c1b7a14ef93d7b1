package dev.mlk.course;

import java.util.List;

/**
 * A wrong answer that the step must recognise.
 *
 * @param name unique in the step
 * @param code the code that must come out
 * @param seen a regular expression that what was seen must match; may be empty
 * @param inject how it is made
 */
public record Mistake(String name, String code, String seen, List<Action> inject) {
  public Mistake {
    inject = List.copyOf(inject);
  }
}
