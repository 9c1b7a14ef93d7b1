package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and fills JSON trees as Go's types do: null is absent, and an absent text is empty. */
final class Tree {
  private Tree() {}

  /** The text at a path, empty when it is not there. */
  static String text(JsonNode node, String... path) {
    return at(node, path).asString("");
  }

  /** The number at a path, 0 when it is not there. */
  static long number(JsonNode node, String... path) {
    return at(node, path).asLong(0);
  }

  /** The flag at a path, false when it is not there. */
  static boolean flag(JsonNode node, String... path) {
    return at(node, path).asBoolean(false);
  }

  /** The node at a path; a missing node when it is not there. */
  static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String name : path) {
      here = here.path(name);
    }
    return here;
  }

  /** Whether a property is there and not null. */
  static boolean has(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  /** Whether a property is missing, null or an empty text. */
  static boolean blank(JsonNode node, String name) {
    return !has(node, name) || (node.get(name).isString() && text(node, name).isEmpty());
  }

  /** The object of that name, made when it is not there. */
  static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
  }

  /** The list of that name, made when it is not there. */
  static ArrayNode list(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode list ? list : parent.putArray(name);
  }

  /** The objects in a list; anything else in it is passed over. */
  static List<ObjectNode> objects(JsonNode list) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode item : list) {
      if (item instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** The texts in a list. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      texts.add(item.asString(""));
    }
    return texts;
  }

  /** A map of texts, sorted by key. */
  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      map.put(entry.getKey(), entry.getValue().asString(""));
    }
    return map;
  }

  /** Sets a text that is missing or empty. */
  static void fill(ObjectNode object, String name, String value) {
    if (blank(object, name)) {
      object.put(name, value);
    }
  }

  /** Sets a number that is missing; an int node, as a parser makes of a small number. */
  static void fill(ObjectNode object, String name, int value) {
    if (!has(object, name)) {
      object.put(name, value);
    }
  }

  /** Sets a flag that is missing. */
  static void fill(ObjectNode object, String name, boolean value) {
    if (!has(object, name)) {
      object.put(name, value);
    }
  }

  /** Copies the object's creation time into a condition as its last transition. */
  static void keepTime(ObjectNode condition, ObjectNode object) {
    condition.put("lastTransitionTime", text(object, "metadata", "creationTimestamp"));
  }

  /** Takes over one property as it is in another object, or removes it when it is not there. */
  static void keep(ObjectNode object, ObjectNode old, String name) {
    JsonNode value = old.get(name);
    if (value == null) {
      object.remove(name);
    } else {
      object.set(name, value.deepCopy());
    }
  }

  /** Removes a property that is null, an empty text, an empty list or an empty object. */
  static void dropEmpty(ObjectNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null
          && (value.isNull()
              || (value.isContainer() && value.isEmpty())
              || (value.isString() && value.asString("").isEmpty()))) {
        object.remove(name);
      }
    }
  }
}
