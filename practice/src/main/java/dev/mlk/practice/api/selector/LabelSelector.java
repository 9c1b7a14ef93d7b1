package dev.mlk.practice.api.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A label selector: all of its conditions must hold; none selects everything. */
public final class LabelSelector {
  private static final LabelSelector EVERYTHING = new LabelSelector(List.of());
  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /** Reads a selector in the URL's syntax; throws a 400 in Kubernetes' words. */
  public static LabelSelector parse(String text) {
    return text.isBlank()
        ? EVERYTHING
        : new LabelSelector(new LabelSelectorParser(text).requirements());
  }

  /** A selector object with matchLabels and matchExpressions; an empty one selects everything. */
  public static LabelSelector of(JsonNode selector) {
    List<Requirement> all = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(
            label ->
                all.add(
                    new Requirement(
                        label.getKey(),
                        Requirement.Operator.IN,
                        List.of(label.getValue().asString("")))));
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asString("")));
      Requirement.Operator operator =
          switch (expression.path("operator").asString("")) {
            case "NotIn" -> Requirement.Operator.NOT_IN;
            case "Exists" -> Requirement.Operator.EXISTS;
            case "DoesNotExist" -> Requirement.Operator.ABSENT;
            default -> Requirement.Operator.IN;
          };
      all.add(new Requirement(expression.path("key").asString(""), operator, values));
    }
    return new LabelSelector(all);
  }

  /** Whether it selects everything. */
  public boolean everything() {
    return requirements.isEmpty();
  }

  /** The labels that must have one certain value, with that value. */
  public Map<String, String> exact() {
    Map<String, String> exact = new HashMap<>();
    for (Requirement requirement : requirements) {
      if (requirement.operator() == Requirement.Operator.IN && requirement.values().size() == 1) {
        exact.put(requirement.key(), requirement.values().getFirst());
      }
    }
    return exact;
  }

  /** Whether it selects the object. */
  public boolean matches(JsonNode object) {
    JsonNode labels = object.path("metadata").path("labels");
    return matchesLabels(name -> labels.path(name).asString(null));
  }

  /**
   * Whether it selects objects with these labels.
   *
   * @param labels the value of a label, null when it is not there
   */
  public boolean matchesLabels(UnaryOperator<String> labels) {
    // A loop: lists ask this for each of thousands of objects.
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels.apply(requirement.key()))) {
        return false;
      }
    }
    return true;
  }
}
