package dev.mlk.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Trees from parser events: no resolver with its dozen regular expressions, no constructor, and no
 * pattern switch, whose call site every process links anew. Reading a kubeconfig is part of every
 * command's start.
 */
final class YamlReader {
  private static final int DEEPEST = 100;
  private final Parser events;
  private final String name;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();

  YamlReader(Parser events, String name) {
    this.events = events;
    this.name = name;
  }

  List<YamlNode> documents() {
    List<YamlNode> documents = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof StreamEndEvent); event = events.next()) {
      if (event instanceof DocumentStartEvent) {
        anchors.clear();
        documents.add(node(events.next(), 0));
      }
    }
    return documents;
  }

  private YamlNode node(Event event, int depth) {
    if (depth > DEEPEST) {
      throw Yaml.bad(name, position(event), "nested more than " + DEEPEST + " levels deep");
    }
    if (event instanceof AliasEvent alias) {
      YamlNode node = anchors.get(alias.getAlias());
      if (node == null) {
        throw Yaml.bad(name, position(event), "no anchor &" + alias.getAlias().getValue());
      }
      return node;
    }
    YamlNode node = fresh(event, depth);
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      anchors.put(named.getAnchor().get(), node);
    }
    return node;
  }

  private YamlNode fresh(Event event, int depth) {
    YamlNode.Position position = position(event);
    if (event instanceof ScalarEvent scalar) {
      return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), position);
    }
    if (event instanceof SequenceStartEvent) {
      List<YamlNode> elements = new ArrayList<>();
      for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
        elements.add(node(next, depth + 1));
      }
      return new YamlNode.Sequence(elements, position);
    }
    if (event instanceof MappingStartEvent) {
      return mapping(position, depth);
    }
    throw Yaml.bad(name, position, "not expected here: " + event);
  }

  private YamlNode mapping(YamlNode.Position position, int depth) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
      if (!(key instanceof ScalarEvent scalar)) {
        throw Yaml.bad(name, position(key), "a field's name must be a text");
      }
      if (fields.putIfAbsent(scalar.getValue(), node(events.next(), depth + 1)) != null) {
        throw Yaml.bad(
            name, position(key), "the field \"" + scalar.getValue() + "\" is here twice");
      }
    }
    return new YamlNode.Mapping(fields, position);
  }

  private static YamlNode.Position position(Event event) {
    Mark mark = event.getStartMark().orElse(null);
    return mark == null
        ? new YamlNode.Position(1, 1)
        : new YamlNode.Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
