package dev.mlk.practice.schema;

import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code x-kubernetes-validations} of a schema. Rules run on values that are new or changed; a
 * rule about {@code oldSelf} runs only where the old value can be told from others: in fields, maps
 * and keyed lists.
 */
final class CustomRules {
  private static final String WORD = "x-kubernetes-validations";

  /** Errors after which the server does not run rules, since values may not be what they say. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueRequired",
          "FieldValueTypeInvalid",
          "FieldValueNotSupported",
          "FieldValueTooLong",
          "FieldValueTooMany");

  private final List<FieldError> errors = new ArrayList<>();

  private CustomRules() {}

  /** Whether a schema has rules anywhere. */
  static boolean anywhere(Structural schema) {
    return schema != null
        && (!schema.word(WORD).isEmpty()
            || anywhere(schema.additionalProperties())
            || anywhere(schema.items())
            || schema.properties().values().stream().anyMatch(CustomRules::anywhere));
  }

  /** Says of each rule that cannot be checked that it is not. */
  static void announce(Structural schema) {
    if (schema == null) {
      return;
    }
    schema.word(WORD).forEach(rule -> RuleExpressions.announce(rule.path("rule").asString("")));
    announce(schema.additionalProperties());
    announce(schema.items());
    schema.properties().values().forEach(CustomRules::announce);
  }

  /** What rules find, or why they did not run after {@code earlier} errors. */
  static List<FieldError> check(
      ObjectNode object, ObjectNode oldOrNull, Structural root, List<FieldError> earlier) {
    if (earlier.stream().anyMatch(error -> BLOCKING.contains(error.reason()))) {
      return List.of(
          FieldError.invalid(
              "<nil>",
              "null",
              "some validation rules were not checked because the object was invalid; correct the existing errors to complete"
                  + " validation"));
    }
    CustomRules run = new CustomRules();
    run.value(object, oldOrNull, root, "");
    return run.errors;
  }

  private void value(JsonNode value, JsonNode old, Structural schema, String path) {
    if (schema == null || value.isNull() || !anywhere(schema)) {
      return;
    }
    boolean same = old != null && Numbers.equal(value, old);
    for (JsonNode rule : schema.word(WORD)) {
      boolean transition = rule.path("rule").asString("").contains("oldSelf");
      if (transition ? old != null : !same) {
        rule(rule, value, old, path);
      }
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String key = member.getKey();
        String memberPath = path.isEmpty() ? key : path + "." + key;
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

  private void rule(JsonNode rule, JsonNode value, JsonNode old, String path) {
    String expression = rule.path("rule").asString("");
    if (RuleExpressions.holds(expression, value, old)) {
      return;
    }
    String said = rule.path("message").asString("");
    String message = said.isEmpty() ? "failed rule: " + expression.strip() : said;
    errors.add(error(rule, path + rule.path("fieldPath").asString(""), value, message));
  }

  private static FieldError error(JsonNode rule, String path, JsonNode value, String message) {
    return switch (rule.path("reason").asString("")) {
      case "FieldValueForbidden" -> FieldError.forbidden(path, message);
      case "FieldValueRequired" -> FieldError.required(path, message);
      case "FieldValueDuplicate" -> FieldError.duplicate(path, shown(value).orElse("\"object\""));
      default ->
          new FieldError(
              "FieldValueInvalid",
              path,
              "Invalid value: " + shown(value).map(text -> text + ": ").orElse("") + message);
    };
  }

  /** Scalars are shown, structs and lists are not. */
  private static Optional<String> shown(JsonNode value) {
    return value.isContainer() ? Optional.empty() : Optional.of(value.toString());
  }
}
