package dev.mlk.practice.cel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The {@code fieldPath} of a rule: {@code .field} and {@code ['field or key']}, one after another.
 */
public final class FieldPath {
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['((?:[^'\\\\]|\\\\.)+)'\\]");

  private FieldPath() {}

  /** Whether the path leads somewhere in the schema. */
  public static boolean valid(String path, JsonNode schema) {
    JsonNode here = schema;
    Matcher step = STEP.matcher(path);
    int end = 0;
    while (step.find() && step.start() == end) {
      String name = name(step);
      JsonNode property = here.path("properties").path(name);
      here = property.isMissingNode() ? here.path("additionalProperties") : property;
      if (!here.isObject()) {
        return false;
      }
      end = step.end();
    }
    return end > 0 && end == path.length();
  }

  /** The path as errors show it. */
  public static String shown(String path) {
    StringBuilder shown = new StringBuilder();
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      shown.append('.').append(name(step));
    }
    return shown.toString();
  }

  private static String name(Matcher step) {
    return step.group(1) == null ? step.group(2).replace("\\'", "'") : step.group(1);
  }
}
