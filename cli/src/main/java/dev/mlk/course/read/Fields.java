package dev.mlk.course.read;

import dev.mlk.format.Nearest;
import dev.mlk.manifest.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The fields of one map of a module, each to be asked for; what nobody asks for is unknown. */
final class Fields {
  private final Document document;
  private final JsonNode node;
  private final String path;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(Document document, JsonNode node, String path, List<String> problems) {
    this.document = document;
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!node.isObject()) {
      problems.add(document.place(path) + ": a map is expected here");
    }
  }

  String path() {
    return path;
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** The names of all fields, as written. */
  Collection<String> names() {
    return node.propertyNames();
  }

  /** A field as it is. */
  JsonNode raw(String name) {
    known.add(name);
    return node.path(name);
  }

  /** A text that must be there. */
  String need(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      bad("", name + " is missing");
    }
    return text;
  }

  /** A text. */
  String text(String name, String otherwise) {
    JsonNode value = raw(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isContainer() || value.isNull()) {
      bad(name, name + " must be a text");
      return otherwise;
    }
    return value.asString();
  }

  /** A whole number. */
  int number(String name, int otherwise) {
    JsonNode value = raw(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      bad(name, name + " must be a whole number");
      return otherwise;
    }
    return value.asInt();
  }

  /** True or false. */
  boolean truth(String name, boolean otherwise) {
    JsonNode value = raw(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      bad(name, name + " must be true or false");
    }
    return value.asBoolean(otherwise);
  }

  /** Texts of a list. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(name)) {
      if (item.isString()) {
        texts.add(item.asString());
      } else {
        bad(
            name + "[" + texts.size() + "]",
            "a text is expected here, and YAML reads "
                + item
                + "; put it into quotes (as kubectl does, N, no and off are read as false, Y, yes"
                + " and on as true)");
        texts.add("");
      }
    }
    return texts;
  }

  /** A list; empty when it is not there. */
  JsonNode list(String name) {
    JsonNode value = raw(name);
    if (!value.isMissingNode() && !value.isArray()) {
      bad(name, name + " must be a list");
      return MissingNode.getInstance();
    }
    return value;
  }

  /** Each map of a list. */
  <T> List<T> each(String name, Function<Fields, T> read) {
    List<T> all = new ArrayList<>();
    JsonNode list = list(name);
    for (int i = 0; i < list.size(); i++) {
      Fields fields = new Fields(document, list.path(i), path(name) + "[" + i + "]", problems);
      all.add(read.apply(fields));
      fields.done();
    }
    return all;
  }

  /** A map below this one. */
  Fields map(String name) {
    return new Fields(document, raw(name), path(name), problems);
  }

  /** Says what is wrong at a field, or at the whole map. */
  void bad(String name, String what) {
    String problem = document.place(name.isEmpty() ? path : path(name)) + ": " + what;
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Says which fields nobody knows. */
  void done() {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        String near =
            Nearest.to(field.getKey(), known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; there are " + String.join(", ", known));
        bad(field.getKey(), "there is no field " + field.getKey() + near);
      }
    }
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
