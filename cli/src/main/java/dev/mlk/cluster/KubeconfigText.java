package dev.mlk.cluster;

import dev.mlk.format.Json;
import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user's kubeconfig as text: entries are put in and taken out line by line, so that comments,
 * order and style of everything else stay. After each edit the text is read again and compared;
 * what cannot be edited so (JSON, flow style) is written anew as a whole.
 */
final class KubeconfigText {
  private static final List<String> LISTS = List.of("clusters", "contexts", "users");
  private final String text;
  private final String file;

  /** A text with the file's name for messages. */
  KubeconfigText(String text, String file) {
    this.text = text;
    this.file = file;
  }

  String text() {
    return text;
  }

  /** The current context, or empty. */
  String current() {
    return fields(text).fields().get("current-context") instanceof YamlNode.Scalar scalar
            && !scalar.isNull()
        ? scalar.text()
        : "";
  }

  /** Whether there is a context of that name. */
  boolean hasContext(String name) {
    return elements(fields(text), "contexts").stream().anyMatch(entry -> named(entry, name));
  }

  /**
   * The same with the entries of another kubeconfig, which all bear one name; entries of that name
   * are replaced. It becomes the current context where there was none.
   *
   * @param other a kubeconfig with one cluster, one user, one context
   */
  KubeconfigText with(String other, String name) {
    String current = current();
    KubeconfigText edited = without(name);
    Map<String, ObjectNode> wanted = edited.entries();
    YamlNode.Mapping addition = fields(other);
    String result = edited.text;
    for (String list : LISTS) {
      ObjectNode entry = (ObjectNode) tree(elements(addition, list).getFirst());
      wanted.put(list + "/" + name, entry);
      result = append(result, list, entry);
    }
    if (current.isEmpty() || current.equals(name)) {
      result = setCurrent(result, name);
      current = name;
    }
    return checked(result, wanted, current);
  }

  /** The same without the entries of that name. */
  KubeconfigText without(String name) {
    Map<String, ObjectNode> wanted = entries();
    String result = text;
    for (String list : LISTS) {
      if (wanted.remove(list + "/" + name) != null) {
        result = remove(result, list, name);
      }
    }
    String current = current();
    if (current.equals(name)) {
      result = setCurrent(result, "");
      current = "";
    }
    return checked(result, wanted, current);
  }

  private KubeconfigText checked(String result, Map<String, ObjectNode> wanted, String current) {
    try {
      KubeconfigText edited = new KubeconfigText(result, file);
      if (edited.entries().equals(wanted)
          && edited.current().equals(current)
          && edited.rest().equals(rest())) {
        return edited;
      }
    } catch (RuntimeException e) {
      // The edited text is no kubeconfig: the lines were not what they seemed.
      return whole(wanted, current);
    }
    return whole(wanted, current);
  }

  private KubeconfigText whole(Map<String, ObjectNode> wanted, String current) {
    ObjectNode all = Json.object();
    rest().forEach(all::set);
    all.put("current-context", current);
    for (String list : LISTS) {
      ArrayNode entries = all.putArray(list);
      wanted.forEach(
          (key, entry) -> {
            if (key.startsWith(list + "/")) {
              entries.add(entry);
            }
          });
    }
    return new KubeconfigText(Yaml.write(all), file);
  }

  private Map<String, ObjectNode> entries() {
    Map<String, ObjectNode> entries = new LinkedHashMap<>();
    for (String list : LISTS) {
      for (YamlNode entry : elements(fields(text), list)) {
        ObjectNode tree = (ObjectNode) tree(entry);
        entries.put(list + "/" + tree.path("name").asString(""), tree);
      }
    }
    return entries;
  }

  private Map<String, JsonNode> rest() {
    Map<String, JsonNode> rest = new HashMap<>();
    fields(text).fields().forEach((name, node) -> rest.put(name, tree(node)));
    rest.keySet().removeAll(LISTS);
    rest.remove("current-context");
    return rest;
  }

  private static String append(String text, String list, ObjectNode entry) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    Optional<Section> found = Section.find(lines, list);
    String indent = found.map(section -> section.itemIndent(lines)).orElse("");
    List<String> item = new ArrayList<>();
    for (String line : Yaml.write(entry).lines().toList()) {
      item.add(indent + (item.isEmpty() ? "- " : "  ") + line);
    }
    if (found.isEmpty()) {
      lines.add(list + ":");
      lines.addAll(item);
    } else {
      lines.set(found.get().first(), list + ":");
      lines.addAll(found.get().end(lines), item);
    }
    return joined(lines);
  }

  private String remove(String text, String list, String name) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    Optional<Section> section = Section.find(lines, list);
    if (section.isEmpty()) {
      return text;
    }
    List<YamlNode> elements = elements(fields(text), list);
    for (int i = elements.size() - 1; i >= 0; i--) {
      if (named(elements.get(i), name)) {
        int from = elements.get(i).position().line() - 1;
        int to =
            i + 1 < elements.size()
                ? Section.withoutTail(lines, elements.get(i + 1).position().line() - 1)
                : section.get().end(lines);
        lines.subList(from, to).clear();
        if (elements.size() == 1) {
          lines.set(section.get().first(), list + ": []");
        }
      }
    }
    return joined(lines);
  }

  private static String setCurrent(String text, String name) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    String line = "current-context: " + (name.isEmpty() ? "\"\"" : name);
    Optional<Section> section = Section.find(lines, "current-context");
    if (section.isPresent()) {
      lines.set(section.get().first(), line);
    } else {
      lines.add(line);
    }
    return joined(lines);
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private YamlNode.Mapping fields(String content) {
    List<YamlNode> documents = Yaml.read(content, file);
    if (documents.isEmpty()
        || (documents.getFirst() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      return new YamlNode.Mapping(Map.of(), new YamlNode.Position(1, 1));
    }
    if (documents.getFirst() instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw Yaml.bad(file, documents.getFirst().position(), "expected a kubeconfig");
  }

  private static List<YamlNode> elements(YamlNode.Mapping fields, String list) {
    return fields.fields().get(list) instanceof YamlNode.Sequence sequence
        ? sequence.elements()
        : List.of();
  }

  private static boolean named(YamlNode entry, String name) {
    return entry instanceof YamlNode.Mapping mapping
        && mapping.fields().get("name") instanceof YamlNode.Scalar scalar
        && Objects.equals(scalar.text(), name);
  }

  private static JsonNode tree(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      ObjectNode object = Json.object();
      mapping.fields().forEach((name, field) -> object.set(name, tree(field)));
      return object;
    }
    if (node instanceof YamlNode.Sequence sequence) {
      ArrayNode array = Json.array();
      sequence.elements().forEach(element -> array.add(tree(element)));
      return array;
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    if (scalar.isNull()) {
      return Json.array().nullNode();
    }
    if (scalar.plain() && (scalar.text().equals("true") || scalar.text().equals("false"))) {
      return Json.array().booleanNode(scalar.text().equals("true"));
    }
    return Json.array().stringNode(scalar.text());
  }
}
