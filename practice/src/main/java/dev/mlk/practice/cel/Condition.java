package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A condition on requests, as webhooks have them. Safe for many threads. */
public final class Condition {
  private final String text;
  private final Expression expression;

  private Condition(String text, Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * Compiles a condition.
   *
   * @param names its variables, of any type
   * @throws CelException when it cannot be compiled or is not about truth
   */
  public static Condition compile(String text, List<String> names) throws CelException {
    Map<String, CelType> variables = new LinkedHashMap<>();
    names.forEach(name -> variables.put(name, SimpleType.DYN));
    Expression expression;
    try {
      expression = Expression.compile(Library.compiler(new Types(), variables), text);
    } catch (CelException e) {
      throw new CelException("compilation failed: " + e.getMessage());
    }
    if (!expression.yields("bool")) {
      throw new CelException("must evaluate to bool but got " + expression.type());
    }
    return new Condition(text, expression);
  }

  /** Why the server refuses the condition; empty when it is good. */
  public static Optional<String> problem(String text, List<String> names) {
    try {
      compile(text, names);
      return Optional.empty();
    } catch (CelException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether it holds; throws when it cannot be said. */
  public boolean holds(Map<String, JsonNode> variables) throws CelException {
    Map<String, Object> values = new HashMap<>();
    variables.forEach((name, value) -> values.put(name, Values.any(value)));
    try {
      return Boolean.TRUE.equals(expression.value(values));
    } catch (CelException e) {
      throw new CelException("expression '" + text + "' resulted in error: " + e.getMessage());
    }
  }
}
