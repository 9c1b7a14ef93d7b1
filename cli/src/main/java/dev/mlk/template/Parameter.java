package dev.mlk.template;

import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.schema.YamlScalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something that may be set in a template.
 *
 * @param name its name
 * @param aliases other names for it
 * @param type what its values are
 * @param description what it means
 * @param range the legal values
 * @param paths the places in the manifest that it fills; {@code Kind:path} for another object than
 *     the TFJob
 * @param arguments the container arguments that it sets, as {@code Worker.steps}
 */
public record Parameter(
    String name,
    List<String> aliases,
    Type type,
    String description,
    Range range,
    List<String> paths,
    List<String> arguments) {
  /** Types of values. */
  public enum Type {
    NAME,
    STRING,
    CHOICE,
    INTEGER,
    NUMBER,
    QUANTITY
  }

  /**
   * The legal values.
   *
   * @param choices all of them, for a choice
   * @param minimum the smallest, if any
   * @param above whether the minimum itself is not legal
   * @param maximum the largest, if any
   */
  public record Range(
      List<String> choices,
      Optional<BigDecimal> minimum,
      boolean above,
      Optional<BigDecimal> maximum) {
    /** The range in words; empty when anything goes. */
    String words() {
      if (!choices.isEmpty()) {
        return String.join(", ", choices);
      }
      List<String> words = new ArrayList<>();
      minimum.ifPresent(least -> words.add((above ? "above " : "from ") + least.toPlainString()));
      maximum.ifPresent(most -> words.add("up to " + most.toPlainString()));
      return String.join(" ", words);
    }
  }

  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Whether that is its name or an alias. */
  boolean called(String other) {
    return name.equals(other) || aliases.contains(other);
  }

  /** What is wrong with a value; empty when it is legal. */
  Optional<String> refuse(String value) {
    return switch (type) {
      case STRING -> value.isBlank() ? expected("a text") : Optional.empty();
      case NAME ->
          NAME.matcher(value).matches()
              ? Optional.empty()
              : expected("lower-case letters, digits and dashes, beginning with a letter");
      case CHOICE ->
          range.choices.contains(value) ? Optional.empty() : expected("one of " + range.words());
      case QUANTITY ->
          Quantity.parse(value).isPresent()
              ? Optional.empty()
              : expected("an amount such as 500m or 2Gi");
      case INTEGER, NUMBER -> number(value);
    };
  }

  private Optional<String> number(String value) {
    JsonNode read = YamlScalar.resolve(value);
    boolean right = type == Type.INTEGER ? read.isIntegralNumber() : read.isNumber();
    String kind = type == Type.INTEGER ? "a whole number" : "a number";
    if (!right) {
      return expected(range.words().isEmpty() ? kind : kind + " " + range.words());
    }
    BigDecimal number = read.decimalValue();
    boolean small =
        range.minimum.isPresent() && number.compareTo(range.minimum.get()) < (range.above ? 1 : 0);
    boolean large = range.maximum.isPresent() && number.compareTo(range.maximum.get()) > 0;
    return small || large ? expected(kind + " " + range.words()) : Optional.empty();
  }

  private Optional<String> expected(String what) {
    return Optional.of(name + " takes " + what);
  }

  /** The value as it stands in the manifest. */
  JsonNode json(String value) {
    return type == Type.INTEGER || type == Type.NUMBER
        ? YamlScalar.resolve(value)
        : JsonNodeFactory.instance.stringNode(value);
  }
}
