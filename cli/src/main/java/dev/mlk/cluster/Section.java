package dev.mlk.cluster;

import java.util.List;
import java.util.Optional;

/**
 * A top-level field of a YAML text and the lines that belong to it.
 *
 * @param first the line of its name, counted from 0
 */
record Section(int first) {
  static Optional<Section> find(List<String> lines, String name) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(name + ":")) {
        return Optional.of(new Section(i));
      }
    }
    return Optional.empty();
  }

  /** Behind its last line; blank lines and comments after it are not its own. */
  int end(List<String> lines) {
    int end = first + 1;
    while (end < lines.size() && inside(lines.get(end))) {
      end++;
    }
    return Math.max(first + 1, withoutTail(lines, end));
  }

  /** The same place, but before the blank lines and comments that stand there. */
  static int withoutTail(List<String> lines, int end) {
    int result = end;
    while (result > 0 && (lines.get(result - 1).isBlank() || comment(lines.get(result - 1)))) {
      result--;
    }
    return result;
  }

  /** What its items start with, before the dash. */
  String itemIndent(List<String> lines) {
    for (int i = first + 1; i < end(lines); i++) {
      int dash = lines.get(i).indexOf("- ");
      if (dash >= 0 && lines.get(i).substring(0, dash).isBlank()) {
        return lines.get(i).substring(0, dash);
      }
    }
    return "";
  }

  private static boolean inside(String line) {
    return line.isBlank() || comment(line) || line.startsWith(" ") || line.startsWith("-");
  }

  private static boolean comment(String line) {
    return line.stripLeading().startsWith("#");
  }
}
