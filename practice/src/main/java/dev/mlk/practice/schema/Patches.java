package dev.mlk.practice.schema;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three kinds of patch that are computed from the object alone; server-side apply is in {@link
 * ManagedFields}. Neither argument is changed. All throw {@link PatchException} with the server's
 * answer when the patch cannot be applied.
 */
public final class Patches {
  private Patches() {}

  /** RFC 6902, with the server's leniency: replacing a missing member of an object adds it. */
  public static JsonNode json(JsonNode target, JsonNode patch) {
    if (!patch.isArray()) {
      throw PatchException.badRequest(
          "error decoding patch: json: cannot unmarshal "
              + BodyException.word(patch)
              + " into Go value of type []handlers.jsonPatchOp");
    }
    return new JsonPatch(target.deepCopy()).apply(patch);
  }

  /** RFC 7386. */
  public static JsonNode merge(JsonNode target, JsonNode patch) {
    if (patch.isNull()) {
      throw PatchException.badRequest("Invalid JSON Patch");
    }
    if (!patch.isObject()) {
      throw PatchException.badRequest("error decoding patch: " + noMap(patch));
    }
    return merged(target.deepCopy(), patch);
  }

  /**
   * Kubernetes' own: lists merge as the type says, with the directives that begin with {@code $}.
   */
  public static JsonNode strategic(JsonNode target, JsonNode patch, TypeSchema type) {
    if (!patch.isObject()) {
      throw PatchException.badRequest(noMap(patch));
    }
    return StrategicMerge.map((ObjectNode) target.deepCopy(), (ObjectNode) patch.deepCopy(), type);
  }

  /**
   * Reads a patch document.
   *
   * @param strategic whether it is a strategic merge patch, whose errors lack the usual beginning
   */
  public static JsonNode read(byte[] text, boolean strategic) {
    try {
      JsonNode patch = JsonMapper.shared().readTree(text);
      if (!patch.isMissingNode()) {
        if (infinite(patch)) {
          throw tooLarge(text, strategic, patch.isArray());
        }
        return patch;
      }
    } catch (JacksonException e) {
      // Said below in the server's words.
    }
    String problem = JsonSyntax.problem(new String(text, java.nio.charset.StandardCharsets.UTF_8));
    throw PatchException.badRequest(strategic ? problem : "error decoding patch: " + problem);
  }

  private static boolean infinite(JsonNode value) {
    return value.isContainer()
        ? value.valueStream().anyMatch(Patches::infinite)
        : value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
  }

  /** The server reads numbers of patches as floats. */
  private static PatchException tooLarge(byte[] text, boolean strategic, boolean list) {
    String place = list ? "Go struct field jsonPatchOp.value" : "Go value";
    try (JsonParser parser = JsonMapper.shared().createParser(text)) {
      while (parser.nextToken() != JsonToken.VALUE_NUMBER_FLOAT
          || Double.isFinite(parser.getDoubleValue())) {}
      return PatchException.badRequest(
          (strategic ? "" : "error decoding patch: ")
              + "json: cannot unmarshal number "
              + parser.getString()
              + " into "
              + place
              + " of type float64");
    }
  }

  private static String noMap(JsonNode patch) {
    return "json: cannot unmarshal "
        + BodyException.word(patch)
        + " into Go value of type map[string]interface {}";
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch.deepCopy();
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
      }
    }
    return result;
  }
}
