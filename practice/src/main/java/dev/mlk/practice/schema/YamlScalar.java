package dev.mlk.practice.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a plain YAML scalar means to Go's reader: YAML 1.1, so that {@code yes} is true and {@code
 * 0644} octal.
 */
public final class YamlScalar {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private YamlScalar() {}

  /** The JSON value of a plain (unquoted) scalar. */
  public static JsonNode resolve(String text) {
    if (NULLS.contains(text)) {
      return NODES.nullNode();
    }
    if (TRUE.contains(text)) {
      return NODES.booleanNode(true);
    }
    if (FALSE.contains(text)) {
      return NODES.booleanNode(false);
    }
    char first = text.charAt(0);
    boolean numeric = "0123456789-+.".indexOf(first) >= 0;
    return numeric ? number(text) : NODES.stringNode(text);
  }

  private static JsonNode number(String text) {
    String plain = text.replace("_", "");
    boolean negative = plain.startsWith("-");
    String digits = negative || plain.startsWith("+") ? plain.substring(1) : plain;
    BigInteger whole = whole(digits);
    if (whole != null) {
      return integer(negative ? whole.negate() : whole);
    }
    // What is too large for a float is a text, as it is to Go's reader.
    if (FLOAT.matcher(plain).matches() && Double.isFinite(Double.parseDouble(plain))) {
      BigDecimal value = new BigDecimal(plain);
      return value.stripTrailingZeros().scale() <= 0
              && value.abs().compareTo(BigDecimal.valueOf(1L << 53)) < 0
          ? integer(value.toBigInteger())
          : NODES.numberNode(value);
    }
    return NODES.stringNode(text);
  }

  private static BigInteger whole(String digits) {
    if (digits.startsWith("0x")) {
      return parse(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return parse(digits.substring(2), 2);
    }
    if (digits.startsWith("0o")) {
      return parse(digits.substring(2), 8);
    }
    if (digits.length() > 1 && digits.startsWith("0")) {
      return parse(digits.substring(1), 8);
    }
    return parse(digits, 10);
  }

  private static BigInteger parse(String digits, int radix) {
    if (digits.isEmpty()) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), radix) < 0) {
        return null;
      }
    }
    return new BigInteger(digits, radix);
  }

  private static JsonNode integer(BigInteger value) {
    if (value.bitLength() < 32) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
  }
}
