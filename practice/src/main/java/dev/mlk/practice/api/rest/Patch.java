package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.schema.Bodies.Body;
import dev.mlk.practice.schema.Decoding;
import dev.mlk.practice.schema.PatchException;
import dev.mlk.practice.schema.Patches;
import dev.mlk.practice.schema.TypeSchema;
import dev.mlk.practice.schema.TypedForm;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch of one of the types that need nothing but the object. */
final class Patch {
  private static final String FOR_CUSTOM =
      "the body of the request was in an unknown format - accepted media types include:"
          + " application/json-patch+json, application/merge-patch+json,"
          + " application/apply-patch+yaml";

  private enum Type {
    JSON,
    MERGE,
    STRATEGIC
  }

  private final Action action;
  private final Type type;
  private final JsonNode body;

  private Patch(Action action, Type type, JsonNode body) {
    this.action = action;
    this.type = type;
    this.body = body;
  }

  /** The patch in a call's body. */
  static Patch of(Action action) {
    boolean custom = action.served().custom().isPresent();
    Type type =
        switch (Bodies.mediaType(action.call())) {
          case "application/json-patch+json" -> Type.JSON;
          case "application/merge-patch+json" -> Type.MERGE;
          case "application/strategic-merge-patch+json" -> {
            if (custom) {
              throw ApiError.unsupportedMediaType(FOR_CUSTOM);
            }
            yield Type.STRATEGIC;
          }
          default ->
              throw custom
                  ? ApiError.unsupportedMediaType(FOR_CUSTOM)
                  : ApiError.of(
                      415, "UnsupportedMediaType", "415: Unsupported Media Type", Json.object());
        };
    try {
      return new Patch(action, type, Patches.read(action.call().body(), type == Type.STRATEGIC));
    } catch (PatchException e) {
      throw refusal(e);
    }
  }

  /** The object with the patch applied, checked against its type. */
  ObjectNode apply(ObjectNode object, Optional<TypeSchema> shape) {
    JsonNode patched;
    try {
      patched =
          switch (type) {
            case JSON -> Patches.json(object, body);
            case MERGE -> Patches.merge(object, body);
            case STRATEGIC -> Patches.strategic(object, body, shape.orElseThrow());
          };
    } catch (PatchException e) {
      throw refusal(e);
    }
    if (!(patched instanceof ObjectNode result)) {
      throw ApiError.unprocessablePatch();
    }
    check(result, shape);
    return result;
  }

  private void check(ObjectNode result, Optional<TypeSchema> shape) {
    Served served = action.served();
    String shown =
        type == Type.STRATEGIC
            ? GoText.of(body)
            : new String(Json.write(result), StandardCharsets.UTF_8);
    if (served.custom().isPresent()) {
      Decoding.Result found = served.custom().get().check(new Body(result, List.of(), List.of()));
      found.typeError().ifPresent(text -> refuse(shown, text));
      Bodies.strict(action.call(), found.strictErrors(), action.warnings())
          .ifPresent(text -> refuse(shown, text));
      served.custom().get().prune(result);
      return;
    }
    if (shape.isEmpty()) {
      return;
    }
    Decoding.Result decoded = Decoding.check(result, shape.get());
    (type == Type.STRATEGIC ? Decoding.conversionProblem(result, shape.get()) : decoded.typeError())
        .ifPresent(text -> refuse(shown, text));
    Bodies.strict(action.call(), decoded.strictErrors(), action.warnings())
        .ifPresent(text -> refuse(shown, text));
    TypedForm.normalize(result, shape.get());
  }

  private static void refuse(String shown, String why) {
    String value = MetadataRules.quoted(shown);
    throw ApiError.invalid("", "", "", List.of(FieldError.invalid("patch", value, why)));
  }

  static ApiError refusal(PatchException e) {
    return e.code() == 422
        ? ApiError.unprocessablePatch()
        : ApiError.of(e.code(), e.reason(), e.getMessage());
  }
}
