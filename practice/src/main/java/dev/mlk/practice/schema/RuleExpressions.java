package dev.mlk.practice.schema;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import tools.jackson.databind.JsonNode;

/**
 * The rules that can be evaluated: the commonest one, that a value may not change. Any other rule
 * needs CEL, which is not here; it counts as kept, and the log says so when its schema is compiled.
 */
final class RuleExpressions {
  private static final Logger LOG = System.getLogger(RuleExpressions.class.getName());
  private static final String UNCHANGED = "self == oldSelf";

  private RuleExpressions() {}

  /** Says of a schema's rule that it will not be checked. */
  static void announce(String expression) {
    if (!expression.strip().equals(UNCHANGED)) {
      LOG.log(
          Level.WARNING,
          "rule of a custom resource is not checked, as it needs CEL: {0}",
          expression);
    }
  }

  /** Whether a value keeps the rule. */
  static boolean holds(String expression, JsonNode self, JsonNode old) {
    return !expression.strip().equals(UNCHANGED) || (old != null && Numbers.equal(self, old));
  }
}
