package dev.mlk.practice.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the first YAML document of a text into a tree, with Go's notion of plain scalars (YAML
 * 1.1).
 */
final class YamlTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * Aliases may repeat a node, but the whole may not grow past this: a bomb is refused, a large
   * list is not.
   */
  private static final int MOST_NODES = 1_000_000;

  private static final String TOO_DEEP = "yaml: exceeded max depth";

  private final byte[] text;
  private final List<String> warnings;
  private int nodes;
  private int depth;

  private YamlTree(byte[] text, List<String> warnings) {
    this.text = text;
    this.warnings = warnings;
  }

  static JsonNode read(byte[] text, List<String> warnings) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      Iterator<Node> documents =
          new Compose(settings)
              .composeAllFromString(new String(text, StandardCharsets.UTF_8))
              .iterator();
      return documents.hasNext()
          ? new YamlTree(text, warnings).value(documents.next())
          : NODES.nullNode();
    } catch (MarkedYamlEngineException e) {
      String where =
          // Go's parser names every line but the first.
          e.getProblemMark()
              .filter(mark -> mark.getLine() > 0)
              .map(mark -> "line " + (mark.getLine() + 1) + ": ")
              .orElse("");
      throw BodyException.yaml("yaml: " + where + problem(e), text);
    } catch (YamlEngineException e) {
      throw BodyException.yaml("yaml: " + e.getMessage(), text);
    } catch (StackOverflowError deep) {
      // The parser goes as deep as the text does.
      throw BodyException.yaml(TOO_DEEP, text);
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "could not be read" : e.getProblem();
    if (problem.equals("mapping values are not allowed here")) {
      return "mapping values are not allowed in this context";
    }
    return problem.contains("'\\t(TAB)'") ? "found character that cannot start any token" : problem;
  }

  private JsonNode value(Node node) {
    if (++nodes > MOST_NODES) {
      throw BodyException.yaml("yaml: document contains excessive aliasing", text);
    }
    if (++depth > Bodies.DEEPEST) {
      throw BodyException.yaml(TOO_DEEP, text);
    }
    JsonNode value = read(node);
    depth--;
    return value;
  }

  private JsonNode read(Node node) {
    return switch (node) {
      case MappingNode map -> object(map);
      case SequenceNode sequence -> array(sequence);
      case ScalarNode scalar ->
          scalar.getScalarStyle() == ScalarStyle.PLAIN && !tagged(scalar)
              ? YamlScalar.resolve(scalar.getValue())
              : NODES.stringNode(scalar.getValue());
      default -> NODES.nullNode();
    };
  }

  private static boolean tagged(ScalarNode scalar) {
    return scalar.getTag().getValue().equals("tag:yaml.org,2002:str")
        && scalar.getStartMark().isPresent()
        && scalar.getStartMark().get().getIndex() >= 0
        && startsWithTag(scalar);
  }

  private static boolean startsWithTag(ScalarNode scalar) {
    int[] buffer = scalar.getStartMark().orElseThrow().getBuffer();
    int pointer = scalar.getStartMark().orElseThrow().getPointer();
    return pointer < buffer.length && buffer[pointer] == '!';
  }

  private ArrayNode array(SequenceNode sequence) {
    ArrayNode array = NODES.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(value(item));
    }
    return array;
  }

  private ObjectNode object(MappingNode map) {
    ObjectNode object = NODES.objectNode();
    List<Node> merges = new ArrayList<>();
    Map<String, Boolean> seen = new HashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      String key = key(tuple.getKeyNode());
      if (key.equals("<<")) {
        merges.add(tuple.getValueNode());
        continue;
      }
      if (seen.put(key, true) != null) {
        int line = tuple.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        warnings.add("line " + line + ": key \"" + key + "\" already set in map");
      }
      object.set(key, value(tuple.getValueNode()));
    }
    for (Node merge : merges) {
      merge(object, merge);
    }
    return object;
  }

  /** Fields of the map itself win over merged ones. */
  private void merge(ObjectNode object, Node source) {
    if (source instanceof SequenceNode sources) {
      sources.getValue().forEach(each -> merge(object, each));
    } else if (value(source) instanceof ObjectNode values) {
      for (Map.Entry<String, JsonNode> member : values.properties()) {
        object.putIfAbsent(member.getKey(), member.getValue());
      }
    }
  }

  private String key(Node node) {
    JsonNode key = value(node);
    if (key.isContainer()) {
      throw BodyException.yaml("yaml: invalid map key", text);
    }
    return key.isNull() ? "null" : key.asString();
  }
}
