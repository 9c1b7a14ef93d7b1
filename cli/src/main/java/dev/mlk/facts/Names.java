package dev.mlk.facts;

import java.util.List;

/** Names in sentences. */
public final class Names {
  private static final int SHOWN = 3;

  private Names() {}

  /** The first three and how many more: {@code a, b, c and 4 more}. */
  public static String some(List<String> names) {
    if (names.size() <= SHOWN) {
      return String.join(", ", names);
    }
    return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }

  /** {@code 1 node}, {@code 3 nodes}, {@code 3 people}. */
  public static String count(long number, String noun) {
    String several = noun.equals("person") ? "people" : noun + "s";
    return number + " " + (number == 1 ? noun : several);
  }
}
