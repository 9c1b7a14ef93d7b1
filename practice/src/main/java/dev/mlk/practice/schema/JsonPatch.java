package dev.mlk.practice.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** One run of a JSON patch over a document of its own. */
final class JsonPatch {
  private static final int MOST_OPERATIONS = 10_000;

  private final JsonNode document;

  JsonPatch(JsonNode document) {
    this.document = document;
  }

  JsonNode apply(JsonNode operations) {
    if (operations.size() > MOST_OPERATIONS) {
      throw new PatchException(
          413,
          "RequestEntityTooLarge",
          "Request entity too large: The allowed maximum operations in a JSON patch is "
              + MOST_OPERATIONS
              + ", got "
              + operations.size());
    }
    for (JsonNode operation : operations) {
      run(operation);
    }
    return document;
  }

  private void run(JsonNode operation) {
    Place path = place(operation, "path");
    switch (operation.path("op").asString("")) {
      case "add" -> path.add(value(operation));
      case "remove" -> path.remove();
      case "replace" -> path.replace(value(operation));
      case "move" -> {
        Place from = place(operation, "from");
        JsonNode moved = from.get();
        from.remove();
        place(operation, "path").add(moved);
      }
      case "copy" -> path.add(place(operation, "from").get().deepCopy());
      case "test" -> {
        if (!Numbers.equal(path.getOrNull(), value(operation))) {
          throw PatchException.rejected();
        }
      }
      default -> throw PatchException.rejected();
    }
  }

  private static JsonNode value(JsonNode operation) {
    JsonNode value = operation.get("value");
    return value == null ? NullNode.getInstance() : value.deepCopy();
  }

  private Place place(JsonNode operation, String field) {
    JsonNode pointer = operation.get(field);
    if (pointer == null || !pointer.isString()) {
      throw PatchException.rejected();
    }
    String[] parts = pointer.stringValue().split("/", -1);
    if (parts.length < 2) {
      throw PatchException.rejected();
    }
    JsonNode parent = document;
    for (int i = 1; i < parts.length - 1; i++) {
      parent = step(parent, unescaped(parts[i]));
    }
    return new Place(parent, unescaped(parts[parts.length - 1]));
  }

  private static JsonNode step(JsonNode parent, String name) {
    JsonNode next = parent.isArray() ? parent.get(index(name, parent.size())) : parent.get(name);
    if (next == null || !next.isContainer()) {
      throw PatchException.rejected();
    }
    return next;
  }

  private static String unescaped(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  /** Negative indexes count from the end, as the server's library has it. */
  private static int index(String text, int size) {
    try {
      int index = Integer.parseInt(text);
      return index < 0 ? index + size : index;
    } catch (NumberFormatException e) {
      throw PatchException.rejected();
    }
  }

  /** A member of a container, which may or may not exist. */
  private record Place(JsonNode parent, String name) {
    JsonNode getOrNull() {
      JsonNode found =
          parent instanceof ArrayNode list ? list.get(existing(list)) : parent.get(name);
      return found == null ? NullNode.getInstance() : found;
    }

    JsonNode get() {
      if (parent instanceof ObjectNode object && !object.has(name)) {
        throw PatchException.rejected();
      }
      return getOrNull();
    }

    void add(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
        return;
      }
      ArrayNode list = (ArrayNode) parent;
      int at = name.equals("-") ? list.size() : index(name, list.size() + 1);
      if (at < 0 || at > list.size()) {
        throw PatchException.rejected();
      }
      list.insert(at, value);
    }

    void replace(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
      } else {
        ArrayNode list = (ArrayNode) parent;
        list.set(existing(list), value);
      }
    }

    void remove() {
      if (parent instanceof ArrayNode list) {
        list.remove(existing(list));
      } else if (((ObjectNode) parent).remove(name) == null) {
        throw PatchException.rejected();
      }
    }

    private int existing(ArrayNode list) {
      int at = index(name, list.size());
      if (at < 0 || at >= list.size()) {
        throw PatchException.rejected();
      }
      return at;
    }
  }
}
