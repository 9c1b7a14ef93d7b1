package dev.mlk.practice.kind;

import dev.mlk.practice.cel.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the rules of a definition may cost with the largest object that its schema allows; the
 * server refuses what could hold it up.
 */
final class RuleCosts {
  private static final long OF_RULE = 10_000_000;
  private static final long OF_ALL = 100_000_000;

  /** As many of the dearest are named. */
  private static final int NAMED = 4;

  /** What costs less than this part of all is never named. */
  private static final long PART = 100;

  /**
   * How many values of a node of the schema there may be.
   *
   * @param limit as lists and maps around it say; negative when one of them says nothing
   * @param root whether it is the object itself
   */
  record Count(long limit, boolean root) {
    /** The object itself. */
    static final Count ONE = new Count(1, true);

    /** The number of values below a node of which there are so many. */
    Count in(ObjectNode schema) {
      String word =
          schema.path("type").asString("").equals("array")
              ? "maxItems"
              : schema.path("additionalProperties").isObject() ? "maxProperties" : "";
      JsonNode most = schema.path(word);
      if (limit < 0 || (!word.isEmpty() && !most.isNumber())) {
        return new Count(-1, false);
      }
      long times = word.isEmpty() ? 1 : Math.max(0, most.asLong(0));
      return new Count(product(limit, times), false);
    }

    /** That number, or as many as fit into a request. */
    long most(RuleSet rules) {
      return limit < 0 ? rules.mostValues() : limit;
    }
  }

  private record Dear(String path, long cost) {}

  private final Findings findings;
  private final List<Dear> dearest = new ArrayList<>();
  private long total;

  RuleCosts(Findings findings) {
    this.findings = findings;
  }

  static long product(long one, long other) {
    return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
  }

  /** Takes the cost of a rule. */
  void rule(String path, long cost) {
    add(path, "estimated rule cost", cost);
  }

  /** Takes the cost of what a rule's message is made by, which is counted for one value only. */
  void message(String path, long cost) {
    add(path, "estimated messageExpression cost", cost);
  }

  private void add(String path, String what, long cost) {
    if (cost > OF_RULE) {
      findings.forbidden(path, exceeds(what, cost, OF_RULE));
    }
    total = total + cost < 0 ? Long.MAX_VALUE : total + cost;
    if (cost >= OF_ALL / PART) {
      dearest.add(new Dear(path, cost));
    }
  }

  /** Says what is wrong with all of them together. */
  void whole(String path) {
    if (total <= OF_ALL) {
      return;
    }
    dearest.stream()
        .sorted(Comparator.comparingLong(Dear::cost).reversed())
        .limit(NAMED)
        .forEach(
            dear ->
                findings.forbidden(
                    dear.path(),
                    "contributed to estimated rule cost total exceeding cost limit for entire"
                        + " OpenAPIv3 schema"));
    findings.forbidden(
        path,
        exceeds(
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
            total,
            OF_ALL));
  }

  private static String exceeds(String what, long cost, long limit) {
    double factor = (double) cost / limit;
    String times =
        factor > 100
            ? "more than 100x"
            : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
    return what
        + " exceeds budget by factor of "
        + times
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }
}
