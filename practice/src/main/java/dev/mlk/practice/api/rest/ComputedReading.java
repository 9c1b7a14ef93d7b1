package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.rest.Reading.Selection;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Get and list of objects that are not stored. */
final class ComputedReading {
  private final Map<String, Computed> kinds;
  private final Rendering rendering;

  /**
   * Reads of these kinds.
   *
   * @param kinds where the objects come from, by kind
   */
  ComputedReading(Map<String, Computed> kinds, InstantSource clock) {
    this.kinds = Map.copyOf(kinds);
    this.rendering = new Rendering(clock);
  }

  /** The answer, when it is a kind of these. */
  Optional<Answer> find(String verb, Action action) {
    Computed computed = kinds.get(action.served().resource().qualifiedName());
    if (computed == null) {
      return Optional.empty();
    }
    return switch (verb) {
      case "get" -> Optional.of(get(computed, action));
      case "list" -> Optional.of(list(computed, action));
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Answer get(Computed computed, Action action) {
    ObjectNode object = computed.get(action.namespace(), action.name());
    if (!action.accepts().table()) {
      return rendering.one(action, 200, object);
    }
    return list(action, Json.object(), List.of(object));
  }

  private Answer list(Computed computed, Action action) {
    Selection selection = Selection.of(action);
    List<ObjectNode> items =
        computed.list(action.namespace()).stream()
            .filter(item -> matches(selection, item))
            .toList();
    return list(action, computed.listMetadata(), items);
  }

  private Answer list(Action action, ObjectNode metadata, List<ObjectNode> items) {
    ObjectNode list = rendering.envelope(action, metadata);
    ArrayNode array = list.withArray(action.accepts().table() ? "rows" : "items");
    items.forEach(item -> array.add(rendering.item(action, item)));
    return Answer.of(200, action.accepts().contentType(), action.accepts().write(list))
        .warning(action.warnings());
  }

  private static boolean matches(Selection selection, ObjectNode item) {
    JsonNode labels = item.path("metadata").path("labels");
    Map<String, String> fields =
        Map.of(
            "metadata.name", Metadata.name(item), "metadata.namespace", Metadata.namespace(item));
    return selection.labels().matchesLabels(name -> labels.path(name).asString(null))
        && selection.fields().matches(fields::get);
  }
}
