package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Yaml;
import dev.mlk.practice.status.ApiError;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the objects in the bodies of calls. */
final class Bodies {
  private static final String KNOWN =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private Bodies() {}

  /** The body's media type without parameters; JSON when none is given. */
  static String mediaType(Call call) {
    String header = call.header("content-type");
    return header.isBlank() ? "application/json" : Accepts.parse(header).getFirst().get("");
  }

  /** The object in the body, which must be of the resource's kind and version. */
  static ObjectNode object(Action action) {
    Resource resource = action.served().resource();
    return object(
        action, resource.kind(), resource.apiVersion(), action.served().custom().isEmpty());
  }

  /**
   * The object in the body.
   *
   * @param mayBeBare whether kind and apiVersion may both be left out
   */
  static ObjectNode object(Action action, String kind, String apiVersion, boolean mayBeBare) {
    JsonNode body = tree(action.call(), kind);
    if (!(body instanceof ObjectNode object)) {
      throw unrecognized(
          kind,
          "couldn't get version/kind; json parse error: json: cannot unmarshal "
              + goKind(body)
              + " into Go value of type struct { APIVersion string"
              + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }
    boolean bareKind = object.path("kind").asString("").isEmpty();
    boolean bareVersion = object.path("apiVersion").asString("").isEmpty();
    if (!mayBeBare && bareKind) {
      throw ApiError.badRequest("Object 'Kind' is missing in '" + text(action.call()) + "'");
    }
    if (!mayBeBare && bareVersion) {
      throw ApiError.badRequest("Object 'apiVersion' is missing in '" + text(action.call()) + "'");
    }
    if (bareKind) {
      object.put("kind", kind);
    }
    if (bareVersion) {
      object.put("apiVersion", apiVersion);
    }
    String gotKind = object.path("kind").asString("");
    String gotVersion = object.path("apiVersion").asString("");
    if (!gotKind.equals(kind)) {
      throw ApiError.badRequest(wrongKind(gotVersion, gotKind, kind));
    }
    if (!gotVersion.equals(apiVersion)) {
      throw ApiError.badRequest(
          "the API version in the data ("
              + gotVersion
              + ") does not match the expected API version ("
              + apiVersion
              + ")");
    }
    if (!object.path("metadata").isObject()) {
      object.set("metadata", Json.object());
    }
    return object;
  }

  private static String wrongKind(String gotVersion, String gotKind, String kind) {
    int slash = gotVersion.indexOf('/');
    String group = slash < 0 ? "" : gotVersion.substring(0, slash);
    return gotKind
        + " in version \""
        + gotVersion.substring(slash + 1)
        + "\" cannot be handled as a "
        + kind
        + ": converting ("
        + group
        + "."
        + gotKind
        + ") to (."
        + kind
        + "): unknown conversion";
  }

  private static JsonNode tree(Call call, String kind) {
    try {
      return switch (mediaType(call)) {
        case "application/json", "application/x-www-form-urlencoded" -> Json.read(call.body());
        case "application/yaml" -> Yaml.read(call.body());
        default ->
            throw ApiError.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                    + KNOWN);
      };
    } catch (JacksonException | YamlEngineException e) {
      throw unrecognized(
          kind,
          "couldn't get version/kind; json parse error: " + JsonErrors.inGoWords(call.body()));
    }
  }

  private static ApiError unrecognized(String kind, String why) {
    return ApiError.badRequest(
        "the object provided is unrecognized (must be of type " + kind + "): " + why);
  }

  private static String text(Call call) {
    return new String(call.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String goKind(JsonNode node) {
    if (node.isArray()) {
      return "array";
    }
    if (node.isNumber()) {
      return "number";
    }
    return node.isBoolean() ? "bool" : "string";
  }
}
