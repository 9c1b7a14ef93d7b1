package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the cells of one row in order. */
final class Row {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode object;
  private final Instant now;
  private final List<JsonNode> cells = new ArrayList<>();

  private Row(ObjectNode object, Instant now) {
    this.object = object;
    this.now = now;
  }

  /** A row that begins with the object's name. */
  static Row named(ObjectNode object, Instant now) {
    return nameless(object, now).text(Tree.text(object, "metadata", "name"));
  }

  static Row nameless(ObjectNode object, Instant now) {
    return new Row(object, now);
  }

  Row text(String text) {
    cells.add(NODES.stringNode(text));
    return this;
  }

  /** A text, or the given word when it is empty. */
  Row textOr(String text, String otherwise) {
    return text(text.isEmpty() ? otherwise : text);
  }

  Row number(long number) {
    cells.add(NODES.numberNode(number));
    return this;
  }

  Row flag(boolean flag) {
    cells.add(NODES.booleanNode(flag));
    return this;
  }

  /** The time since the object's creation. */
  Row age() {
    return text(Ages.since(Tree.at(object, "metadata", "creationTimestamp"), now));
  }

  /** Names and images of containers, joined by commas. */
  Row containers(JsonNode podSpec) {
    List<String> names = new ArrayList<>();
    List<String> images = new ArrayList<>();
    for (ObjectNode container : Tree.objects(podSpec.path("containers"))) {
      names.add(Tree.text(container, "name"));
      images.add(Tree.text(container, "image"));
    }
    return text(String.join(",", names)).text(String.join(",", images));
  }

  List<JsonNode> cells() {
    return List.copyOf(cells);
  }
}
