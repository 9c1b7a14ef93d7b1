package dev.mlk.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import tools.jackson.databind.JsonNode;

/** Trees to block YAML that YAML 1.1 readers (kubectl) and 1.2 readers understand alike. */
final class YamlWriter {
  private static final Set<String> WORDS_OF_OTHER_TYPES =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private final List<Event> events = new ArrayList<>();

  static String write(JsonNode tree) {
    YamlWriter writer = new YamlWriter();
    writer.events.add(new StreamStartEvent());
    writer.events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    writer.node(tree);
    writer.events.add(new DocumentEndEvent(false));
    writer.events.add(new StreamEndEvent());
    DumpSettings settings =
        DumpSettings.builder().setSplitLines(false).setUseUnicodeEncoding(true).build();
    return new Present(settings).emitToString(writer.events.iterator());
  }

  private void node(JsonNode node) {
    if (node.isObject()) {
      FlowStyle style = node.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
      events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        text(field.getKey());
        node(field.getValue());
      }
      events.add(new MappingEndEvent());
    } else if (node.isArray()) {
      FlowStyle style = node.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
      events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
      for (JsonNode element : node) {
        node(element);
      }
      events.add(new SequenceEndEvent());
    } else if (node.isString()) {
      text(node.stringValue());
    } else {
      scalar(node.isNull() ? "null" : node.asString(), ScalarStyle.PLAIN);
    }
  }

  private void text(String text) {
    scalar(text, style(text));
  }

  private static ScalarStyle style(String text) {
    if (text.indexOf('\n') >= 0) {
      return ScalarStyle.LITERAL;
    }
    return ambiguous(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private static boolean ambiguous(String text) {
    return text.isEmpty()
        || "0123456789+-.~=<".indexOf(text.charAt(0)) >= 0
        || WORDS_OF_OTHER_TYPES.contains(text.toLowerCase(Locale.ROOT));
  }

  private void scalar(String text, ScalarStyle style) {
    boolean plain = style == ScalarStyle.PLAIN;
    events.add(
        new ScalarEvent(
            Optional.empty(), Optional.empty(), new ImplicitTuple(plain, true), text, style));
  }
}
