package dev.mlk.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The meaning of plain scalars for Kubernetes, which reads YAML 1.1: {@code yes} and {@code on} are
 * booleans, {@code 0644} is octal. A reader of YAML 1.2 would send something else than kubectl
 * does.
 */
public final class Scalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7_]+");
  private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final int LONGEST_NUMBER = 400;

  private Scalars() {}

  /** The JSON value of a plain (unquoted) scalar. */
  public static JsonNode plain(String text) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (NULL.contains(text)) {
      return json.nullNode();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return json.booleanNode(TRUE.contains(text));
    }
    if (text.length() > LONGEST_NUMBER || !looksNumeric(text.charAt(0))) {
      return json.stringNode(text);
    }
    if (DECIMAL.matcher(text).matches()) {
      return integer(text, 10, 0);
    }
    if (OCTAL.matcher(text).matches()) {
      return integer(text, 8, text.contains("o") ? 2 : 1);
    }
    if (HEX.matcher(text).matches()) {
      return integer(text, 16, 2);
    }
    if (BINARY.matcher(text).matches()) {
      return integer(text, 2, 2);
    }
    if (FLOAT.matcher(text).matches()) {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > LONGEST_NUMBER
          ? json.stringNode(text)
          : json.numberNode(value);
    }
    return json.stringNode(text);
  }

  private static boolean looksNumeric(char first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }

  private static JsonNode integer(String text, int radix, int prefix) {
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    String digits = text.substring((signed ? 1 : 0) + prefix).replace("_", "");
    BigInteger value = new BigInteger(digits.isEmpty() ? "0" : digits, radix);
    BigInteger whole = text.charAt(0) == '-' ? value.negate() : value;
    if (whole.bitLength() < Integer.SIZE) {
      return JsonNodeFactory.instance.numberNode(whole.intValue());
    }
    return whole.bitLength() < Long.SIZE
        ? JsonNodeFactory.instance.numberNode(whole.longValue())
        : JsonNodeFactory.instance.numberNode(whole);
  }
}
