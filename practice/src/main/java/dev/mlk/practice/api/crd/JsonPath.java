package dev.mlk.practice.api.crd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The paths of printer columns and selectable fields: {@code .spec.a}, {@code .a[0].b}, {@code
 * .a['x.y']}, {@code .conditions[?(@.type=="Ready")].status}, {@code .items[*].name}.
 */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?(?:\\[\\?\\(@\\.([^=\\s]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)]|\\[(-?\\d*:?-?\\d*|\\*)]"
              + "|\\['([^']*)']|([^.\\[]+))");
  private final List<Step> steps = new ArrayList<>();

  /** One step: a member, an index, everything, or the elements with a member of a value. */
  private record Step(String member, String index, String filterMember, String filterValue) {}

  JsonPath(String text) {
    String path = text.startsWith("$") ? text.substring(1) : text;
    Matcher match = STEP.matcher(path);
    while (match.find()) {
      String member = match.group(4) != null ? match.group(4) : match.group(5);
      if (member != null) {
        member = member.replace("\\.", ".");
      }
      steps.add(new Step(member, match.group(3), match.group(1), match.group(2)));
    }
  }

  /** What is at the path, in order; empty when there is nothing. */
  List<JsonNode> find(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      found.forEach(node -> follow(step, node, next));
      found = next;
    }
    return found;
  }

  private static void follow(Step step, JsonNode node, List<JsonNode> next) {
    if (step.member != null) {
      add(node.get(step.member), next);
    } else if (step.filterMember != null) {
      for (JsonNode element : node) {
        JsonNode value = element;
        for (String part : step.filterMember.split("\\.", -1)) {
          value = value.path(part);
        }
        if (value.asString("").equals(step.filterValue)) {
          next.add(element);
        }
      }
    } else if (step.index.equals("*")) {
      node.forEach(next::add);
    } else if (node.isArray()) {
      slice(step.index, node, next);
    }
  }

  /**
   * {@code 0}, {@code -1}, {@code 1:}, {@code :2} or {@code -1:}, counted from the end when
   * negative.
   */
  private static void slice(String index, JsonNode node, List<JsonNode> next) {
    int colon = index.indexOf(':');
    int from = place(colon < 0 ? index : index.substring(0, colon), 0, node.size());
    int end = colon < 0 ? from + 1 : place(index.substring(colon + 1), node.size(), node.size());
    for (int i = Math.max(0, from); i < Math.min(end, node.size()); i++) {
      next.add(node.get(i));
    }
  }

  private static int place(String text, int otherwise, int size) {
    if (text.isEmpty()) {
      return otherwise;
    }
    int number = Integer.parseInt(text);
    return number < 0 ? size + number : number;
  }

  private static void add(JsonNode node, List<JsonNode> next) {
    if (node != null) {
      next.add(node);
    }
  }
}
