package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.objects.Selectable;
import dev.mlk.practice.api.rest.Reading.Selection;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    ObjectNode table = rendering.reduced(action, List.of(object), object.path("metadata"));
    return Answer.of(200, action.accepts().contentType(), action.accepts().write(table));
  }

  private Answer list(Computed computed, Action action) {
    Selection selection = Selection.of(action);
    List<ObjectNode> items =
        computed.list(action.namespace()).stream()
            .filter(item -> selection.matches(selectable(item)))
            .toList();
    ObjectNode list;
    if (action.accepts().as().isEmpty()) {
      list = Json.object();
      list.put("kind", Rendering.listKind(action.served()));
      list.put("apiVersion", action.served().resource().apiVersion());
      list.set("metadata", computed.listMetadata());
      ArrayNode array = list.putArray("items");
      items.forEach(item -> array.add(item.remove(List.of("kind", "apiVersion"))));
    } else {
      list = rendering.reduced(action, items, computed.listMetadata());
    }
    return Answer.of(200, action.accepts().contentType(), action.accepts().write(list))
        .warning(action.warnings());
  }

  private static Selectable selectable(ObjectNode item) {
    return new Selectable(
        item.path("metadata").path("labels"),
        Map.of(
            "metadata.name", Metadata.name(item), "metadata.namespace", Metadata.namespace(item)));
  }
}
