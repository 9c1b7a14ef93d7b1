package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.ListType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks an applied configuration against its type, in the words of server-side apply. */
final class TypedCheck {
  private final List<String> problems = new ArrayList<>();

  private TypedCheck() {}

  /** What does not fit; empty when everything does. */
  static Optional<String> problem(JsonNode object, TypeSchema type) {
    TypedCheck check = new TypedCheck();
    check.value(object, type, "");
    if (check.problems.size() <= 1) {
      return check.problems.stream().findFirst();
    }
    return Optional.of("errors:\n  " + String.join("\n  ", check.problems));
  }

  private void value(JsonNode value, TypeSchema type, String path) {
    if (value.isNull()) {
      return;
    }
    switch (type.shape()) {
      case OBJECT, MAP -> map(value, type, path);
      case LIST -> list(value, type, path);
      case STRING, BYTES ->
          expect(value.isString(), path, "expected string, got " + wrapped(value));
      case INT32, INT64, DOUBLE ->
          expect(
              value.isNumber(), path, "expected numeric (int or float), got " + GoText.type(value));
      case BOOLEAN -> expect(value.isBoolean(), path, "expected boolean, got " + pointer(value));
      case TIME, MICRO_TIME, QUANTITY ->
          expect(value.isValueNode(), path, "expected any scalar, got " + pointer(value));
      case INT_OR_STRING, ANY -> {}
    }
  }

  private void map(JsonNode value, TypeSchema type, String path) {
    if (!value.isObject()) {
      add(path, "expected map, got " + pointer(value));
      return;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String memberPath = path + "." + member.getKey();
      Optional<TypeSchema> memberType = type.member(member.getKey());
      if (memberType.isEmpty()) {
        add(memberPath, "field not declared in schema");
        return;
      }
      value(member.getValue(), memberType.get(), memberPath);
    }
  }

  private void list(JsonNode value, TypeSchema type, String path) {
    if (!value.isArray()) {
      add(path, "expected list, got " + pointer(value));
      return;
    }
    Set<PathElement> seen = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      if (type.listType() == ListType.ATOMIC) {
        value(item, Merging.item(type), path + "[" + i + "]");
        continue;
      }
      Optional<String> refused = refusedItem(item, type);
      if (refused.isPresent()) {
        add(path, "element " + i + ": " + refused.get());
        return;
      }
      PathElement element = Merging.element(item, type);
      if (!seen.add(element)) {
        add(path, "duplicate entries for key " + element);
      }
      value(item, Merging.item(type), path + element);
    }
  }

  private static Optional<String> refusedItem(JsonNode item, TypeSchema type) {
    if (type.listType() == ListType.SET) {
      String what = item.isObject() ? "a map type" : item.isNull() ? "an explicit null" : "";
      return what.isEmpty()
          ? Optional.empty()
          : Optional.of("associative list without keys has an element that's " + what);
    }
    if (item.isNull()) {
      return Optional.of("associative list with keys may not have a null element");
    }
    if (!item.isObject()) {
      return Optional.of("associative list with keys may not have non-map elements");
    }
    if (Merging.element(item, type).text().equals("{}")) {
      return Optional.of(
          "associative list with keys has an element that omits all key fields [\""
              + String.join("\" \"", type.mapKeys())
              + "\"] (and doesn't have default values for any key fields)");
    }
    return Optional.empty();
  }

  private void expect(boolean right, String path, String problem) {
    if (!right) {
      add(path, problem);
    }
  }

  private void add(String path, String problem) {
    problems.add(path.isEmpty() ? problem : path + ": " + problem);
  }

  /** Go prints its wrapper of the value, a pointer to a struct. */
  private static String pointer(JsonNode value) {
    return "&{" + GoText.of(value) + "}";
  }

  private static String wrapped(JsonNode value) {
    return "&value.valueUnstructured{Value:" + GoText.of(value) + "}";
  }
}
