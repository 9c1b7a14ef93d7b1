package dev.mlk.course.act;

import tools.jackson.databind.JsonNode;

/** What an action waits for, in words. */
final class AwaitWords {
  private AwaitWords() {}

  /**
   * Such as {@code wait until Pod/mnist is Ready}.
   *
   * @param check a check of the vocabulary, as the module writes it
   */
  static String of(JsonNode check) {
    for (String verb : new String[] {"event", "condition", "exists", "absent", "field", "log"}) {
      if (check.has(verb)) {
        return of(verb, check.path(verb));
      }
    }
    return "wait until " + check;
  }

  private static String of(String verb, JsonNode value) {
    String what = what(value);
    return switch (verb) {
      case "event" -> "wait for the event " + text(value, "reason") + " of " + what;
      case "condition" -> "wait until " + what + " is " + text(value, "type");
      case "exists" -> "wait until " + what + " is there";
      case "absent" -> "wait until " + what + " is gone";
      case "log" -> "wait until " + what + " logs " + text(value, "matches");
      default ->
          "wait until "
              + text(value, "path")
              + " of "
              + what
              + (text(value, "op").equals("equals") ? " is " : " is " + text(value, "op") + " ")
              + text(value, "value");
    };
  }

  private static String what(JsonNode value) {
    String kind = value.path("kind").asString("Pod");
    if (value.has("name")) {
      return kind + "/" + text(value, "name");
    }
    if (value.has("named")) {
      return "a " + kind + " with a name like " + text(value, "named");
    }
    return value.has("selector")
        ? "each " + kind + " with " + text(value, "selector")
        : "a " + kind;
  }

  private static String text(JsonNode value, String name) {
    return value.path(name).asString("");
  }
}
