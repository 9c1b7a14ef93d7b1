package dev.mlk.sweep;

import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.store.SweepSpec;
import java.util.List;
import java.util.Set;

/**
 * What the user asked for, as typed.
 *
 * @param words the file and the parameters
 * @param where conditions between parameters
 * @param settings fixed changes to the job, as {@code --set} takes them
 * @param goal how to choose and what is good
 * @param limits how much at once
 */
record Wish(
    Words words, List<String> where, List<String> settings, Goal goal, SweepSpec.Limits limits) {
  /** The template that is swept when nothing is named. */
  static final String USUAL = "mnist";

  /** mlk's own options that a mistyped parameter may have been meant to be. */
  static final Set<String> OPTIONS =
      Set.of(
          "metric",
          "goal",
          "search",
          "seed",
          "trials",
          "parallel",
          "retries",
          "name",
          "queue",
          "where",
          "stop-early",
          "param",
          "set",
          "template",
          "dry-run",
          "detach",
          "runner-image",
          "runner-account",
          "to");

  /**
   * How to choose and what is good.
   *
   * @param metric the number
   * @param direction {@code maximize}, {@code minimize}, or empty to let the name tell
   * @param search how to choose
   * @param seed of all randomness
   * @param trials how many; 0 for the usual number
   */
  record Goal(String metric, String direction, Search.Kind search, long seed, int trials) {}

  /** The file or template to sweep. */
  String source() {
    return words.source().isEmpty() ? USUAL : words.source();
  }
}
