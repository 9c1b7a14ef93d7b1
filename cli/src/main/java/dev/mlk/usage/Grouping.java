package dev.mlk.usage;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.tfjob.ledger.LedgerEntry;

/**
 * What figures are summed up by.
 *
 * @param word as the user wrote it: {@code namespace}, {@code owner}, {@code job}, {@code
 *     label=KEY}
 * @param label the label that says it, or the first one tried; empty where none does
 */
record Grouping(String word, String label) {
  /** Who a job or pod belongs to. */
  private static final String OWNER = "mlk.dev/owner";

  static final String NONE = "-";

  /**
   * Reads the value of {@code --by}.
   *
   * @throws Problem.Usage when it is none
   */
  static Grouping of(String word) {
    if (word.startsWith("label=") && word.length() > "label=".length()) {
      return new Grouping(word, word.substring("label=".length()));
    }
    return switch (word) {
      case "namespace", "job" -> new Grouping(word, "");
      case "owner" -> new Grouping(word, OWNER);
      default ->
          throw new Problem.Usage(
              Explanation.of("usage cannot be summed up by \"" + word + "\"")
                  .because("--by takes one of: namespace, owner, job, label=KEY")
                  .next("mlk usage --by job"));
    };
  }

  /** The column's name. */
  String title() {
    return label.isEmpty() || word.equals("owner") ? word : label;
  }

  /**
   * The group of a pod.
   *
   * @param all whether jobs of several namespaces are shown
   */
  String of(LedgerEntry entry, boolean all) {
    LedgerEntry.Who who = entry.who();
    if (!label.isEmpty()) {
      return who.labels().getOrDefault(label, NONE);
    }
    if (word.equals("job")) {
      return all ? who.namespace() + "/" + who.job() : who.job();
    }
    return who.namespace();
  }
}
