package dev.mlk.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of all commands and their one-line helps, so that no class is loaded to list them. A
 * test holds the table equal to the command classes.
 */
final class CommandTable {
  /**
   * A command.
   *
   * @param path noun and verb, such as {@code tfjob list}, or one word
   * @param summary what it does, one line
   */
  record Entry(String path, String summary) {
    String noun() {
      int space = path.indexOf(' ');
      return space < 0 ? path : path.substring(0, space);
    }
  }

  /**
   * A noun with verbs.
   *
   * @param noun the noun
   * @param summary what it is about, one line
   */
  record Group(String noun, String summary) {}

  static final List<Group> GROUPS = List.of();

  static final List<Entry> ENTRIES =
      List.of(
          new Entry("completion", "Print a completion script for bash, zsh or fish"),
          new Entry("version", "Show the versions of mlk and of the cluster"));

  private CommandTable() {}

  static Optional<Entry> find(String path) {
    return ENTRIES.stream().filter(entry -> entry.path.equals(path)).findFirst();
  }

  static Optional<Group> group(String noun) {
    return GROUPS.stream().filter(group -> group.noun.equals(noun)).findFirst();
  }

  static List<Entry> verbs(String noun) {
    return ENTRIES.stream().filter(entry -> entry.path.startsWith(noun + " ")).toList();
  }

  /** The first words and their summaries: groups, then commands of one word. */
  static Map<String, String> nouns() {
    Map<String, String> nouns = new LinkedHashMap<>();
    for (Group group : GROUPS) {
      nouns.put(group.noun, group.summary);
    }
    for (Entry entry : ENTRIES) {
      if (entry.path.indexOf(' ') < 0) {
        nouns.putIfAbsent(entry.path, entry.summary);
      }
    }
    return nouns;
  }

  /** The whole names near a mistyped one. */
  static Optional<String> nearest(String typed) {
    List<String> paths = new ArrayList<>(new TreeSet<>(nouns().keySet()));
    for (Entry entry : ENTRIES) {
      paths.add(entry.path);
    }
    return Nearest.to(typed, paths);
  }
}
