package dev.mlk.practice.schema;

import dev.mlk.practice.quantity.Quantity;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Quantities as decoders take them: a text or a plain number. */
final class QuantityText {
  private static final Pattern SHAPE =
      Pattern.compile("[+-]?[0-9]*(?:\\.[0-9]*)?(?:[eEinumkKMGTP]+[-+]?[0-9]*)?");

  /** A suffix without a number counts as zero. */
  private static final Pattern EMPTY_NUMBER =
      Pattern.compile("[+-]?(?:\\.|\\.?(?:[KMGTPE]i|[numkMGTP]))");

  private static final String WRONG_FORMAT =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  private QuantityText() {}

  /** What is wrong with a value as a quantity, in the server's words; empty when it is one. */
  static Optional<String> problem(JsonNode value) {
    if (!value.isString() && !value.isNumber()) {
      return Optional.of(WRONG_FORMAT);
    }
    String text = value.asString().strip();
    if (Quantity.parse(text).isPresent() || EMPTY_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    if (text.isEmpty() || !SHAPE.matcher(text).matches()) {
      return Optional.of(WRONG_FORMAT);
    }
    return Optional.of("unable to parse quantity's suffix");
  }

  /** The text that Kubernetes stores: as written when that is canonical already. */
  static String canonical(JsonNode value) {
    String text = value.asString().strip();
    if (EMPTY_NUMBER.matcher(text).matches()) {
      return "0";
    }
    return Quantity.parse(text).map(Quantity::toString).orElse(text);
  }
}
