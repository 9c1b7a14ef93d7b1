package dev.mlk.practice.schema;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * A body that is no object at all. The message is what the server puts behind {@code the object
 * provided is unrecognized (must be of type K): }.
 */
public final class BodyException extends RuntimeException {
  private static final int SHOWN = 30;

  private final String problem;

  private BodyException(String problem, String message) {
    super(message, null, false, false);
    this.problem = problem;
  }

  static BodyException syntax(byte[] text) {
    return json(JsonSyntax.problem(new String(text, StandardCharsets.UTF_8)), text);
  }

  static BodyException noObject(JsonNode value, byte[] text) {
    if (value.isMissingNode()) {
      return json("unexpected end of JSON input", text);
    }
    return json(
        "json: cannot unmarshal "
            + word(value)
            + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
            + " Kind string \"json:\\\"kind,omitempty\\\"\" }",
        text);
  }

  static BodyException notText(String field, JsonNode value, byte[] text) {
    return json(
        "json: cannot unmarshal "
            + word(value)
            + " into Go struct field ."
            + field
            + " of type string",
        text);
  }

  /** What is wrong, without showing the text. */
  public String problem() {
    return problem;
  }

  static BodyException yaml(String problem, byte[] text) {
    return new BodyException(problem, problem + " (" + excerpt(text) + ")");
  }

  private static BodyException json(String problem, byte[] text) {
    return new BodyException(
        problem,
        "couldn't get version/kind; json parse error: " + problem + " (" + excerpt(text) + ")");
  }

  static String word(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case ARRAY -> "array";
      default -> "object";
    };
  }

  /**
   * What looks like an object is shown as text, anything else in hexadecimal, both up to 30 bytes.
   */
  private static String excerpt(byte[] text) {
    if (text.length == 0) {
      return "<empty>";
    }
    int length = Math.min(SHOWN, text.length);
    String shown =
        text[0] == '{'
            ? new String(text, 0, length, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(text, 0, length);
    return text.length > SHOWN ? shown + " ..." : shown;
  }
}
