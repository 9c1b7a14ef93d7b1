package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds an object against its type as the real server's decoder does, in its order and words. */
public final class Decoding {
  /**
   * What a decoder finds.
   *
   * @param unknownFields paths of fields that the type does not have, in the order of the document
   * @param strictErrors the texts of strict validation in the server's order: unknown and duplicate
   *     fields, such as {@code unknown field "spec.foo"}
   * @param typeError the first value of a wrong type, in Go's words; such an object cannot be
   *     handled at all
   */
  public record Result(
      List<String> unknownFields, List<String> strictErrors, Optional<String> typeError) {
    public Result {
      unknownFields = List.copyOf(unknownFields);
      strictErrors = List.copyOf(strictErrors);
    }
  }

  private final Set<String> duplicates;
  private final List<String> unknown = new ArrayList<>();
  private final List<String> strict = new ArrayList<>();
  private String typeError;

  private Decoding(Set<String> duplicates) {
    this.duplicates = duplicates;
  }

  /** Checks an object whose text is not at hand, so without a word on duplicate fields. */
  public static Result check(ObjectNode object, TypeSchema type) {
    return check(new Bodies.Body(object, List.of(), List.of()), type);
  }

  /**
   * The first value of a wrong type in the words that the server has for trees that it has made
   * itself, by a strategic patch or by applying; empty when there is none.
   */
  public static Optional<String> conversionProblem(ObjectNode object, TypeSchema type) {
    return GoConversion.problem(object, type);
  }

  /** Checks a body as it was read, with its duplicate fields. */
  public static Result check(Bodies.Body body, TypeSchema type) {
    Decoding run = new Decoding(new HashSet<>(body.duplicates()));
    run.strict.addAll(body.warnings());
    run.struct(body.object(), type, "", "");
    return new Result(run.unknown, run.strict, Optional.ofNullable(run.typeError));
  }

  private void struct(JsonNode object, TypeSchema type, String path, String goPath) {
    String structName = type.goType().substring(type.goType().lastIndexOf('.') + 1);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String key = member.getKey();
      String memberPath = path.isEmpty() ? key : path + "." + key;
      Field field = type.fields().get(key);
      if (field == null) {
        if (type.element().isEmpty() && type.shape() == Shape.OBJECT) {
          unknown.add(memberPath);
          strict.add("unknown field \"" + memberPath + "\"");
        }
        continue;
      }
      String inside = field.embedded().isEmpty() ? key : field.embedded() + "." + key;
      String memberGo = goPath.isEmpty() ? inside : goPath + "." + inside;
      value(member.getValue(), field.type(), new Place(memberPath, structName, memberGo));
      duplicate(memberPath);
    }
  }

  private void duplicate(String path) {
    if (duplicates.contains(path)) {
      strict.add("duplicate field \"" + path + "\"");
    }
  }

  private void value(JsonNode value, TypeSchema type, Place place) {
    if (value.isNull()) {
      return;
    }
    switch (type.shape()) {
      case OBJECT -> {
        if (expect(value.isObject(), value, type.goType(), place)) {
          struct(value, type, place.path(), place.go());
        }
      }
      case MAP -> {
        if (expect(value.isObject(), value, type.goType(), place)) {
          members(value, type, place);
        }
      }
      case LIST -> {
        if (expect(value.isArray(), value, type.goType(), place)) {
          TypeSchema items = type.element().orElseThrow();
          for (int i = 0; i < value.size(); i++) {
            value(value.get(i), items, place.within(place.path() + "[" + i + "]"));
          }
        }
      }
      case ANY -> {}
      default -> fail(scalarProblem(value, type, place));
    }
  }

  private void members(JsonNode value, TypeSchema type, Place place) {
    TypeSchema values = type.element().orElseThrow();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String path = place.path() + "." + member.getKey();
      value(member.getValue(), values, place.within(path));
      duplicate(path);
    }
  }

  private static Optional<String> scalarProblem(JsonNode value, TypeSchema type, Place place) {
    return switch (type.shape()) {
      case STRING -> value.isString() ? Optional.empty() : mismatch(value, type.goType(), place);
      case BOOLEAN -> value.isBoolean() ? Optional.empty() : mismatch(value, type.goType(), place);
      case DOUBLE -> value.isNumber() ? Optional.empty() : mismatch(value, type.goType(), place);
      case INT32, INT64 -> integer(value, type.shape() == Shape.INT32, type.goType(), place);
      case INT_OR_STRING ->
          value.isString() ? Optional.empty() : integer(value, true, "int32", place);
      case QUANTITY -> QuantityText.problem(value);
      case TIME, MICRO_TIME ->
          value.isString()
              ? GoTime.problem(value.stringValue(), type.shape() == Shape.MICRO_TIME)
              : mismatch(value, "string", place);
      case BYTES ->
          value.isString()
              ? Base64Text.problem(value.stringValue())
              : mismatch(value, type.goType(), place);
      case OBJECT, MAP, LIST, ANY -> Optional.empty();
    };
  }

  private static Optional<String> integer(
      JsonNode value, boolean small, String goType, Place place) {
    if (!value.isNumber()) {
      return mismatch(value, goType, place);
    }
    boolean fits =
        value.isIntegralNumber() && (small ? value.canConvertToInt() : value.canConvertToLong());
    return fits ? Optional.empty() : mismatch("number " + literal(value), goType, place);
  }

  private static String literal(JsonNode number) {
    return number.asString().replace("E+", "e").replace('E', 'e');
  }

  private boolean expect(boolean right, JsonNode value, String goType, Place place) {
    if (!right) {
      fail(mismatch(value, goType, place));
    }
    return right;
  }

  /** The decoder reports the first mistake only. */
  private void fail(Optional<String> problem) {
    if (typeError == null) {
      typeError = problem.orElse(null);
    }
  }

  private static Optional<String> mismatch(JsonNode value, String goType, Place place) {
    return mismatch(word(value), goType, place);
  }

  private static Optional<String> mismatch(String word, String goType, Place place) {
    return Optional.of(
        "json: cannot unmarshal "
            + word
            + " into Go struct field "
            + place.struct()
            + "."
            + place.go()
            + " of type "
            + goType);
  }

  private static String word(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case ARRAY -> "array";
      default -> "object";
    };
  }

  /** Where a value stands: its path, and the Go struct and path that errors name. */
  private record Place(String path, String struct, String go) {
    Place within(String innerPath) {
      return new Place(innerPath, struct, go);
    }
  }
}
