package dev.mlk.course;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Something that must hold for a step to pass.
 *
 * @param verb which of the vocabulary, such as {@code exists}
 * @param arguments what the verb takes; a list for {@code all}, {@code any} and {@code none}
 * @param says what is right when it passes
 * @param words what to say when it fails; each may be empty
 * @param timeout how long the cluster may take
 * @param requires what a cluster must be able to do, beside what the step requires
 * @param shared whether the shared diagnosis of workloads may explain it
 * @param onFail more exact explanations, the first that matches is taken
 */
public record Check(
    String verb,
    JsonNode arguments,
    String says,
    Words words,
    Duration timeout,
    Set<Capability> requires,
    boolean shared,
    List<Rule> onFail) {
  /**
   * What is said of a failure; each may be empty.
   *
   * @param code the code, in capital letters
   * @param seen what was seen
   * @param expected what was expected
   * @param why why it matters
   * @param next what to try next
   */
  public record Words(String code, String seen, String expected, String why, String next) {}

  /**
   * An explanation of a failure.
   *
   * @param when what must hold for it, all of it; empty for always
   * @param words what to say
   * @param last whether it comes after the shared diagnosis
   */
  public record Rule(List<Check> when, Words words, boolean last) {
    public Rule {
      when = List.copyOf(when);
    }
  }

  public Check {
    requires = Set.copyOf(requires);
    onFail = List.copyOf(onFail);
  }
}
