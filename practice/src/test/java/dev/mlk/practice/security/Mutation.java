package dev.mlk.practice.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes something that makes little sense of something that makes sense. */
final class Mutation {
  /** What breaks readers of texts, numbers, names, quantities, times, paths and selectors. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "../../etc/passwd",
          "..",
          "/",
          "%",
          "%zz",
          "%00",
          "\ud800",
          "😀",
          "é",
          "-1",
          "1e999999999",
          "1e-999999999",
          "1e99999999999999999999",
          "9223372036854775808",
          "99999999999999999999999999999999Ei",
          "0x10",
          "1Ki1",
          "NaN",
          "true",
          "null",
          "{}",
          "[]",
          "a,b",
          "a=b,c in (d,e),!f",
          "in (",
          "a in (",
          "!",
          "==,==",
          "a>1,b<x",
          "(((((((((((((((",
          "(a+)+$",
          "[",
          "\\",
          "$(A)",
          "$patch",
          "$(",
          "2026-13-45T99:99:99Z",
          "+1000000000-01-01T00:00:00Z",
          "9999999999999h",
          "metadata.name=",
          "metadata.name=a,metadata.name!=a",
          "status.phase",
          "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjpudWxsfQ",
          "W10",
          "e30",
          "system:masters",
          "kube-system",
          "a".repeat(64),
          "a".repeat(254),
          "x".repeat(5000),
          "application/json;as=Table;v=v1;g=meta.k8s.io",
          "self.x.y.z",
          "self == oldSelf",
          "size(self) > 3 && [1,2].all(x, x < 2)");

  private static final List<String> FIELDS =
      List.of(
          "metadata",
          "name",
          "namespace",
          "labels",
          "annotations",
          "spec",
          "status",
          "kind",
          "apiVersion",
          "ownerReferences",
          "finalizers",
          "managedFields",
          "resourceVersion",
          "uid",
          "containers",
          "$patch",
          "$deleteFromPrimitiveList/x",
          "$setElementOrder/containers",
          "$retainKeys",
          "items",
          "op",
          "path",
          "value",
          "from",
          "data",
          "stringData",
          "template",
          "selector",
          "resources",
          "limits",
          "x-kubernetes-validations",
          "pattern",
          "<<",
          "");

  private final RandomGenerator random;

  Mutation(RandomGenerator random) {
    this.random = random;
  }

  <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String text() {
    return any(TEXTS);
  }

  /** A copy of the tree with a few places changed. */
  JsonNode tree(JsonNode original, List<JsonNode> others) {
    if (original.isMissingNode()) {
      return random.nextInt(4) == 0 ? value(others) : original;
    }
    ObjectNode box = JsonNodeFactory.instance.objectNode();
    box.set("it", original.deepCopy());
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      List<JsonNode> places = new ArrayList<>();
      containers(box, places);
      change(any(places), others);
    }
    return box.path("it");
  }

  private static void containers(JsonNode node, List<JsonNode> places) {
    if (node.isContainer()) {
      if (!node.isEmpty()) {
        places.add(node);
      }
      node.forEach(child -> containers(child, places));
    }
  }

  private void change(JsonNode place, List<JsonNode> others) {
    if (place instanceof ObjectNode object) {
      String name = any(new ArrayList<>(object.propertyNames()));
      switch (random.nextInt(5)) {
        case 0 -> object.remove(object.size() > 1 || !name.equals("it") ? name : "");
        case 1 -> object.set(any(FIELDS), value(others));
        case 2 -> object.set(text(), value(others));
        default -> object.set(name, value(others));
      }
    } else if (place instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.add(array.get(index).deepCopy());
        default -> array.set(index, value(others));
      }
    }
  }

  private JsonNode value(List<JsonNode> others) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(12)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt(-2, 3));
      case 3 -> nodes.numberNode(random.nextLong());
      case 4 -> nodes.numberNode(new java.math.BigDecimal("1e400"));
      case 5 -> nodes.objectNode();
      case 6 -> nodes.arrayNode();
      case 7, 8 -> any(others).deepCopy();
      case 9 -> nodes.arrayNode().add(text()).add(random.nextInt());
      default -> nodes.stringNode(text());
    };
  }

  /** The tree's bytes, now and then damaged. */
  byte[] bytes(JsonNode tree) {
    if (tree.isMissingNode()) {
      return new byte[0];
    }
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(tree);
    if (random.nextInt(6) > 0 || bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> java.util.Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, text().getBytes(StandardCharsets.UTF_8));
      case 2 -> spliced(bytes, at, new byte[] {(byte) random.nextInt()});
      default -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
    };
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] more) {
    byte[] all = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }
}
