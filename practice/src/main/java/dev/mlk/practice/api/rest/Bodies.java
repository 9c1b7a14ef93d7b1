package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.catalog.CustomKind;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.protobuf.ProtobufBody;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.schema.Bodies.Body;
import dev.mlk.practice.schema.BodyException;
import dev.mlk.practice.schema.Decoding;
import dev.mlk.practice.schema.TypeSchema;
import dev.mlk.practice.schema.TypedForm;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads the objects in the bodies of calls. */
final class Bodies {
  private static final String KNOWN =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  /** How much of a body messages show. */
  private static final int SHOWN = 30;

  private Bodies() {}

  /** The body's media type without parameters; JSON when none is given. */
  static String mediaType(Call call) {
    String header = call.header("content-type");
    return header.isBlank() ? "application/json" : Accepts.parse(header).getFirst().get("");
  }

  /** The object in the body, which must be of the resource's kind and version. */
  static ObjectNode object(Action action) {
    Served served = action.served();
    Resource resource = served.resource();
    Body body = body(action.call(), resource.kind());
    ObjectNode object = body.object();
    if (served.custom().isPresent()) {
      checkForeignVersion(action, body);
    }
    checkKind(action, object, resource, served.custom().isEmpty());
    if (served.custom().isPresent()) {
      checkCustom(action, body, served.custom().get());
    } else if (served.type().isPresent()) {
      checkFields(action, body, served.type().get(), resource);
    }
    if (!object.path("metadata").isObject()) {
      object.set("metadata", Json.object());
    }
    return object;
  }

  /**
   * An object of another kind than the resource's, as subresources take it.
   *
   * @param type the shape of that kind, empty when nothing is known of it
   */
  static ObjectNode object(Action action, Resource kind, Optional<TypeSchema> type) {
    Body body = body(action.call(), kind.kind());
    checkKind(action, body.object(), kind, true);
    type.ifPresent(shape -> checkFields(action, body, shape, kind));
    return body.object();
  }

  /** Any object, whatever it says it is. */
  static ObjectNode anything(Call call, String kind) {
    return body(call, kind).object();
  }

  private static Body body(Call call, String kind) {
    try {
      return switch (mediaType(call)) {
        case "application/json", "application/x-www-form-urlencoded" ->
            dev.mlk.practice.schema.Bodies.json(call.body());
        case ProtobufBody.MEDIA_TYPE ->
            new Body(ProtobufBody.read(call.body()), List.of(), List.of());
        case "application/yaml" -> dev.mlk.practice.schema.Bodies.yaml(call.body());
        default ->
            throw ApiError.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                    + KNOWN);
      };
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(e.getMessage());
    } catch (BodyException e) {
      throw ApiError.badRequest(
          "the object provided is unrecognized (must be of type " + kind + "): " + e.getMessage());
    }
  }

  private static void checkKind(
      Action action, ObjectNode object, Resource kind, boolean mayBeBare) {
    boolean bareKind = object.path("kind").asString("").isEmpty();
    boolean bareVersion = object.path("apiVersion").asString("").isEmpty();
    if (!mayBeBare && (bareKind || bareVersion)) {
      throw missing(action.call(), kind.kind(), bareKind ? "Kind" : "apiVersion");
    }
    if (bareKind) {
      object.put("kind", kind.kind());
    }
    if (bareVersion) {
      object.put("apiVersion", kind.apiVersion());
    }
    String gotKind = object.path("kind").asString("");
    String gotVersion = object.path("apiVersion").asString("");
    if (!gotKind.equals(kind.kind()) && !mayBeBare) {
      throw ApiError.invalid(
          gotKind,
          kind.group(),
          object.path("metadata").path("name").asString(""),
          List.of(FieldError.invalid("kind", "\"" + gotKind + "\"", "must be " + kind.kind())));
    }
    if (!gotKind.equals(kind.kind())) {
      throw ApiError.badRequest(wrongKind(gotVersion, gotKind, kind));
    }
    if (!gotVersion.equals(kind.apiVersion())) {
      throw ApiError.badRequest(
          "the API version in the data ("
              + gotVersion
              + ") does not match the expected API version ("
              + kind.apiVersion()
              + ")");
    }
  }

  /** Nothing is known of a version that the path does not name: every field of it is unknown. */
  private static void checkForeignVersion(Action action, Body body) {
    Resource resource = action.served().resource();
    ObjectNode object = body.object();
    String version = object.path("apiVersion").asString("");
    if (!object.path("kind").asString("").equals(resource.kind())
        || !version.startsWith(resource.group() + "/")
        || version.equals(resource.apiVersion())) {
      return;
    }
    List<String> unknown =
        object.propertyNames().stream()
            .filter(name -> !List.of("apiVersion", "kind", "metadata").contains(name))
            .map(name -> "unknown field \"" + name + "\"")
            .toList();
    strict(action.call(), unknown, action.warnings())
        .ifPresent(
            text -> {
              throw ApiError.badRequest(text);
            });
  }

  private static String wrongKind(String gotVersion, String gotKind, Resource kind) {
    int slash = gotVersion.indexOf('/');
    String group = slash < 0 ? "" : gotVersion.substring(0, slash);
    return gotKind
        + " in version \""
        + gotVersion.substring(slash + 1)
        + "\" cannot be handled as a "
        + kind.kind()
        + ": converting ("
        + group
        + "."
        + gotKind
        + ") to ("
        + kind.group()
        + "."
        + kind.kind()
        + "): unknown conversion";
  }

  private static void checkCustom(Action action, Body body, CustomKind custom) {
    Resource resource = action.served().resource();
    Decoding.Result result = custom.check(body);
    String head =
        resource.kind()
            + " in version \""
            + resource.version()
            + "\" cannot be handled as a "
            + resource.kind()
            + ": ";
    result
        .typeError()
        .ifPresent(
            text -> {
              throw ApiError.badRequest(head + text);
            });
    strict(action.call(), result.strictErrors(), action.warnings())
        .ifPresent(
            text -> {
              throw ApiError.badRequest(head + text);
            });
    custom.prune(body.object());
  }

  private static void checkFields(Action action, Body body, TypeSchema type, Resource kind) {
    Decoding.Result result = Decoding.check(body, type);
    String head =
        kind.kind()
            + " in version \""
            + kind.version()
            + "\" cannot be handled as a "
            + kind.kind()
            + ": ";
    if (result.typeError().isPresent()) {
      throw ApiError.badRequest(head + result.typeError().get());
    }
    strict(action.call(), result.strictErrors(), action.warnings())
        .ifPresent(
            text -> {
              throw ApiError.badRequest(head + text);
            });
    TypedForm.normalize(body.object(), type);
  }

  /**
   * What strict validation says, when the caller wants it to be an error; else it becomes warnings.
   */
  static Optional<String> strict(Call call, List<String> errors, List<String> warnings) {
    String mode = call.query("fieldValidation");
    if (errors.isEmpty() || mode.equals("Ignore")) {
      return Optional.empty();
    }
    if (mode.equals("Strict")) {
      return Optional.of(
          "strict decoding error: " + String.join(", ", errors.stream().sorted().toList()));
    }
    errors.stream().sorted().forEach(warnings::add);
    return Optional.empty();
  }

  private static ApiError missing(Call call, String kind, String what) {
    String text = new String(call.body(), StandardCharsets.UTF_8);
    String excerpt = text.length() > SHOWN ? text.substring(0, SHOWN) + " ..." : text;
    return ApiError.badRequest(
        "the object provided is unrecognized (must be of type "
            + kind
            + "): Object '"
            + what
            + "' is missing in '"
            + text
            + "' ("
            + excerpt
            + ")");
  }
}
