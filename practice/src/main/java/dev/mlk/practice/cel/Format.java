package dev.mlk.practice.cel;

import com.google.protobuf.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's {@code format}: {@code %s %d %f %e %b %x %X %o}. */
final class Format {
  private static final Pattern CLAUSE = Pattern.compile("%(?:%|(?:\\.([0-9]+))?([a-zA-Z]))");
  private static final int DIGITS = 6;

  private Format() {}

  static String of(String text, List<?> arguments) throws CelEvaluationException {
    StringBuilder result = new StringBuilder();
    Matcher clause = CLAUSE.matcher(text);
    int from = 0;
    int next = 0;
    while (clause.find()) {
      result.append(text.substring(from, clause.start()));
      from = clause.end();
      if (clause.group(2) == null) {
        result.append('%');
        continue;
      }
      if (next >= arguments.size()) {
        throw new CelEvaluationException("index " + next + " out of range");
      }
      int digits = clause.group(1) == null ? DIGITS : Integer.parseInt(clause.group(1));
      result.append(one(clause.group(2), digits, arguments.get(next++)));
    }
    return result.append(text.substring(from)).toString();
  }

  private static String one(String verb, int digits, Object value) throws CelEvaluationException {
    return switch (verb) {
      case "s" -> text(value);
      case "d" -> value instanceof Number number ? text(number) : refuse(verb, value);
      case "f" -> fixed(number(verb, value), digits);
      case "e" -> String.format("%." + digits + "e", number(verb, value));
      case "b" ->
          value instanceof Boolean bool
              ? (bool ? "1" : "0")
              : Long.toString(number(verb, value).longValue(), 2);
      case "o" -> Long.toString(number(verb, value).longValue(), 8);
      case "x" -> hex(verb, value);
      case "X" -> hex(verb, value).toUpperCase(java.util.Locale.ROOT);
      default ->
          throw new CelEvaluationException("unrecognized formatting clause \"" + verb + "\"");
    };
  }

  private static String hex(String verb, Object value) throws CelEvaluationException {
    return value instanceof String string
        ? HexFormat.of().formatHex(string.getBytes(StandardCharsets.UTF_8))
        : Long.toString(number(verb, value).longValue(), 16);
  }

  private static String fixed(Double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
        : value.toString();
  }

  private static Double number(String verb, Object value) throws CelEvaluationException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    refuse(verb, value);
    return 0.0;
  }

  private static String refuse(String verb, Object value) throws CelEvaluationException {
    throw new CelEvaluationException(
        "could not format \"" + verb + "\": unsupported type " + value.getClass().getSimpleName());
  }

  private static String text(Object value) {
    return switch (value) {
      case NullValue _ -> "null";
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      case List<?> list -> "[" + String.join(", ", list.stream().map(Format::text).toList()) + "]";
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, member) -> sorted.put(text(key), text(member)));
        yield "{"
            + String.join(
                ", ",
                sorted.entrySet().stream()
                    .map(member -> member.getKey() + ": " + member.getValue())
                    .toList())
            + "}";
      }
      default -> value.toString();
    };
  }
}
