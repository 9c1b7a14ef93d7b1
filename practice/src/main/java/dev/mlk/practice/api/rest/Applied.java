package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.schema.ApplyConflict;
import dev.mlk.practice.schema.Bodies;
import dev.mlk.practice.schema.BodyException;
import dev.mlk.practice.schema.ManagedFields;
import dev.mlk.practice.schema.PatchException;
import dev.mlk.practice.schema.TypeSchema;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A configuration that server-side apply brings into an object. */
final class Applied {
  private final ObjectNode configuration;
  private final TypeSchema type;
  private final ManagedFields.ApplyOptions options;

  private Applied(ObjectNode configuration, TypeSchema type, ManagedFields.ApplyOptions options) {
    this.configuration = configuration;
    this.type = type;
    this.options = options;
  }

  /** The configuration in a call's body. */
  static Applied of(Action action, FieldTracking tracking) {
    ObjectNode configuration;
    try {
      configuration = Bodies.yaml(action.call().body()).object();
    } catch (BodyException e) {
      throw ApiError.badRequest(
          "error decoding YAML: error converting YAML to JSON: " + e.problem());
    }
    checkType(configuration, action.served().resource());
    String name = Metadata.name(configuration);
    if (!name.isEmpty() && !name.equals(action.name())) {
      throw ApiError.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + action.name()
              + ")");
    }
    Metadata.of(configuration).put("name", action.name());
    if (action.served().resource().namespaced()) {
      String namespace = Metadata.namespace(configuration);
      if (!namespace.isEmpty() && !namespace.equals(action.namespace())) {
        throw ApiError.badRequest(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
      }
    }
    return new Applied(
        configuration,
        action.served().type().orElseThrow(ApiError::noSuchResource),
        tracking.applying(action));
  }

  private static void checkType(ObjectNode configuration, Resource resource) {
    String kind = configuration.path("kind").asString("");
    String version = configuration.path("apiVersion").asString("");
    if (version.equals(resource.apiVersion()) && !kind.equals(resource.kind())) {
      String group = resource.group();
      throw ApiError.badRequest(
          "invalid object type: " + group + "/" + resource.version() + ", Kind=" + kind);
    }
  }

  /**
   * The object that the configuration alone makes. A resourceVersion in it, by which operators say
   * that they want to create and not to change, has done its duty.
   */
  ObjectNode create() {
    ObjectNode object = apply(null);
    Metadata.of(object).remove("resourceVersion");
    return object;
  }

  /** The object with the configuration in it. */
  ObjectNode to(ObjectNode live) {
    return apply(live);
  }

  private ObjectNode apply(ObjectNode liveOrNull) {
    try {
      return ManagedFields.apply(liveOrNull, configuration.deepCopy(), type, options);
    } catch (ApplyConflict e) {
      ObjectNode details = Json.object();
      ArrayNode causes = details.putArray("causes");
      for (FieldError cause : e.causes()) {
        causes
            .addObject()
            .put("reason", cause.reason())
            .put("message", cause.message())
            .put("field", cause.field());
      }
      throw ApiError.of(409, "Conflict", e.getMessage(), details);
    } catch (PatchException e) {
      throw Patch.refusal(e);
    }
  }
}
