package dev.mlk.practice.kind;

import dev.mlk.practice.cel.FieldPath;
import dev.mlk.practice.cel.RuleSet;
import dev.mlk.practice.status.FieldError;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The CEL rules in the schemas of a definition: they must compile and be about what is there. */
final class CustomRuleValidation {
  private static final String WORD = "x-kubernetes-validations";
  private static final String UNCHANGED = "self == oldSelf";
  private static final Set<String> REASONS =
      Set.of(
          "",
          "FieldValueDuplicate",
          "FieldValueForbidden",
          "FieldValueInvalid",
          "FieldValueRequired");

  private final Findings findings;
  private final RuleCosts costs;

  CustomRuleValidation(Findings findings) {
    this.findings = findings;
    this.costs = new RuleCosts(findings);
  }

  /** Checks the rules of a whole schema. */
  void schema(ObjectNode schema, String path) {
    schema(schema, path, "", RuleCosts.Count.ONE);
    costs.whole(path);
  }

  /**
   * Checks the rules of a node and of all below it.
   *
   * @param lost the path of the part below which old values cannot be found; empty for none
   * @param number how many such values there may be
   */
  private void schema(ObjectNode schema, String path, String lost, RuleCosts.Count number) {
    RuleSet rules = new RuleSet(schema, number.root());
    int index = 0;
    for (ObjectNode rule : Tree.objects(schema.path(WORD))) {
      String place = path + "." + WORD + "[" + index++ + "]";
      check(rule, schema, place);
      expressions(rule, rules, place, number);
      old(rule, place, lost);
    }
    boolean keyed = Tree.text(schema, "x-kubernetes-list-type").equals("map");
    String below = lost.isEmpty() && schema.path("items").isObject() && !keyed ? path : lost;
    CustomSchemaValidation.parts(schema)
        .forEach(
            (part, child) -> {
              if (child instanceof ObjectNode node) {
                schema(node, path + part, part.equals(".items") ? below : lost, number.in(schema));
              }
            });
  }

  private void check(ObjectNode rule, ObjectNode schema, String path) {
    String expression = Tree.text(rule, "rule");
    if (expression.isBlank()) {
      findings.required(path + ".rule", "rule is not specified");
    }
    texts(rule, expression, path);
    fieldPath(rule, schema, path);
    String reason = Tree.text(rule, "reason");
    if (!REASONS.contains(reason)) {
      findings.notSupported(
          path + ".reason",
          reason,
          REASONS.stream().filter(each -> !each.isEmpty()).sorted().toArray(String[]::new));
    }
    if (Tree.has(rule, "optionalOldSelf") && !RuleSet.transition(rule)) {
      findings.invalid(
          path + ".optionalOldSelf",
          rule.path("optionalOldSelf"),
          "may not be set if oldSelf is not used in rule");
    }
  }

  private void expressions(ObjectNode rule, RuleSet rules, String path, RuleCosts.Count number) {
    String expression = Tree.text(rule, "rule");
    long times = number.most(rules);
    if (expression.strip().equals(UNCHANGED)) {
      costs.rule(path + ".rule", RuleCosts.product(rules.costOfComparison(), times));
    } else if (!expression.isBlank()) {
      RuleSet.Verdict verdict = rules.rule(rule);
      verdict.problem().ifPresent(why -> refuse(rule, path + ".rule", why));
      costs.rule(path + ".rule", RuleCosts.product(verdict.cost(), times));
    }
    if (!Tree.text(rule, "messageExpression").isBlank()) {
      RuleSet.Verdict verdict = rules.message(rule);
      verdict.problem().ifPresent(why -> refuse(rule, path + ".messageExpression", why));
      costs.message(path + ".messageExpression", verdict.cost());
    }
  }

  private void old(ObjectNode rule, String path, String lost) {
    if (RuleSet.transition(rule) && !lost.isEmpty()) {
      findings.invalid(
          path + ".rule",
          Tree.text(rule, "rule"),
          "oldSelf cannot be used on the uncorrelatable portion of the schema within " + lost);
    }
  }

  private void texts(ObjectNode rule, String expression, String path) {
    String message = Tree.text(rule, "message");
    boolean lines = expression.strip().indexOf('\n') >= 0;
    if (!message.isEmpty() && message.isBlank()) {
      findings.invalid(path + ".message", message, "must be non-empty if specified");
    } else if (message.strip().indexOf('\n') >= 0) {
      findings.invalid(path + ".message", message, "must not contain line breaks");
    } else if (lines && message.isEmpty()) {
      findings.required(
          path + ".message", "message must be specified if rule contains line breaks");
    }
    String said = Tree.text(rule, "messageExpression");
    if (!said.isEmpty() && said.isBlank()) {
      findings.required(path + ".messageExpression", "must be non-empty if specified");
    }
  }

  private void fieldPath(ObjectNode rule, ObjectNode schema, String path) {
    String field = Tree.text(rule, "fieldPath");
    if (!field.isEmpty() && field.isBlank()) {
      findings.invalid(path + ".fieldPath", field, "must be non-empty if specified");
    }
    if (!field.isEmpty() && !FieldPath.valid(field, schema)) {
      findings.invalid(path + ".fieldPath", field, "must be a valid path");
    }
  }

  /** The rule is shown as the server's own type has it. */
  private void refuse(ObjectNode rule, String path, String why) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("Rule", Tree.text(rule, "rule")).put("Message", Tree.text(rule, "message"));
    shown.put("MessageExpression", Tree.text(rule, "messageExpression"));
    shown.set("Reason", or(rule.get("reason")));
    shown.put("FieldPath", Tree.text(rule, "fieldPath"));
    shown.set("OptionalOldSelf", or(rule.get("optionalOldSelf")));
    String text = shown.toString();
    for (List<String> escape :
        List.of(List.of("&", "\\u0026"), List.of("<", "\\u003c"), List.of(">", "\\u003e"))) {
      text = text.replace(escape.get(0), escape.get(1));
    }
    findings.add(FieldError.invalid(path, text, why));
  }

  private static JsonNode or(JsonNode given) {
    return given == null ? JsonNodeFactory.instance.nullNode() : given;
  }
}
