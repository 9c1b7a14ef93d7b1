package dev.mlk.usage;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.tfjob.ledger.LedgerEntry;
import dev.mlk.tfjob.ledger.People;
import java.util.List;

/**
 * What figures are summed up by.
 *
 * @param word as the user wrote it: {@code namespace}, {@code owner}, {@code job}, {@code
 *     label=KEY}
 * @param labels the labels that say it, the surest first; none where something else does
 */
record Grouping(String word, List<String> labels) {
  static final String NONE = "-";

  /** By job. */
  static final Grouping JOB = new Grouping("job", List.of());

  /**
   * Reads the value of {@code --by}.
   *
   * @throws Problem.Usage when it is none
   */
  static Grouping of(String word) {
    if (word.startsWith("label=") && word.length() > "label=".length()) {
      return new Grouping(word, List.of(word.substring("label=".length())));
    }
    return switch (word) {
      case "namespace" -> new Grouping(word, List.of());
      case "job" -> JOB;
      case "owner" -> new Grouping(word, People.KEYS);
      default ->
          throw new Problem.Usage(
              Explanation.of("usage cannot be summed up by \"" + word + "\"")
                  .because("--by takes one of: namespace, owner, job, label=KEY")
                  .next("mlk usage --by job"));
    };
  }

  /** The column's name. */
  String title() {
    return word.startsWith("label=") ? labels.getFirst() : word;
  }

  /**
   * The group of a pod.
   *
   * @param all whether jobs of several namespaces are shown
   */
  String of(LedgerEntry entry, boolean all) {
    LedgerEntry.Who who = entry.who();
    if (!labels.isEmpty()) {
      return labels.stream()
          .map(key -> who.labels().getOrDefault(key, ""))
          .filter(value -> !value.isEmpty())
          .findFirst()
          .orElse(NONE);
    }
    if (word.equals("job")) {
      return all ? who.namespace() + "/" + who.job() : who.job();
    }
    return who.namespace();
  }
}
