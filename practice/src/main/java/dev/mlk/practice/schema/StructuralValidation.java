package dev.mlk.practice.schema;

import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validates a value against a structural schema in the words of the API server. On updates a part
 * that is as it was before is not looked at, as the server has it since validation ratchets.
 */
final class StructuralValidation {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<FieldError> errors = new ArrayList<>();

  List<FieldError> root(ObjectNode object, ObjectNode oldOrNull, Structural schema) {
    required(object, schema, "");
    members(object, oldOrNull, schema, "", true);
    combinations(object, schema, "");
    return errors;
  }

  /** What is wrong with one value; {@code old} is null for none. */
  private List<FieldError> value(JsonNode value, JsonNode old, Structural schema, String path) {
    int before = errors.size();
    if ((value.isNull() && schema.nullable()) || (old != null && Numbers.equal(value, old))) {
      return List.of();
    }
    if (!typeFits(value, schema)) {
      String wanted = schema.intOrString() ? "integer,string" : schema.type();
      String is = "\"" + typeOf(value) + "\"";
      errors.add(
          new FieldError(
              "FieldValueTypeInvalid",
              path,
              "Invalid value: "
                  + is
                  + ": "
                  + path
                  + " in body must be of type "
                  + wanted
                  + ": "
                  + is));
      return errors.subList(before, errors.size());
    }
    errors.addAll(ScalarChecks.check(value, schema, path));
    if (value.isObject()) {
      required(value, schema, path);
      size(value, schema, path, "Properties", "properties");
      members(value, old, schema, path, schema.embeddedResource());
    } else if (value.isArray()) {
      size(value, schema, path, "Items", "items");
      items(value, old, schema, path);
    }
    combinations(value, schema, path);
    return errors.subList(before, errors.size());
  }

  private static boolean typeFits(JsonNode value, Structural schema) {
    if (schema.intOrString()) {
      return value.isString() || isInteger(value);
    }
    return switch (schema.type()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> isInteger(value);
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }

  private static boolean isInteger(JsonNode value) {
    return value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> isInteger(value) ? "integer" : "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case NULL -> "null";
      default -> "object";
    };
  }

  private void required(JsonNode object, Structural schema, String path) {
    List<String> names = new ArrayList<>(schema.required());
    if (schema.embeddedResource()) {
      names.add("apiVersion");
      names.add("kind");
    }
    for (String name : names) {
      if (!object.has(name)) {
        errors.add(FieldError.required(below(path, name), ""));
      }
    }
  }

  private void size(JsonNode value, Structural schema, String path, String word, String plural) {
    JsonNode least = schema.word("min" + word);
    JsonNode most = schema.word("max" + word);
    int size = value.size();
    if (most.isNumber() && size > most.asInt()) {
      String text = "Too many: " + size + ": must have at most " + most.asInt() + " items";
      errors.add(new FieldError("FieldValueTooMany", path, text));
    }
    if (least.isNumber() && size < least.asInt()) {
      String why = path + " in body should have at least " + least.asInt() + " " + plural;
      errors.add(FieldError.invalid(path, String.valueOf(size), why));
    }
  }

  private void members(
      JsonNode object, JsonNode old, Structural schema, String path, boolean resource) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String key = member.getKey();
      boolean envelope = resource && ENVELOPE.contains(key);
      Structural memberSchema = schema.member(key);
      if (!envelope && memberSchema != null) {
        value(member.getValue(), old == null ? null : old.get(key), memberSchema, below(path, key));
      }
    }
  }

  private void items(JsonNode list, JsonNode old, Structural schema, String path) {
    Set<JsonNode> seen = new HashSet<>();
    boolean keyed = schema.listType().equals("map");
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      String itemPath = path + "[" + i + "]";
      JsonNode key = keyed ? key(item, schema) : item;
      if (schema.items() != null) {
        value(item, keyed ? find(old, key, schema) : null, schema.items(), itemPath);
      }
      if (keyed && !item.isObject()) {
        errors.add(
            FieldError.invalid(
                itemPath, item.toString(), "must be an object for an array of list-type map"));
      } else if (!schema.listType().isEmpty()
          && !schema.listType().equals("atomic")
          && !seen.add(key)) {
        errors.add(FieldError.duplicate(itemPath, key.toString()));
      }
    }
  }

  private static JsonNode find(JsonNode list, JsonNode key, Structural schema) {
    if (list != null) {
      for (JsonNode item : list) {
        if (key(item, schema).equals(key)) {
          return item;
        }
      }
    }
    return null;
  }

  private static ObjectNode key(JsonNode item, Structural schema) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : schema.listMapKeys()) {
      if (item.has(name)) {
        key.set(name, item.get(name));
      }
    }
    return key;
  }

  private void combinations(JsonNode value, Structural schema, String path) {
    anyOf(value, schema, path);
    oneOf(value, schema, path);
    int valid = 0;
    List<Structural> all = schema.alternatives("allOf");
    for (Structural each : all) {
      List<FieldError> found = alone(value, each, path);
      errors.addAll(found);
      valid += found.isEmpty() ? 1 : 0;
    }
    if (valid < all.size()) {
      combined(
          path, "must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
    }
    if (schema.not() != null && alone(value, schema.not(), path).isEmpty()) {
      combined(path, "must not validate the schema (not)");
    }
  }

  private void anyOf(JsonNode value, Structural schema, String path) {
    List<FieldError> best = null;
    for (Structural each : schema.alternatives("anyOf")) {
      List<FieldError> found = alone(value, each, path);
      if (found.isEmpty()) {
        return;
      }
      best = best == null || found.size() < best.size() ? found : best;
    }
    if (best != null) {
      combined(path, "must validate at least one schema (anyOf)");
      errors.addAll(best);
    }
  }

  private void oneOf(JsonNode value, Structural schema, String path) {
    List<FieldError> best = null;
    int valid = 0;
    for (Structural each : schema.alternatives("oneOf")) {
      List<FieldError> found = alone(value, each, path);
      valid += found.isEmpty() ? 1 : 0;
      best = best == null || found.size() < best.size() ? found : best;
    }
    if (best != null && valid != 1) {
      String count = valid == 0 ? "none valid" : valid + " valid alternatives";
      combined(path, "must validate one and only one schema (oneOf). Found " + count);
      if (valid == 0) {
        errors.addAll(best);
      }
    }
  }

  /** What one alternative finds, apart from everything else. */
  private static List<FieldError> alone(JsonNode value, Structural schema, String path) {
    return new StructuralValidation().value(value, null, schema, path);
  }

  private void combined(String path, String why) {
    errors.add(FieldError.invalid("<nil>", "\"\"", "\"" + path + "\" " + why));
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
