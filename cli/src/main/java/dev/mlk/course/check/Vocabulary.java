package dev.mlk.course.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks that modules may write, and the fields that each takes. */
public final class Vocabulary {
  /**
   * A check.
   *
   * @param name its name, such as {@code exists}
   * @param code the code of its failure when the module names none
   * @param required fields that it needs
   * @param fields all fields that it takes
   */
  public record Verb(String name, String code, Set<String> required, Set<String> fields) {
    public Verb {
      required = Set.copyOf(required);
      fields = Set.copyOf(fields);
    }
  }

  /** What failed only because the cluster has not come so far. */
  public static final String NOT_YET = "NOT-YET";

  /** Nothing of the step is there. */
  public static final String NOT_STARTED = "NOT-STARTED";

  /** A program has ended without the line that was expected of it. */
  static final String LOG_ENDED = "LOG-ENDED";

  private static final String WRONG = "WRONG";
  private static final List<String> OBJECT =
      List.of(
          "kind",
          "name",
          "selector",
          "named",
          "apiVersion",
          "namespace",
          "file",
          "of",
          "ifServed",
          "notOnPractice");
  private static final Set<String> LISTS = Set.of("all", "any", "none");
  private static final Map<String, Verb> VERBS = verbs();

  private Vocabulary() {}

  /** The check of that name. */
  public static Optional<Verb> verb(String name) {
    return Optional.ofNullable(VERBS.get(name));
  }

  /** The names of all checks. */
  public static Set<String> names() {
    return VERBS.keySet();
  }

  /** Whether it takes a list of checks. */
  public static boolean isList(String name) {
    return LISTS.contains(name);
  }

  private static Map<String, Verb> verbs() {
    Map<String, Verb> all = new LinkedHashMap<>();
    object(all, "exists", NOT_STARTED, "kind");
    object(all, "absent", WRONG, "kind");
    object(all, "field", WRONG, "kind path op", "value", "any");
    object(all, "forbid", WRONG, "kind path op", "value");
    object(all, "count", WRONG, "kind op value", "path", "is");
    object(all, "condition", NOT_YET, "kind type", "status", "reason");
    object(all, "event", NOT_YET, "", "reason", "message", "atLeast");
    object(all, "log", NOT_YET, "matches", "container", "previous", "atLeast");
    object(all, "progress", NOT_YET, "matches", "container", "previous", "atLeast", "to");
    object(all, "metric", NOT_YET, "name port metric op", "path", "labels", "value");
    object(all, "http", NOT_YET, "name port", "path", "status", "body");
    object(all, "order", NOT_YET, "kind from", "to", "then", "apart", "together");
    object(all, "stable", NOT_YET, "kind path for");
    plain(all, "volume", NOT_YET, "claim glob", "minBytes", "atLeast", "contains");
    plain(all, "quiz", "WRONG-ANSWER", "answer is", "tolerance", "choices");
    plain(all, "text", WRONG, "file", "matches", "not", "atLeast");
    plain(all, "json", WRONG, "file", "path", "op", "value", "same");
    plain(all, "image", WRONG, "file op", "value");
    plain(all, "dockerfile", WRONG, "file rule", "value");
    plain(all, "rejected", WRONG, "file", "message");
    plain(all, "accepted", "REJECTED", "file");
    plain(all, "server", WRONG, "", "atLeast", "skew");
    plain(all, "context", WRONG, "rule");
    plain(all, "access", "RBAC", "verbs resources");
    for (String list : LISTS) {
      plain(all, list, WRONG, "");
    }
    return all;
  }

  private static void object(
      Map<String, Verb> all, String name, String code, String required, String... more) {
    List<String> fields = new ArrayList<>(OBJECT);
    fields.addAll(List.of(more));
    add(all, name, code, required, fields);
  }

  private static void plain(
      Map<String, Verb> all, String name, String code, String required, String... more) {
    add(all, name, code, required, new ArrayList<>(List.of(more)));
  }

  private static void add(
      Map<String, Verb> all, String name, String code, String required, List<String> fields) {
    Set<String> needed = required.isEmpty() ? Set.of() : Set.of(required.split(" ", -1));
    fields.addAll(needed);
    all.put(name, new Verb(name, code, needed, Set.copyOf(fields)));
  }
}
