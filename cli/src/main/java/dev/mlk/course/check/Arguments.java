package dev.mlk.course.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a check takes, with everything filled in.
 *
 * @param node the fields
 */
record Arguments(JsonNode node) {
  boolean has(String field) {
    return node.has(field);
  }

  String text(String field) {
    return Operator.text(node.path(field));
  }

  String text(String field, String otherwise) {
    return has(field) ? text(field) : otherwise;
  }

  int number(String field, int otherwise) {
    return has(field) ? (int) new Value(text(field)).orZero().longValue() : otherwise;
  }

  boolean truth(String field) {
    return text(field, "false").equals("true");
  }

  JsonNode node(String field) {
    return node.path(field);
  }

  List<String> texts(String field) {
    List<String> all = new ArrayList<>();
    JsonNode list = node.path(field);
    if (list.isArray()) {
      list.forEach(item -> all.add(Operator.text(item)));
    } else if (has(field)) {
      all.add(Operator.text(list));
    }
    return all;
  }

  Operator operator() {
    return Operator.of(text("op")).orElse(Operator.EQUALS);
  }

  Duration duration(String field) {
    return Durations.parse(text(field)).orElse(Duration.ZERO);
  }
}
