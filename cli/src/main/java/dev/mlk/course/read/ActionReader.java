package dev.mlk.course.read;

import dev.mlk.course.Action;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads actions. */
final class ActionReader {
  private static final Set<String> TEXTS = Set.of("apply", "remove", "delete");
  private static final Map<String, List<String>> MAPS =
      Map.of(
          "copy", List.of("from", "to"),
          "write", List.of("file", "text"),
          "patch", List.of("kind", "name", "merge", "apiVersion", "namespace", "subresource"),
          "answer", List.of("name", "value"));
  private static final Set<String> OPTIONAL =
      Set.of("to", "apiVersion", "namespace", "subresource");

  private ActionReader() {}

  static Action action(Fields fields) {
    boolean refused = fields.truth("refused", false);
    boolean optional = fields.truth("optional", false);
    String namespace = fields.text("namespace", "");
    for (String verb : fields.names()) {
      if (TEXTS.contains(verb)) {
        return text(fields, verb, refused, optional, namespace);
      }
      if (MAPS.containsKey(verb)) {
        Fields map = fields.map(verb);
        for (String field : MAPS.get(verb)) {
          if (map.raw(field).isMissingNode() && !OPTIONAL.contains(field)) {
            map.bad("", verb + " needs " + field);
          }
        }
        map.done();
        CheckReader.expressions(map);
        return new Action(verb, fields.raw(verb), refused, optional, namespace);
      }
      if (verb.equals("await")) {
        Fields map = fields.map(verb);
        map.text("timeout", "60s");
        CheckReader.bare(map);
        map.done();
        return new Action(verb, fields.raw(verb), refused, optional, namespace);
      }
    }
    fields.bad(
        "", "an action is one of apply, copy, write, remove, delete, patch, answer and await");
    return new Action("", MissingNode.getInstance(), refused, optional, "");
  }

  private static Action text(
      Fields fields, String verb, boolean refused, boolean optional, String namespace) {
    String text = fields.need(verb);
    if (verb.equals("delete") && text.indexOf('/') < 0) {
      fields.bad(verb, "delete takes Kind/name, such as Job/mnist");
    }
    JsonNode value = fields.raw(verb);
    return new Action(verb, value, refused, optional, namespace);
  }
}
