package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.catalog.CustomKind.ScalePaths;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.schema.Schemas;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The scale subresource: how many there are to be and how many there are. */
final class Scaling {
  static final Resource SCALE = Resource.namespaced("autoscaling", "v1", "scales", "Scale");
  private static final ScalePaths BUILT_IN =
      new ScalePaths(".spec.replicas", ".status.replicas", "");
  private final Objects objects;
  private final Writing writing;
  private final Rendering rendering;

  Scaling(Objects objects, Writing writing, Rendering rendering) {
    this.objects = objects;
    this.writing = writing;
    this.rendering = rendering;
  }

  Answer handle(String verb, Action action) {
    ObjectNode object = object(action);
    return switch (verb) {
      case "get" -> rendering.one(action, 200, scale(action, object));
      case "update" -> {
        ObjectNode wanted =
            Bodies.object(action, SCALE, Schemas.builtIn().find("autoscaling", "v1", "Scale"));
        yield write(action, wanted);
      }
      case "patch" -> patch(action);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private ObjectNode object(Action action) {
    return objects
        .find(action.served(), action.namespace(), action.name())
        .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
  }

  /** Patches over again when somebody else was faster, unless the patch insists on a version. */
  private Answer patch(Action action) {
    Patch patch = Patch.of(action);
    while (true) {
      ObjectNode before = scale(action, object(action));
      String version = Metadata.text(before, "resourceVersion");
      ObjectNode wanted = patch.apply(before, Schemas.builtIn().find("autoscaling", "v1", "Scale"));
      try {
        return write(action, wanted);
      } catch (ApiError refusal) {
        if (refusal.code() != 409 || !Metadata.text(wanted, "resourceVersion").equals(version)) {
          throw refusal;
        }
      }
    }
  }

  private Answer write(Action action, ObjectNode scale) {
    long replicas = scale.path("spec").path("replicas").asLong(0);
    if (replicas < 0) {
      throw ApiError.invalid(
          "Scale",
          "autoscaling",
          action.name(),
          List.of(
              FieldError.invalid(
                  "spec.replicas", Long.toString(replicas), "must be greater than or equal to 0")));
    }
    String version = Metadata.text(scale, "resourceVersion");
    ObjectNode changed =
        writing.change(
            action,
            object -> {
              set(object, paths(action).specReplicas(), replicas);
              if (!version.isEmpty()) {
                Metadata.of(object).put("resourceVersion", version);
              }
              return object;
            });
    return rendering.one(action, 200, scale(action, changed));
  }

  private static ScalePaths paths(Action action) {
    return action.served().custom().flatMap(custom -> custom.scale()).orElse(BUILT_IN);
  }

  static ObjectNode scale(Action action, ObjectNode object) {
    ScalePaths paths = paths(action);
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String name :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      if (object.path("metadata").has(name)) {
        metadata.set(name, object.path("metadata").get(name));
      }
    }
    ObjectNode spec = scale.putObject("spec");
    // Go leaves a zero out.
    if (at(object, paths.specReplicas()).asLong(0) != 0) {
      spec.set("replicas", at(object, paths.specReplicas()));
    }
    ObjectNode status = scale.putObject("status");
    status.put("replicas", at(object, paths.statusReplicas()).asLong(0));
    String selector =
        paths.equals(BUILT_IN) && action.served().custom().isEmpty()
            ? selector(object.path("spec").path("selector"))
            : at(object, paths.selector()).asString("");
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static JsonNode at(ObjectNode object, String path) {
    JsonNode node = object;
    for (String part : path.split("\\.", -1)) {
      node = part.isEmpty() ? node : node.path(part);
    }
    return node;
  }

  private static void set(ObjectNode object, String path, long value) {
    List<String> parts =
        new ArrayList<>(List.of(path.split("\\.", -1)).stream().filter(p -> !p.isEmpty()).toList());
    String last = parts.removeLast();
    ObjectNode node = object;
    for (String part : parts) {
      node = Json.child(node, part);
    }
    node.set(last, JsonNodeFactory.instance.numberNode((int) value));
  }

  /** A selector object as text. */
  private static String selector(JsonNode selector) {
    List<String> parts = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> parts.add(label.getKey() + "=" + label.getValue().asString("")));
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asString("")));
      String key = expression.path("key").asString("");
      Optional<String> text =
          switch (expression.path("operator").asString("")) {
            case "In" -> Optional.of(key + " in (" + String.join(",", values) + ")");
            case "NotIn" -> Optional.of(key + " notin (" + String.join(",", values) + ")");
            case "Exists" -> Optional.of(key);
            case "DoesNotExist" -> Optional.of("!" + key);
            default -> Optional.empty();
          };
      text.ifPresent(parts::add);
    }
    return String.join(",", parts.stream().sorted().toList());
  }
}
