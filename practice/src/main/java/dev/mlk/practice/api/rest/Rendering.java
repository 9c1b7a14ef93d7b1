package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.status.ApiError;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as clients want them: whole, metadata only, or as rows of a table. */
final class Rendering {
  private static final String META = "meta.k8s.io/";
  private final InstantSource clock;

  Rendering(InstantSource clock) {
    this.clock = clock;
  }

  /** One object. */
  Answer one(Action action, int status, ObjectNode object) {
    Accepts accepts = action.accepts();
    ObjectNode shown = object;
    if (accepts.table() && object.path("metadata").has("uid")) {
      shown = table(action, object, object.path("metadata"));
    } else if (accepts.as().equals("PartialObjectMetadata")) {
      shown = partial(object, accepts.version());
    } else if (accepts.as().equals("PartialObjectMetadataList")) {
      throw notAcceptable(
          "you requested PartialObjectMetadataList, but the requested object is not a list type"
              + " (*"
              + action.served().resource().kind()
              + ")");
    } else {
      action.served().rules().show(shown);
    }
    return Answer.of(status, accepts.contentType(), accepts.write(shown))
        .warning(action.warnings());
  }

  /**
   * A list without its items, in the form asked for: an array for them, still empty, is its last
   * member.
   */
  ObjectNode envelope(Action action, ObjectNode metadata) {
    Accepts accepts = action.accepts();
    Served served = action.served();
    if (accepts.table()) {
      return emptyTable(action, metadata);
    }
    if (accepts.as().equals("PartialObjectMetadata")) {
      throw notAcceptable(
          "you requested PartialObjectMetadata, but the requested object is a list (*"
              + (served.resource().group().isEmpty() ? "core." : "")
              + listKind(served)
              + ")");
    }
    boolean whole = accepts.as().isEmpty();
    ObjectNode list = Json.object();
    list.put("kind", whole ? listKind(served) : "PartialObjectMetadataList");
    list.put("apiVersion", whole ? served.resource().apiVersion() : META + accepts.version());
    list.set("metadata", metadata);
    list.putArray("items");
    return list;
  }

  /** One item of a list in the form asked for. */
  ObjectNode item(Action action, ObjectNode object) {
    if (action.accepts().table()) {
      return row(action, object);
    }
    if (action.accepts().metadataOnly()) {
      return partial(object, action.accepts().version());
    }
    action.served().rules().show(object);
    return action.served().custom().isPresent()
        ? object
        : object.remove(List.of("kind", "apiVersion"));
  }

  /** The object of a watch event in the form asked for. */
  ObjectNode event(Action action, ObjectNode object, boolean first) {
    Accepts accepts = action.accepts();
    if (accepts.table()) {
      ObjectNode version = Json.object();
      version.set("resourceVersion", object.path("metadata").path("resourceVersion"));
      ObjectNode table = table(action, object, version);
      if (!first) {
        table.set("columnDefinitions", JsonNodeFactory.instance.nullNode());
      }
      return table;
    }
    if (accepts.metadataOnly()) {
      return partial(object, accepts.version());
    }
    action.served().rules().show(object);
    return object;
  }

  private ObjectNode table(Action action, ObjectNode object, JsonNode metadata) {
    ObjectNode table = emptyTable(action, metadata);
    table.withArray("rows").add(row(action, object));
    return table;
  }

  private static ObjectNode emptyTable(Action action, JsonNode listMetadata) {
    String include = action.call().query("includeObject");
    if (!List.of("", "None", "Object", "Metadata").contains(include)) {
      throw ApiError.badRequest(
          "Unable to convert to Table as requested: includeObject: Invalid value: \""
              + include
              + "\": must be 'Metadata', 'Object', 'None', or empty");
    }
    KindRules rules = action.served().rules();
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", META + action.accepts().version());
    ObjectNode metadata = table.putObject("metadata");
    for (String name : List.of("resourceVersion", "continue", "remainingItemCount")) {
      if (listMetadata.has(name)) {
        metadata.set(name, listMetadata.get(name));
      }
    }
    ArrayNode columns = table.putArray("columnDefinitions");
    rules
        .columns()
        .forEach(
            column ->
                columns
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", column.description())
                    .put("priority", column.priority()));
    table.putArray("rows");
    return table;
  }

  private ObjectNode row(Action action, ObjectNode item) {
    ObjectNode row = Json.object();
    ArrayNode cells = row.putArray("cells");
    action.served().rules().cells(item, clock.instant()).forEach(cells::add);
    row.set("object", rowObject(action, item));
    return row;
  }

  private static JsonNode rowObject(Action action, ObjectNode item) {
    return switch (action.call().query("includeObject")) {
      case "None" -> JsonNodeFactory.instance.nullNode();
      case "Object" -> item;
      default -> partial(item, action.accepts().version());
    };
  }

  private static ObjectNode partial(ObjectNode object, String version) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", META + version);
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  private static ApiError notAcceptable(String message) {
    return ApiError.of(406, "NotAcceptable", message);
  }

  /** The kind of a list of the served kind. */
  static String listKind(Served served) {
    return served.resource().kind() + "List";
  }
}
