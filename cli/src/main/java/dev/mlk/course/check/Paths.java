package dev.mlk.course.check;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Paths into objects, as modules write them: {@code spec.containers[*].args}, {@code
 * metadata.labels["app"]}, {@code spec.containers[tensorflow].image}.
 */
public final class Paths {
  private Paths() {}

  /** What is wrong with a path; empty when it can be followed. */
  public static String wrong(String path) {
    try {
      parts(path);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** All values there; what is missing is left out. */
  public static List<JsonNode> values(JsonNode root, String path) {
    List<JsonNode> values = List.of(root);
    for (String part : parts(path)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode value : values) {
        step(value, part, next);
      }
      values = next;
    }
    return values;
  }

  private static void step(JsonNode value, String part, List<JsonNode> next) {
    if (part.equals("[*]")) {
      value.forEach(next::add);
      return;
    }
    JsonNode child =
        part.startsWith("[") ? item(value, part.substring(1)) : value.path(part.substring(1));
    if (child != null && !child.isMissingNode() && !child.isNull()) {
      next.add(child);
    }
  }

  private static JsonNode item(JsonNode value, String which) {
    if (which.chars().allMatch(Character::isDigit)) {
      return value.path(Integer.parseInt(which));
    }
    for (String key : List.of("name", "type")) {
      for (JsonNode item : value) {
        if (item.path(key).asString("").equals(which)) {
          return item;
        }
      }
    }
    return which.startsWith("-") ? flag(value, which) : null;
  }

  /** In a list of arguments: what stands after {@code --name=}, or is the next item. */
  private static JsonNode flag(JsonNode list, String name) {
    for (int i = 0; i < list.size(); i++) {
      String item = list.path(i).asString("");
      if (item.startsWith(name + "=")) {
        return JsonNodeFactory.instance.stringNode(item.substring(name.length() + 1));
      }
      if (item.equals(name)) {
        return list.path(i + 1);
      }
    }
    return null;
  }

  /** Parts with a first character that tells them apart: {@code .member}, {@code [item}. */
  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < path.length()) {
      if (path.charAt(at) == '[') {
        int end = closing(path, at);
        parts.add(bracket(path.substring(at + 1, end)));
        at = end + 1;
        continue;
      }
      int from = path.charAt(at) == '.' && at > 0 ? at + 1 : at;
      int end = from;
      while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
        end++;
      }
      if (end == from) {
        throw new IllegalArgumentException("the path " + path + " has an empty part");
      }
      parts.add("." + path.substring(from, end));
      at = end;
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("the path is empty");
    }
    return parts;
  }

  private static int closing(String path, int open) {
    char quote = open + 1 < path.length() ? path.charAt(open + 1) : ' ';
    int from = quote == '"' || quote == '\'' ? path.indexOf(quote, open + 2) : open;
    int end = from < 0 ? -1 : path.indexOf(']', from);
    if (end < 0) {
      throw new IllegalArgumentException("the path " + path + " has a [ without a ]");
    }
    return end;
  }

  private static String bracket(String inside) {
    if (inside.equals("*")) {
      return "[*]";
    }
    boolean quoted = inside.length() >= 2 && (inside.charAt(0) == '"' || inside.charAt(0) == '\'');
    return quoted ? "." + inside.substring(1, inside.length() - 1) : "[" + inside;
  }
}
