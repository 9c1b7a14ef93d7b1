package dev.mlk.manifest;

import dev.mlk.practice.schema.YamlScalar;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a JSON tree of YAML nodes and notes where everything stands. */
final class TreeBuilder {
  /** Far above any real manifest, far below what aliases of aliases can expand to. */
  private static final int MOST_VALUES = 100_000;

  private static final int DEEPEST = 100;
  private final Function<Mark, Place> placing;
  private final Predicate<Mark> tabBefore;
  private final List<Finding> findings;
  private final Map<String, Place> places = new HashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
  private int values;
  private boolean refused;

  /**
   * A builder for one document.
   *
   * @param placing turns the parser's marks into places
   * @param tabBefore whether tabs stand between the beginning of the line and the mark
   */
  TreeBuilder(Function<Mark, Place> placing, Predicate<Mark> tabBefore, List<Finding> findings) {
    this.placing = placing;
    this.tabBefore = tabBefore;
    this.findings = findings;
  }

  /** The document, or null when it was refused. */
  Document document(MappingNode node, Place start) {
    JsonNode tree = build(node, "");
    return refused || !(tree instanceof ObjectNode object)
        ? null
        : new Document(object, places, start);
  }

  private JsonNode build(Node node, String path) {
    values++;
    if (values > MOST_VALUES || open.size() > DEEPEST || open.containsKey(node)) {
      refuse(node);
    }
    if (refused) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (node instanceof ScalarNode scalar) {
      boolean text = !scalar.isPlain() || scalar.getTag().getValue().equals("!!str");
      return text
          ? JsonNodeFactory.instance.stringNode(scalar.getValue())
          : YamlScalar.resolve(scalar.getValue());
    }
    open.put(node, true);
    JsonNode tree =
        node instanceof SequenceNode sequence
            ? list(sequence, path)
            : map((MappingNode) node, path);
    open.remove(node);
    return tree;
  }

  private ArrayNode list(SequenceNode node, String path) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Node item : node.getValue()) {
      String at = path + "[" + list.size() + "]";
      item.getStartMark().ifPresent(mark -> places.put(at, placing.apply(mark)));
      list.add(build(item, at));
    }
    return list;
  }

  private ObjectNode map(MappingNode node, String path) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        add(
            tuple.getKeyNode(),
            "a list or map stands where a field's name belongs",
            "a name and a colon",
            "");
        continue;
      }
      String name = key.getValue();
      if (name.equals("<<") && key.isPlain()) {
        merge(tuple.getValueNode(), map, path);
        continue;
      }
      String at = path.isEmpty() ? name : path + "." + name;
      Place first = places.get(at);
      if (map.has(name) && first != null) {
        add(
            key,
            "the field " + name + " stands here a second time",
            "each field once",
            "the first one is in line " + first.line());
        continue;
      }
      key.getStartMark().ifPresent(mark -> places.put(at, placing.apply(mark)));
      if (node.getFlowStyle() == FlowStyle.BLOCK
          && key.getStartMark().filter(tabBefore).isPresent()) {
        add(key, "a tab stands in the indentation", "spaces", "replace each tab by two spaces");
      }
      map.set(name, build(tuple.getValueNode(), at));
    }
    return map;
  }

  /** YAML's merge key: members of the other map that this one has not. */
  private void merge(Node value, ObjectNode map, String path) {
    // A path of its own: a member written out beside the merge key replaces the merged one and is
    // no second one.
    if (build(value, path + ".<<") instanceof ObjectNode other) {
      other.properties().forEach(member -> map.putIfAbsent(member.getKey(), member.getValue()));
    }
  }

  private void refuse(Node node) {
    if (!refused) {
      refused = true;
      add(
          node,
          "anchors and aliases expand to more than "
              + MOST_VALUES
              + " values or more than "
              + DEEPEST
              + " levels",
          "a manifest of ordinary size",
          "write the values out, without & and *");
    }
  }

  private void add(Node node, String what, String expected, String suggestion) {
    Place place = node.getStartMark().map(placing).orElse(new Place("", 0, 0));
    findings.add(new Finding(place, what, expected, suggestion));
  }
}
