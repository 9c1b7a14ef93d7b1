package dev.mlk.images.mnist.cluster;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * JSON as maps, lists and strings, with trailing commas allowed. The streaming parser starts fast.
 */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

  private Json() {}

  /** An object; numbers and booleans become their text, null is left out. */
  static Map<String, Object> object(String variable, String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Failure(ExitCode.USAGE, variable + " is not a JSON object: " + text.strip());
      }
      Map<String, Object> read = object(parser);
      if (parser.nextToken() != null) {
        throw new Failure(ExitCode.USAGE, variable + " goes on after its closing brace");
      }
      return read;
    } catch (JacksonException e) {
      throw new Failure(
          ExitCode.USAGE,
          variable
              + " is not JSON, line "
              + e.getLocation().getLineNr()
              + " column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      value(parser).ifPresent(value -> object.put(name, value));
    }
    return object;
  }

  private static Optional<Object> value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Optional.of(object(parser));
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser).ifPresent(list::add);
        }
        yield Optional.of(list);
      }
      case VALUE_NULL -> Optional.empty();
      default -> Optional.of(parser.getString());
    };
  }
}
