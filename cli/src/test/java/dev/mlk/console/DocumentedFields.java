package dev.mlk.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The fields of a document, as it has them and as a page in docs/ describes them. */
public final class DocumentedFields {
  private static final Pattern FIELD = Pattern.compile("`([^`]+)`");

  private DocumentedFields() {}

  /** The paths of a document: {@code total.pods}, {@code items[].name}. */
  public static Set<String> of(JsonNode document) {
    Set<String> paths = new TreeSet<>();
    collect("", document, paths);
    return paths;
  }

  private static void collect(String path, JsonNode node, Set<String> paths) {
    if (node.isObject()) {
      String start = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(field -> collect(start + field.getKey(), field.getValue(), paths));
    } else if (node.isArray() && !node.isEmpty()) {
      node.forEach(element -> collect(path + "[]", element, paths));
    } else {
      paths.add(node.isArray() ? path + "[]" : path);
    }
  }

  /** The paths in the first column of the table below a heading of a page. */
  public static Set<String> documented(String page, String heading) throws IOException {
    Set<String> paths = new TreeSet<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("..", "docs", page))) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + heading);
      } else if (inside && line.startsWith("| `")) {
        Matcher field = FIELD.matcher(line.substring(0, line.indexOf('|', 1)));
        while (field.find()) {
          paths.add(field.group(1));
        }
      }
    }
    return paths;
  }
}
