package dev.mlk.practice.cel;

import dev.cel.common.values.CelByteString;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Values of JSON as expressions see them. */
final class Values {
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

  private Values() {}

  /** The value in the shape's type; a value of another type stays as it is. */
  static Object of(JsonNode value, Shape shape) throws CelException {
    return switch (shape.type()) {
      case LIST -> value.isArray() ? list(value, shape.element()) : any(value);
      case MAP -> value.isObject() ? map(value, shape.element()) : any(value);
      case OBJECT -> value.isObject() ? object(value, shape) : any(value);
      case DOUBLE -> value.isNumber() ? Double.valueOf(value.doubleValue()) : any(value);
      case BYTES, TIMESTAMP, DATE, DURATION ->
          value.isString() ? formatted(value.asString(), shape.type()) : any(value);
      case BOOL, INT, STRING, ANY -> any(value);
    };
  }

  private static List<Object> list(JsonNode value, Shape items) throws CelException {
    List<Object> list = new ArrayList<>();
    for (JsonNode item : value) {
      list.add(of(item, items));
    }
    return list;
  }

  private static Map<String, Object> map(JsonNode value, Shape values) throws CelException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      map.put(member.getKey(), of(member.getValue(), values));
    }
    return map;
  }

  private static Map<String, Object> object(JsonNode value, Shape shape) throws CelException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Shape.Field> field : shape.fields().entrySet()) {
      JsonNode member = value.get(field.getValue().name());
      if (member != null && !member.isNull()) {
        map.put(field.getKey(), of(member, field.getValue().shape()));
      }
    }
    return map;
  }

  /** A value of which nothing is known. */
  static Object any(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.asBoolean();
      case NUMBER ->
          value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
      case STRING -> value.asString();
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        value.forEach(item -> list.add(any(item)));
        yield list;
      }
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        value.properties().forEach(member -> map.put(member.getKey(), any(member.getValue())));
        yield map;
      }
      default -> com.google.protobuf.NullValue.NULL_VALUE;
    };
  }

  private static Object formatted(String text, Shape.Type type) throws CelException {
    try {
      return switch (type) {
        case BYTES -> CelByteString.of(Base64.getDecoder().decode(text));
        case TIMESTAMP -> OffsetDateTime.parse(text).toInstant();
        case DATE -> date(text);
        default -> duration(text);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CelException("cannot be read as its format says: " + text);
    }
  }

  private static Instant date(String text) {
    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** A duration as Go writes it, such as {@code 1h30m}. */
  private static Duration duration(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    Matcher part = DURATION_PART.matcher(rest);
    double nanos = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      nanos += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    if (!rest.equals("0") && (end == 0 || end < rest.length())) {
      throw new IllegalArgumentException(text);
    }
    return Duration.ofNanos((long) (negative ? -nanos : nanos));
  }

  private static double unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us", "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      default -> 3600e9;
    };
  }
}
