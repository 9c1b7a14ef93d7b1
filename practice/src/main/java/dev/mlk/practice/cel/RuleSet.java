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
  private static final String SPENT =
      "validation failed due to running out of cost budget, no further validation rules will be run";

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
   */
  public record Violation(JsonNode rule, String message, boolean fault) {}

  /**
   * What the server thinks of an expression.
   *
   * @param problem why it refuses it; empty when it is good
   * @param cost what it may cost at most on one value
   */
  public record Verdict(Optional<String> problem, long cost) {
    private static Verdict refused(String problem) {
      return new Verdict(Optional.of(problem), 0);
    }
  }

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

  /** What the server thinks of a rule's expression. */
  public Verdict rule(JsonNode rule) {
    try {
      Expression expression = expression(rule, "rule");
      return expression.yields("bool")
          ? new Verdict(Optional.empty(), expression.cost(shape()))
          : Verdict.refused("cel expression must evaluate to a bool");
    } catch (CelException e) {
      return Verdict.refused("compilation failed: " + e.getMessage());
    }
  }

  /** What the server thinks of the expression of a rule's message. */
  public Verdict message(JsonNode rule) {
    try {
      Expression expression = expression(rule, "messageExpression");
      return expression.yields("string")
          ? new Verdict(Optional.empty(), expression.cost(shape()))
          : Verdict.refused("messageExpression must evaluate to a string");
    } catch (CelException e) {
      return Verdict.refused("messageExpression compilation failed: " + e.getMessage());
    }
  }

  /** What {@code self == oldSelf} may cost, without compiling it. */
  public long costOfComparison() {
    return Size.sum(2, new Size(0, shape().most()).cost(0.1));
  }

  /** How many such values fit into a request, where nothing else limits their number. */
  public long mostValues() {
    return Shape.LARGEST / (shape().least() + 1);
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
   * @param budget what evaluation may cost
   */
  public List<Violation> check(JsonNode value, JsonNode oldOrNull, boolean same, Budget budget) {
    List<Violation> violations = new ArrayList<>();
    Map<String, Object> plain = null;
    for (int i = 0; i < rules.size() && !budget.spent(); i++) {
      JsonNode rule = rules.get(i);
      boolean optional = rule.path("optionalOldSelf").asBoolean(false);
      boolean runs = transition(rule) ? optional || oldOrNull != null : !same;
      if (runs) {
        try {
          plain = plain == null ? variables(value, oldOrNull) : plain;
          one(rule, compiled(i), optional ? optional(plain) : plain, budget)
              .ifPresent(violations::add);
        } catch (CelException e) {
          violations.add(new Violation(rule, e.getMessage(), true));
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
      JsonNode rule, Compiled compiled, Map<String, Object> variables, Budget budget) {
    if (!compiled.error().isEmpty()) {
      return Optional.of(new Violation(rule, compiled.error(), true));
    }
    long[] cost = new long[1];
    try {
      boolean holds = Boolean.TRUE.equals(compiled.rule().evaluated(variables, cost));
      if (!budget.take(cost[0])) {
        return Optional.of(new Violation(rule, SPENT, true));
      }
      return holds ? Optional.empty() : Optional.of(broken(rule, compiled, variables, budget));
    } catch (CelException e) {
      if (!budget.take(cost[0])) {
        return Optional.of(new Violation(rule, SPENT, true));
      }
      return Optional.of(new Violation(rule, fault(rule, e, budget), true));
    }
  }

  private static String fault(JsonNode rule, CelException e, Budget budget) {
    String text = rule.path("rule").asString("").strip();
    if (e.exhausted()) {
      budget.end();
      String message = rule.path("message").asString("").strip();
      return "'operation cancelled: actual cost limit exceeded': no further validation rules will be"
          + " run due to call cost exceeds limit for rule: "
          + (message.isEmpty() ? text : message);
    }
    boolean overload = e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("overload");
    return overload
        ? "'no such overload': call arguments did not match a supported operator, function or macro"
            + " signature for rule: "
            + text
        : e.getMessage() + " evaluating rule: " + text;
  }

  private static Violation broken(
      JsonNode rule, Compiled compiled, Map<String, Object> variables, Budget budget) {
    String said = compiled.message().map(each -> said(each, variables, budget)).orElse("");
    if (budget.spent()) {
      return new Violation(rule, SPENT, true);
    }
    if (!said.isEmpty() && said.indexOf('\n') < 0) {
      return new Violation(rule, said, false);
    }
    String plain = rule.path("message").asString("");
    return new Violation(
        rule,
        plain.isEmpty() ? "failed rule: " + rule.path("rule").asString("").strip() : plain,
        false);
  }

  /** What a message's expression says; empty when it cannot be evaluated. */
  private static String said(Expression expression, Map<String, Object> variables, Budget budget) {
    long[] cost = new long[1];
    try {
      return expression.evaluated(variables, cost) instanceof String text ? text.strip() : "";
    } catch (CelException e) {
      return "";
    } finally {
      budget.take(cost[0]);
    }
  }
}
