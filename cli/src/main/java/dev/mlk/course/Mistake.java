package dev.mlk.course;

import java.util.List;
import java.util.Optional;

/**
 * A wrong answer that the step must recognise.
 *
 * @param name unique in the step
 * @param code the code that must come out
 * @param seen a regular expression that what was seen must match; may be empty
 * @param inject how it is made
 * @param kubeconfig what is wrong with the kubeconfig, if that is the mistake
 */
public record Mistake(
    String name, String code, String seen, List<Action> inject, Optional<Kubeconfig> kubeconfig) {
  public Mistake {
    inject = List.copyOf(inject);
  }
}
