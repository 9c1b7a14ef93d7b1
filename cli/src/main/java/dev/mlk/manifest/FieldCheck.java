package dev.mlk.manifest;

import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks one object against its type: unknown and misplaced fields, values of another type. */
final class FieldCheck {
  /** One step of the way down: where and of what type. */
  private record Level(String path, TypeSchema type) {}

  private static final int DEEPEST_SEARCH = 5;
  private final Document document;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final List<Finding> findings = new ArrayList<>();

  FieldCheck(Document document, TypeSchema type) {
    this.document = document;
    value("", document.object(), type);
  }

  List<Finding> findings() {
    return findings;
  }

  private void value(String path, JsonNode value, TypeSchema type) {
    if (value.isNull()) {
      // Kubernetes takes an empty value as absent; an empty map or list is usually a forgotten
      // indentation, and required fields tell.
      return;
    }
    switch (type.shape()) {
      case OBJECT -> struct(path, value, type);
      case MAP -> map(path, value, type);
      case LIST -> list(path, value, type);
      case STRING, BYTES, TIME, MICRO_TIME -> text(path, value);
      case INT32, INT64 ->
          expect(path, value, value.isIntegralNumber(), "a whole number", number(value));
      case DOUBLE -> expect(path, value, value.isNumber(), "a number", number(value));
      case BOOLEAN ->
          expect(
              path,
              value,
              value.isBoolean(),
              "true or false",
              value.isString() ? "write it without quotes" : "");
      case INT_OR_STRING ->
          expect(
              path,
              value,
              value.isIntegralNumber() || value.isString(),
              "a whole number or a text",
              "");
      case QUANTITY -> quantity(path, value);
      case ANY -> {}
    }
  }

  private static String number(JsonNode value) {
    boolean quoted =
        value.isString()
            && !value.asString().isEmpty()
            && value.asString().chars().allMatch(Character::isDigit);
    return quoted ? "write it without quotes" : "";
  }

  private void text(String path, JsonNode value) {
    String how = "";
    if (value.isBoolean()) {
      how = "YAML reads yes, no, on and off as truth values: put it into double quotes";
    } else if (value.isNumber()) {
      how = "put it into double quotes";
    }
    expect(path, value, value.isString(), "a text", how);
  }

  private void quantity(String path, JsonNode value) {
    boolean right =
        value.isNumber() || (value.isString() && Quantity.parse(value.asString()).isPresent());
    if (value.isString() && !right) {
      String compact = value.asString().replace(" ", "").replaceAll("(?i)i?b$", "i");
      String how = Quantity.parse(compact).isPresent() ? "did you mean " + compact + "?" : "";
      add(
          path,
          name(path) + " is " + ManifestCheck.called(value),
          "an amount such as 2, 500m, 1.5 or 2Gi",
          how);
      return;
    }
    expect(path, value, right, "an amount such as 2, 500m or 2Gi", "");
  }

  private void struct(String path, JsonNode value, TypeSchema type) {
    if (!value.isObject()) {
      expect(path, value, false, "a map", value.isArray() ? "take the dash away" : "");
      return;
    }
    levels.push(new Level(path, type));
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      Optional<TypeSchema> known = type.member(member.getKey());
      if (known.isPresent()) {
        value(at, member.getValue(), known.get());
      } else {
        unknown(at, member.getKey(), type);
      }
    }
    levels.pop();
    Resources.check(path, value, type)
        .forEach(found -> add(found.path(), found.what(), found.expected(), found.suggestion()));
  }

  private void map(String path, JsonNode value, TypeSchema type) {
    if (!value.isObject()) {
      expect(
          path,
          value,
          false,
          "a map of names and values",
          value.isArray() ? "take the dashes away" : "");
      return;
    }
    TypeSchema element = type.element().orElseThrow();
    levels.push(new Level(path, type));
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String at = path + "." + member.getKey();
      boolean belongsBelow =
          element.shape() == TypeSchema.Shape.OBJECT
              && !member.getValue().isObject()
              && element.field(member.getKey()).isPresent();
      if (belongsBelow) {
        add(
            at,
            "the field " + member.getKey() + " stands one level too high",
            "it inside each entry of " + name(path),
            "indent it under the entry it belongs to");
      } else {
        value(at, member.getValue(), element);
      }
    }
    levels.pop();
  }

  private void list(String path, JsonNode value, TypeSchema type) {
    if (!value.isArray()) {
      expect(
          path,
          value,
          false,
          "a list",
          value.isObject()
              ? "begin each item with a dash"
              : "write [" + value.asString("") + "] or one item a line, each with a dash");
      return;
    }
    TypeSchema element = type.element().orElseThrow();
    for (int i = 0; i < value.size(); i++) {
      value(path + "[" + i + "]", value.get(i), element);
    }
  }

  private void unknown(String at, String field, TypeSchema type) {
    String where =
        levels.peek().path().isEmpty() ? "a " + document.kind() : name(levels.peek().path());
    // A field that is legal just below is misplaced, however much it looks like another one here.
    String how = below(levels.peek().path(), type, field, 2).map(FieldCheck::furtherIn).orElse("");
    if (how.isEmpty()) {
      how = ManifestCheck.didYouMean(field, type.fields().keySet());
    }
    if (how.isEmpty()) {
      how = belongs(field, type);
    }
    String legal =
        type.fields().size() <= 8 ? "one of " + String.join(", ", type.fields().keySet()) : "";
    add(at, "the field " + field + " is unknown in " + where, legal, how);
  }

  /** Where the field would be legal: above first, then below. */
  private String belongs(String field, TypeSchema type) {
    for (Level level : levels) {
      if (level.type() != type && level.type().field(field).isPresent()) {
        return "it belongs further out, into "
            + (level.path().isEmpty() ? "the object itself" : level.path());
      }
    }
    Level here = levels.peek();
    return below(here.path(), type, field, DEEPEST_SEARCH).map(FieldCheck::furtherIn).orElse("");
  }

  private static String furtherIn(String path) {
    return "it belongs further in, as " + path;
  }

  /** The nearest place below, at most so many levels down, that has a field of that name. */
  private static Optional<String> below(String path, TypeSchema type, String field, int deepest) {
    Deque<Level> next = new ArrayDeque<>();
    next.add(new Level(path, type));
    for (int searched = 0; !next.isEmpty() && searched < 400; searched++) {
      Level level = next.poll();
      if (level.type().field(field).isPresent()) {
        return Optional.of(level.path() + "." + field);
      }
      if (level.path().chars().filter(c -> c == '.').count()
              - path.chars().filter(c -> c == '.').count()
          >= deepest) {
        continue;
      }
      level
          .type()
          .fields()
          .forEach((name, child) -> next.add(new Level(level.path() + "." + name, child.type())));
      boolean list = level.type().shape() == TypeSchema.Shape.LIST;
      level
          .type()
          .element()
          .ifPresent(
              element -> next.add(new Level(level.path() + (list ? "[0]" : ".NAME"), element)));
    }
    return Optional.empty();
  }

  private void expect(
      String path, JsonNode value, boolean right, String expected, String suggestion) {
    if (!right) {
      add(path, name(path) + " is " + ManifestCheck.called(value), expected, suggestion);
    }
  }

  private void add(String path, String what, String expected, String suggestion) {
    findings.add(new Finding(document.place(path), what, expected, suggestion));
  }

  /** The last two parts of a path: enough to know it by, beside line and column. */
  private static String name(String path) {
    int last = path.lastIndexOf('.');
    int before = last < 0 ? -1 : path.lastIndexOf('.', last - 1);
    return path.substring(before + 1);
  }
}
