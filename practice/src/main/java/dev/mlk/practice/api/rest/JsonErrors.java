package dev.mlk.practice.api.rest;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** What is wrong with a text that is no JSON, in the words of Go's decoder. */
final class JsonErrors {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonErrors() {}

  static String inGoWords(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return "unexpected end of JSON input";
    }
    try (JsonParser parser =
        FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
      while (parser.nextToken() != null) {
        // Only the place of the first error is wanted.
      }
      return "invalid character after top-level value";
    } catch (JacksonException e) {
      int at = e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset() - 1);
      if (at >= text.strip().length()) {
        return "unexpected end of JSON input";
      }
      String before = text.substring(0, at).strip();
      String place =
          before.isEmpty()
              ? "looking for beginning of value"
              : before.endsWith("{") || before.endsWith(",")
                  ? "looking for beginning of object key string"
                  : "looking for beginning of value";
      return "invalid character '" + text.charAt(at) + "' " + place;
    }
  }
}
