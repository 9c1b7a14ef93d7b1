package dev.mlk.practice.node.environment;

import java.util.Map;

/** {@code $(NAME)} in arguments and values, as Kubernetes expands it. */
public final class Expansion {
  private Expansion() {}

  /** The text with known names replaced; {@code $$} is a dollar, unknown names stay. */
  public static String expand(String text, Map<String, String> variables) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char letter = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      int close = next == '(' ? text.indexOf(')', at) : -1;
      if (letter == '$' && next == '$') {
        result.append('$');
        at += 2;
      } else if (letter == '$' && close >= 0) {
        String name = text.substring(at + 2, close);
        result.append(variables.getOrDefault(name, "$(" + name + ")"));
        at = close + 1;
      } else {
        result.append(letter);
        at++;
      }
    }
    return result.toString();
  }
}
