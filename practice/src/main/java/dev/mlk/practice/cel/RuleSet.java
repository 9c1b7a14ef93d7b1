package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.compiler.CelCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The {@code x-kubernetes-validations} of one node of a schema. Nothing is compiled before it is
 * needed. Safe for many threads.
 */
public final class RuleSet {
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");
  private final JsonNode schema;
  private final boolean resource;
  private final List<JsonNode> rules;
  private Compiled[] compiled;
  private Shape shape;

  /**
   * A value that breaks a rule.
   *
   * @param rule the rule
   * @param message why, in the server's words
   * @param fault whether the rule could not be evaluated rather than was broken
   * @param last whether no rule is to be looked at after this one
   */
  public record Violation(JsonNode rule, String message, boolean fault, boolean last) {}

  /** A rule made ready; the error says why it could not be. */
  private record Compiled(Expression rule, Optional<Expression> message, String error) {}

  /**
   * The rules of a schema's node.
   *
   * @param schema the node
   * @param resource whether its values are whole objects, with {@code metadata} and so on
   */
  public RuleSet(JsonNode schema, boolean resource) {
    this.schema = schema;
    this.resource = resource;
    List<JsonNode> all = new ArrayList<>();
    schema.path("x-kubernetes-validations").forEach(all::add);
    this.rules = List.copyOf(all);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Whether a rule speaks of the value as it was. */
  public static boolean transition(JsonNode rule) {
    return OLD_SELF.matcher(rule.path("rule").asString("")).find();
  }

  /** Why the server refuses a rule's expression; empty when it is good. */
  public Optional<String> ruleProblem(JsonNode rule) {
    try {
      Expression expression = expression(rule, "rule");
      return expression.yields("bool")
          ? Optional.empty()
          : Optional.of("cel expression must evaluate to a bool");
    } catch (CelException e) {
      return Optional.of("compilation failed: " + e.getMessage());
    }
  }

  /** Why the server refuses the expression of a rule's message; empty when it is good. */
  public Optional<String> messageProblem(JsonNode rule) {
    try {
      Expression expression = expression(rule, "messageExpression");
      return expression.yields("string")
          ? Optional.empty()
          : Optional.of("messageExpression must evaluate to a string");
    } catch (CelException e) {
      return Optional.of("messageExpression compilation failed: " + e.getMessage());
    }
  }

  private Expression expression(JsonNode rule, String name) throws CelException {
    Types types = new Types();
    CelType self = types.of(shape());
    boolean optional = rule.path("optionalOldSelf").asBoolean(false);
    Map<String, CelType> variables =
        Map.of("self", self, "oldSelf", optional ? OptionalType.create(self) : self);
    CelCompiler compiler = Library.compiler(types, variables);
    return Expression.compile(compiler, rule.path(name).asString("").strip());
  }

  private synchronized Shape shape() {
    if (shape == null) {
      shape = Shape.of(schema, resource).orElseGet(() -> Shape.plain(Shape.Type.ANY));
    }
    return shape;
  }

  private synchronized Compiled compiled(int index) {
    if (compiled == null) {
      compiled = new Compiled[rules.size()];
    }
    if (compiled[index] == null) {
      compiled[index] = compile(rules.get(index));
    }
    return compiled[index];
  }

  private Compiled compile(JsonNode rule) {
    try {
      Expression expression = expression(rule, "rule");
      boolean said = !rule.path("messageExpression").asString("").isBlank();
      return new Compiled(
          expression,
          said ? Optional.of(expression(rule, "messageExpression")) : Optional.empty(),
          "");
    } catch (CelException e) {
      return new Compiled(null, Optional.empty(), "rule compile error: " + e.getMessage());
    }
  }

  /**
   * What a value breaks. Rules about the old value run where there is one.
   *
   * @param oldOrNull the value as it was; null where there was none
   * @param same whether it is as it was; then only rules about the old value run
   */
  public List<Violation> check(JsonNode value, JsonNode oldOrNull, boolean same) {
    List<Violation> violations = new ArrayList<>();
    Map<String, Object> plain = null;
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.get(i);
      boolean optional = rule.path("optionalOldSelf").asBoolean(false);
      boolean runs = transition(rule) ? optional || oldOrNull != null : !same;
      if (runs) {
        try {
          plain = plain == null ? variables(value, oldOrNull) : plain;
          one(rule, compiled(i), optional ? optional(plain) : plain).ifPresent(violations::add);
        } catch (CelException e) {
          violations.add(new Violation(rule, e.getMessage(), true, true));
        }
        if (!violations.isEmpty() && violations.getLast().last()) {
          return violations;
        }
      }
    }
    return violations;
  }

  private Map<String, Object> variables(JsonNode value, JsonNode oldOrNull) throws CelException {
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", Values.of(value, shape()));
    if (oldOrNull != null) {
      variables.put("oldSelf", Values.of(oldOrNull, shape()));
    }
    return variables;
  }

  private static Map<String, Object> optional(Map<String, Object> plain) {
    Map<String, Object> variables = new HashMap<>(plain);
    variables.put("oldSelf", Optional.ofNullable(plain.get("oldSelf")));
    return variables;
  }

  private static Optional<Violation> one(
      JsonNode rule, Compiled compiled, Map<String, Object> variables) {
    if (!compiled.error().isEmpty()) {
      return Optional.of(new Violation(rule, compiled.error(), true, false));
    }
    String text = rule.path("rule").asString("").strip();
    try {
      boolean holds = Boolean.TRUE.equals(compiled.rule().value(variables));
      return holds
          ? Optional.empty()
          : Optional.of(new Violation(rule, message(rule, compiled, variables), false, false));
    } catch (CelException e) {
      if (e.exhausted()) {
        return Optional.of(new Violation(rule, e.getMessage(), true, true));
      }
      boolean overload = e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("overload");
      String why =
          overload
              ? "'no such overload': call arguments did not match a supported operator, function or"
                  + " macro signature for rule: "
                  + text
              : e.getMessage() + " evaluating rule: " + text;
      return Optional.of(new Violation(rule, why, true, false));
    }
  }

  private static String message(JsonNode rule, Compiled compiled, Map<String, Object> variables) {
    String said = compiled.message().map(each -> said(each, variables)).orElse("");
    if (!said.isEmpty() && said.indexOf('\n') < 0) {
      return said;
    }
    String plain = rule.path("message").asString("");
    return plain.isEmpty() ? "failed rule: " + rule.path("rule").asString("").strip() : plain;
  }

  /** What a message's expression says; empty when it cannot be evaluated. */
  private static String said(Expression expression, Map<String, Object> variables) {
    try {
      return expression.value(variables) instanceof String text ? text.strip() : "";
    } catch (CelException e) {
      return "";
    }
  }
}
