package dev.mlk.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of YAML and where it stands. */
public sealed interface YamlNode {
  /** A place in a text; line and column count from 1. */
  record Position(int line, int column) {}

  /** Where it starts. */
  Position position();

  /**
   * A text, number, truth value or null, as it is written.
   *
   * @param text the text without quotes
   * @param plain whether it stood without quotes
   */
  record Scalar(String text, boolean plain, Position position) implements YamlNode {
    /** Whether it is an unquoted null. */
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** Fields by name, in order. */
  record Mapping(Map<String, YamlNode> fields, Position position) implements YamlNode {
    /** The field, when it is there. */
    public Optional<YamlNode> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }
  }

  /** Elements in order. */
  record Sequence(List<YamlNode> elements, Position position) implements YamlNode {}
}
