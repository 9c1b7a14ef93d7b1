package dev.mlk.practice.schema;

import dev.mlk.practice.cel.Budget;
import dev.mlk.practice.cel.FieldPath;
import dev.mlk.practice.cel.RuleSet;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code x-kubernetes-validations} of a schema. Rules run on values that are new or changed; a
 * rule about {@code oldSelf} runs only where the old value can be told from others: in fields, maps
 * and keyed lists.
 */
final class CustomRules {
  private static final String WORD = "x-kubernetes-validations";

  /** The commonest rule by far, which needs no CEL. */
  private static final String UNCHANGED = "self == oldSelf";

  /** Errors after which the server does not run rules, since values may not be what they say. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueRequired",
          "FieldValueTypeInvalid",
          "FieldValueNotSupported",
          "FieldValueTooLong",
          "FieldValueTooMany");

  private final List<FieldError> errors = new ArrayList<>();
  private final Budget budget = new Budget();

  private CustomRules() {}

  /** What rules find, or why they did not run after {@code earlier} errors. */
  static List<FieldError> check(
      ObjectNode object, ObjectNode oldOrNull, Structural root, List<FieldError> earlier) {
    if (earlier.stream().anyMatch(error -> BLOCKING.contains(error.reason()))) {
      return List.of(
          FieldError.invalid(
              "<nil>",
              "null",
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    CustomRules run = new CustomRules();
    run.value(object, oldOrNull, root, "");
    return run.errors;
  }

  private void value(JsonNode value, JsonNode old, Structural schema, String path) {
    if (schema == null || value.isNull() || !schema.hasRules() || budget.spent()) {
      return;
    }
    own(value, old, schema, path);
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String key = member.getKey();
        String memberPath =
            schema.properties().containsKey(key)
                ? (path.isEmpty() ? key : path + "." + key)
                : path + "[" + key + "]";
        value(member.getValue(), old == null ? null : old.get(key), schema.member(key), memberPath);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        value(
            value.get(i), earlier(value.get(i), old, schema), schema.items(), path + "[" + i + "]");
      }
    }
  }

  private static JsonNode earlier(JsonNode item, JsonNode old, Structural schema) {
    if (old == null || !schema.listType().equals("map")) {
      return null;
    }
    for (JsonNode each : old) {
      if (schema.listMapKeys().stream().allMatch(key -> item.path(key).equals(each.path(key)))) {
        return each;
      }
    }
    return null;
  }

  /** The rules of the value itself. */
  private void own(JsonNode value, JsonNode old, Structural schema, String path) {
    boolean same = old != null && Numbers.equal(value, old);
    JsonNode rules = schema.word(WORD);
    if (rules.size() == 1 && rules.get(0).path("rule").asString("").strip().equals(UNCHANGED)) {
      if (old != null && !same) {
        String said = rules.get(0).path("message").asString("");
        broken(rules.get(0), value, path, said.isEmpty() ? "failed rule: " + UNCHANGED : said);
      }
      return;
    }
    if (!schema.rules().isEmpty()) {
      for (RuleSet.Violation violation : schema.rules().check(value, old, same, budget)) {
        if (violation.fault()) {
          String type = JsonNodeFactory.instance.stringNode(schema.type()).toString();
          errors.add(FieldError.invalid(shownPath(path), type, violation.message()));
        } else {
          broken(violation.rule(), value, path, violation.message());
        }
      }
    }
  }

  private void broken(JsonNode rule, JsonNode value, String at, String message) {
    String path = shownPath(at + FieldPath.shown(rule.path("fieldPath").asString("")));
    String shown = value.isContainer() ? "" : value.toString();
    errors.add(
        switch (rule.path("reason").asString("")) {
          case "FieldValueForbidden" -> FieldError.forbidden(path, message);
          case "FieldValueRequired" -> FieldError.required(path, message);
          case "FieldValueDuplicate" ->
              new FieldError(
                  "FieldValueDuplicate",
                  path,
                  shown.isEmpty() ? "Duplicate value" : "Duplicate value: " + shown);
          default ->
              new FieldError(
                  "FieldValueInvalid",
                  path,
                  "Invalid value: " + (shown.isEmpty() ? "" : shown + ": ") + message);
        });
  }

  /** The path of the object itself is written as Go writes nothing. */
  private static String shownPath(String path) {
    if (path.isEmpty()) {
      return "<nil>";
    }
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
