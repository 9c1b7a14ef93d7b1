package dev.mlk.practice.schema;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What keeps a tree from becoming a Go struct, in the words of the server's converter. Strategic
 * patches and applied configurations go that way, and not through the decoder of bodies.
 */
final class GoConversion {
  private GoConversion() {}

  /** The first problem, if any. */
  static Optional<String> problem(JsonNode value, TypeSchema type) {
    if (value.isNull()) {
      return Optional.empty();
    }
    return switch (type.shape()) {
      case OBJECT ->
          value.isObject()
              ? members(value, type)
              : Optional.of("cannot restore struct from: " + kind(value));
      case MAP ->
          value.isObject()
              ? members(value, type)
              : Optional.of("cannot restore map from " + kind(value));
      case LIST -> list(value, type);
      case STRING -> scalar(value.isString(), value, "string");
      case BOOLEAN -> scalar(value.isBoolean(), value, "bool");
      case INT32 -> scalar(value.isIntegralNumber(), value, "int32");
      case INT64 -> scalar(value.isIntegralNumber(), value, "int64");
      case DOUBLE -> scalar(value.isNumber(), value, "float64");
      case INT_OR_STRING ->
          value.isString() || value.canConvertToInt()
              ? Optional.empty()
              : unmarshal(value, "int32");
      case QUANTITY -> QuantityText.problem(value);
      case TIME, MICRO_TIME ->
          value.isString()
              ? GoTime.problem(value.stringValue(), type.shape() == TypeSchema.Shape.MICRO_TIME)
              : unmarshal(value, "string");
      case BYTES ->
          value.isString()
              ? Base64Text.problem(value.stringValue())
              : Optional.of("cannot restore slice from " + kind(value));
      case ANY -> Optional.empty();
    };
  }

  private static Optional<String> members(JsonNode value, TypeSchema type) {
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<String> problem =
          type.member(member.getKey()).flatMap(inner -> problem(member.getValue(), inner));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> list(JsonNode value, TypeSchema type) {
    if (!value.isArray()) {
      return Optional.of("cannot restore slice from " + kind(value));
    }
    for (JsonNode item : value) {
      Optional<String> problem = problem(item, type.element().orElseThrow());
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** Go knows how to turn numbers into numbers and, in a way that is refused here, into texts. */
  private static Optional<String> scalar(boolean right, JsonNode value, String wanted) {
    if (right) {
      return Optional.empty();
    }
    boolean number = value.isNumber();
    boolean convertible =
        wanted.equals("string") ? value.isIntegralNumber() : number && !wanted.equals("bool");
    return Optional.of(
        convertible
            ? "cannot convert " + GoText.type(value) + " to " + wanted
            : "unrecognized type: " + wanted);
  }

  private static Optional<String> unmarshal(JsonNode value, String wanted) {
    String word = value.isNumber() ? "number " + value.asString() : BodyException.word(value);
    return Optional.of("json: cannot unmarshal " + word + " into Go value of type " + wanted);
  }

  /** As Go's reflection names it. */
  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "map";
      case ARRAY -> "slice";
      default -> GoText.type(value);
    };
  }
}
