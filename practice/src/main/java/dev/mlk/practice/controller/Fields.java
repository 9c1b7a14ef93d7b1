package dev.mlk.practice.controller;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and makes fields of API objects. */
final class Fields {
  private Fields() {}

  static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String name : path) {
      here = here.path(name);
    }
    return here;
  }

  /** A text, empty when it is not there. */
  static String text(JsonNode node, String... path) {
    return at(node, path).asString("");
  }

  /** A number, or another when it is not there. */
  static int number(JsonNode node, int otherwise, String... path) {
    return at(node, path).asInt(otherwise);
  }

  static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  static boolean deleting(JsonNode object) {
    return !text(object, "metadata", "deletionTimestamp").isEmpty();
  }

  /** The resourceVersion as a number; zero when it is none. */
  static long version(JsonNode object) {
    try {
      return Long.parseLong(text(object, "metadata", "resourceVersion"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A moment, empty when it is not there. */
  static Optional<Instant> moment(JsonNode node, String... path) {
    String text = text(node, path);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static boolean hasFinalizer(JsonNode object, String finalizer) {
    for (JsonNode one : at(object, "metadata", "finalizers")) {
      if (one.asString("").equals(finalizer)) {
        return true;
      }
    }
    return false;
  }

  /** A copy of the object without a finalizer, to be sent as an update. */
  static ObjectNode withoutFinalizer(ObjectNode object, String finalizer) {
    ObjectNode copy = object.deepCopy();
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    for (JsonNode one : at(object, "metadata", "finalizers")) {
      if (!one.asString("").equals(finalizer)) {
        left.add(one);
      }
    }
    ObjectNode metadata = object(copy, "metadata");
    if (left.isEmpty()) {
      metadata.remove("finalizers");
    } else {
      metadata.set("finalizers", left);
    }
    return copy;
  }

  /** The object of that name, made when it is not there. */
  static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
  }

  static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode newArray() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A new object of a kind. */
  static ObjectNode of(String apiVersion, String kind) {
    return newObject().put("apiVersion", apiVersion).put("kind", kind);
  }

  /** JSON text as an object, for what is easier to read that way. */
  static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  /** Options for deleting just this object and no successor of its name. */
  static ObjectNode deleteOptions(JsonNode object, String propagation) {
    ObjectNode options = newObject();
    options.putObject("preconditions").put("uid", uid(object));
    return options.put("propagationPolicy", propagation);
  }
}
