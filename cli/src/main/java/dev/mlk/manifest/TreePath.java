package dev.mlk.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A path into an object, as {@code --set} and templates write it: {@code
 * spec.containers[tensorflow].resources.limits["nvidia.com/gpu"]}. A bracket holds an index, the
 * name of a list's item, or a quoted key.
 */
public final class TreePath {
  private sealed interface Step permits Member, Item, Named {}

  private record Member(String name) implements Step {}

  private record Item(int index) implements Step {}

  private record Named(String name) implements Step {}

  private final String text;
  private final List<Step> steps;

  private TreePath(String text, List<Step> steps) {
    this.text = text;
    this.steps = steps;
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with a sentence when it is none
   */
  public static TreePath parse(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        int end = text.indexOf(']', at);
        if (end < 0) {
          throw new IllegalArgumentException("the path " + text + " has a [ without a ]");
        }
        steps.add(bracket(text.substring(at + 1, end)));
        at = end + 1;
        continue;
      }
      int from = text.charAt(at) == '.' && at > 0 ? at + 1 : at;
      int end = from;
      while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
        end++;
      }
      if (end == from) {
        throw new IllegalArgumentException("the path " + text + " has an empty part");
      }
      steps.add(new Member(text.substring(from, end)));
      at = end;
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("the path is empty");
    }
    return new TreePath(text, List.copyOf(steps));
  }

  private static Step bracket(String inside) {
    if (inside.length() >= 2 && (inside.charAt(0) == '"' || inside.charAt(0) == '\'')) {
      return new Member(inside.substring(1, inside.length() - 1));
    }
    boolean number =
        !inside.isEmpty() && inside.chars().allMatch(Character::isDigit) && inside.length() < 6;
    return number ? new Item(Integer.parseInt(inside)) : new Named(inside);
  }

  /** The value there; empty when the object has none. */
  public Optional<JsonNode> get(JsonNode root) {
    JsonNode at = root;
    for (Step step : steps) {
      at = child(at, step);
      if (at.isMissingNode()) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  /**
   * Puts a value there; maps on the way are made, items of lists must exist.
   *
   * @throws IllegalArgumentException with a sentence when the path leads nowhere
   */
  public void set(ObjectNode root, JsonNode value) {
    JsonNode at = root;
    for (int i = 0; i < steps.size() - 1; i++) {
      JsonNode next = child(at, steps.get(i));
      if (next.isMissingNode()
          && at instanceof ObjectNode map
          && steps.get(i) instanceof Member member) {
        next = map.putObject(member.name);
      }
      at = next;
    }
    Step last = steps.getLast();
    if (last instanceof Member member && at instanceof ObjectNode map) {
      map.set(member.name, value);
    } else if (last instanceof Item item
        && at instanceof ArrayNode list
        && item.index < list.size()) {
      list.set(item.index, value);
    } else {
      throw new IllegalArgumentException("the path " + text + " leads nowhere in this object");
    }
  }

  private static JsonNode child(JsonNode at, Step step) {
    if (step instanceof Member member) {
      return at.path(member.name);
    }
    if (step instanceof Item item) {
      return at.path(item.index);
    }
    for (JsonNode item : at) {
      if (item.path("name").asString("").equals(((Named) step).name)) {
        return item;
      }
    }
    return at.path(-1);
  }

  /** The path as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
