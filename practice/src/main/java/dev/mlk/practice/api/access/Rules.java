package dev.mlk.practice.api.access;

import tools.jackson.databind.JsonNode;

/** What a single rule of a role allows. */
final class Rules {
  private Rules() {}

  static boolean allow(JsonNode rule, Wish wish) {
    if (!has(rule.path("verbs"), wish.verb())) {
      return false;
    }
    if (!wish.path().isEmpty()) {
      return path(rule.path("nonResourceURLs"), wish.path());
    }
    return has(rule.path("apiGroups"), wish.group())
        && resource(rule.path("resources"), wish)
        && (rule.path("resourceNames").isEmpty()
            || contains(rule.path("resourceNames"), wish.name()));
  }

  private static boolean resource(JsonNode resources, Wish wish) {
    for (JsonNode resource : resources) {
      String text = resource.asString("");
      boolean every = text.equals("*") || text.equals(wish.whole());
      boolean everySub = !wish.subresource().isEmpty() && text.equals("*/" + wish.subresource());
      if (every || everySub) {
        return true;
      }
    }
    return false;
  }

  private static boolean path(JsonNode paths, String path) {
    for (JsonNode allowed : paths) {
      String text = allowed.asString("");
      boolean below = text.endsWith("*") && path.startsWith(text.substring(0, text.length() - 1));
      if (below || text.equals(path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(JsonNode list, String value) {
    return contains(list, "*") || contains(list, value);
  }

  private static boolean contains(JsonNode list, String value) {
    for (JsonNode element : list) {
      if (element.asString("").equals(value)) {
        return true;
      }
    }
    return false;
  }
}
