package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A namespace's limits for containers: defaults, least and most. */
final class LimitRanges implements Rule {
  private final Objects objects;

  LimitRanges(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    for (JsonNode limit : limits(attempt.namespace())) {
      for (String list : List.of("initContainers", "containers")) {
        for (JsonNode container : attempt.object().path("spec").path(list)) {
          fill((ObjectNode) container, "limits", limit.path("default"));
          fill((ObjectNode) container, "requests", limit.path("defaultRequest"));
        }
      }
    }
  }

  private List<JsonNode> limits(String namespace) {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode range : objects.list(Resources.LIMIT_RANGES, namespace)) {
      for (JsonNode limit : range.path("spec").path("limits")) {
        if (limit.path("type").asString("").equals("Container")) {
          found.add(limit);
        }
      }
    }
    return found;
  }

  private static void fill(ObjectNode container, String kind, JsonNode defaults) {
    for (var entry : defaults.properties()) {
      ObjectNode amounts = Json.child(Json.child(container, "resources"), kind);
      if (!amounts.has(entry.getKey())) {
        amounts.set(entry.getKey(), entry.getValue());
      }
    }
  }

  @Override
  public void validate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (JsonNode limit : limits(attempt.namespace())) {
      for (JsonNode container : attempt.object().path("spec").path("containers")) {
        least(container, limit.path("min"), wrong);
        most(container, limit.path("max"), wrong);
      }
    }
    if (!wrong.isEmpty()) {
      String text = wrong.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", wrong) + "]";
      throw ApiError.forbidden(Resources.PODS, attempt.name(), text);
    }
  }

  private static void least(JsonNode container, JsonNode bounds, List<String> wrong) {
    for (var bound : bounds.properties()) {
      String name = bound.getKey();
      String shown = bound.getValue().asString();
      String head = "minimum " + name + " usage per Container is " + shown;
      Optional<Quantity> request = amount(container, "requests", name);
      if (request.isEmpty()) {
        wrong.add(head + ".  No request is specified");
      } else if (request.get().compareTo(Quantity.parse(shown).orElseThrow()) < 0) {
        wrong.add(head + ", but request is " + request.get());
      }
    }
  }

  private static void most(JsonNode container, JsonNode bounds, List<String> wrong) {
    for (var bound : bounds.properties()) {
      String name = bound.getKey();
      String shown = bound.getValue().asString();
      String head = "maximum " + name + " usage per Container is " + shown;
      Optional<Quantity> limit = amount(container, "limits", name);
      if (limit.isEmpty()) {
        wrong.add(head + ".  No limit is specified");
      } else if (limit.get().compareTo(Quantity.parse(shown).orElseThrow()) > 0) {
        wrong.add(head + ", but limit is " + limit.get());
      }
    }
  }

  private static Optional<Quantity> amount(JsonNode container, String kind, String name) {
    return Quantity.parse(container.path("resources").path(kind).path(name).asString(""));
  }
}
