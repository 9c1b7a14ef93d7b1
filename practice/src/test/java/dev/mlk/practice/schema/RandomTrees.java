package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.ListType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees by chance: of a type, or of none. */
final class RandomTrees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> WORDS = List.of("a", "b", "c", "x/y", "x~0", "1", "-", "é", "");
  private static final List<String> AMOUNTS = List.of("1", "500m", "1Gi", "2e3", "0.1");
  private static final int DEEPEST = 7;

  private final RandomGenerator random;

  /** Of so many values one is not of its type. */
  private final int oddity;

  RandomTrees(RandomGenerator random, int oddity) {
    this.random = random;
    this.oddity = oddity;
  }

  /** The same without anything odd. */
  RandomTrees fitting() {
    return new RandomTrees(random, Integer.MAX_VALUE);
  }

  <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String word() {
    return any(WORDS);
  }

  boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** Any JSON, containers first. */
  JsonNode free(int depth) {
    int kind = random.nextInt(depth > 3 ? 5 : 9);
    return switch (kind) {
      case 0 -> NODES.stringNode(word());
      case 1 -> NODES.numberNode(random.nextInt(-2, 3));
      case 2 -> NODES.booleanNode(random.nextBoolean());
      case 3 -> NODES.numberNode(random.nextInt(4) / 2.0);
      case 4 -> oddity == Integer.MAX_VALUE ? NODES.stringNode("") : NODES.nullNode();
      case 5, 6 -> {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(free(depth + 1));
        }
        yield list;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(word(), free(depth + 1));
        }
        yield object;
      }
    };
  }

  /** An object of a kind, with a name. */
  ObjectNode object(TypeSchema type, String apiVersion, String kind) {
    ObjectNode object = (ObjectNode) struct(type, 0);
    object.remove("status");
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata =
        object.get("metadata") instanceof ObjectNode given ? given : object.putObject("metadata");
    metadata.retain("labels", "annotations", "finalizers", "ownerReferences");
    if (oddity == Integer.MAX_VALUE) {
      withoutEmpty(object);
    }
    object.withObject("/metadata").put("name", "a");
    return object;
  }

  /** What is empty is not there for Go. */
  private static void withoutEmpty(JsonNode tree) {
    tree.forEach(RandomTrees::withoutEmpty);
    if (tree instanceof ObjectNode object) {
      object.removeIf(child -> child.isContainer() && child.isEmpty());
    }
  }

  private JsonNode value(TypeSchema type, int depth) {
    if (oneIn(oddity)) {
      return free(2);
    }
    return switch (type.shape()) {
      case OBJECT -> struct(type, depth);
      case MAP -> {
        ObjectNode map = NODES.objectNode();
        for (int i = random.nextInt(3); i > 0 && depth < DEEPEST; i--) {
          map.set(word(), value(type.element().orElseThrow(), depth + 1));
        }
        yield map;
      }
      case LIST -> list(type, depth);
      case STRING -> NODES.stringNode(word());
      case INT32, INT64 -> NODES.numberNode(random.nextInt(3));
      case DOUBLE -> NODES.numberNode(random.nextInt(5) / 2.0);
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case BYTES -> NODES.stringNode("YQ==");
      case TIME -> NODES.stringNode("2026-01-01T00:00:0" + random.nextInt(3) + "Z");
      case MICRO_TIME -> NODES.stringNode("2026-01-01T00:00:00.00000" + random.nextInt(3) + "Z");
      case INT_OR_STRING -> random.nextBoolean() ? NODES.numberNode(80) : NODES.stringNode("http");
      case QUANTITY -> NODES.stringNode(any(AMOUNTS));
      case ANY -> free(2);
    };
  }

  private JsonNode struct(TypeSchema type, int depth) {
    ObjectNode object = NODES.objectNode();
    List<Field> fields = List.copyOf(type.fields().values());
    int wanted = depth >= DEEPEST || fields.isEmpty() ? 0 : random.nextInt(1, 6);
    for (int i = 0; i < wanted; i++) {
      Field field = any(fields);
      object.set(field.name(), member(field, depth));
    }
    for (String way : List.of("metadata", "spec", "template", "containers", "data")) {
      if (random.nextInt(4) > 0 && type.field(way).isPresent()) {
        object.set(way, member(type.field(way).get(), depth));
      }
    }
    if (oneIn(oddity)) {
      object.set(word(), free(2));
    }
    return object;
  }

  /** A field's value; items that strategic merge could not tell apart come once. */
  private JsonNode member(Field field, int depth) {
    JsonNode value = value(field.type(), depth + 1);
    if (value instanceof ArrayNode list && field.merges() && !oneIn(oddity)) {
      Set<JsonNode> seen = new HashSet<>();
      list.removeIf(item -> !seen.add(item.isObject() ? item.path(field.mergeKey()) : item));
    }
    return value;
  }

  private ArrayNode list(TypeSchema type, int depth) {
    ArrayNode list = NODES.arrayNode();
    TypeSchema items = type.element().orElseThrow();
    Set<Object> seen = new HashSet<>();
    for (int i = random.nextInt(4); i > 0 && depth < DEEPEST; i--) {
      JsonNode item = value(items, depth + 1);
      List<JsonNode> key = new ArrayList<>(List.of(item));
      if (type.listType() == ListType.MAP && item instanceof ObjectNode object) {
        key.clear();
        for (String name : type.mapKeys()) {
          object.set(name, value(items.member(name).orElseThrow(), DEEPEST));
          key.add(object.get(name));
        }
      }
      if (type.listType() == ListType.ATOMIC || seen.add(key) || oneIn(oddity)) {
        list.add(item);
      }
    }
    return list;
  }
}
