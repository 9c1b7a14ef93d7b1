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
          "\\.?(?:\\[\\?\\(@\\.([^=\\s]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)]|\\[(\\d+|\\*)]"
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
    } else {
      add(node.get(Integer.parseInt(step.index)), next);
    }
  }

  private static void add(JsonNode node, List<JsonNode> next) {
    if (node != null) {
      next.add(node);
    }
  }
}
