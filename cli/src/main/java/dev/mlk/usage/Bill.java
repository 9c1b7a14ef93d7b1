package dev.mlk.usage;

import dev.mlk.tfjob.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The figures of a window.
 *
 * @param scope what was asked for
 * @param groups sums by group, the largest first
 * @param models sums by group and model of GPU; the model is empty for pods without one
 * @param jobs sums by job, the largest first
 * @param total everything
 * @param notes what must be said beside the figures
 */
record Bill(
    Scope scope,
    Map<String, Tally> groups,
    Map<String, Map<String, Tally>> models,
    Map<String, Tally> jobs,
    Tally total,
    List<String> notes) {
  /**
   * What was asked for.
   *
   * @param namespace the namespace; empty for all
   * @param prices what an hour costs, when given
   * @param busy how busy the GPUs of running pods are
   */
  record Scope(
      String namespace, Window window, Grouping grouping, Optional<Prices> prices, Busy busy) {
    boolean all() {
      return namespace.isEmpty();
    }
  }

  /** Sums up. */
  static Bill of(Scope scope, List<LedgerEntry> entries, List<String> said) {
    Map<String, Tally> groups = new HashMap<>();
    Map<String, Map<String, Tally>> models = new HashMap<>();
    boolean byJob = scope.grouping.equals(Grouping.JOB);
    Map<String, Tally> jobs = byJob ? groups : new HashMap<>();
    Tally total = new Tally();
    Map<String, Long> unpriced = new TreeMap<>();
    int contradictory = 0;
    for (LedgerEntry entry : entries) {
      Held held = Held.of(entry, scope.window);
      if (!held.counts()) {
        continue;
      }
      Optional<Prices.Rate> rate = scope.prices.flatMap(prices -> prices.rate(held));
      String group = scope.grouping.of(entry, scope.all());
      total.add(held, rate, scope.busy);
      groups.computeIfAbsent(group, _ -> new Tally()).add(held, rate, scope.busy);
      models
          .computeIfAbsent(group, _ -> new TreeMap<>())
          .computeIfAbsent(held.model(), _ -> new Tally())
          .add(held, rate, scope.busy);
      if (!byJob) {
        jobs.computeIfAbsent(Grouping.JOB.of(entry, scope.all()), _ -> new Tally())
            .add(held, rate, scope.busy);
      }
      contradictory += held.contradictory() ? 1 : 0;
      if (scope.prices.isPresent()
          && held.gpuSeconds() > 0
          && rate.flatMap(Prices.Rate::gpu).isEmpty()) {
        unpriced.merge(held.model(), held.gpuSeconds(), Long::sum);
      }
    }
    List<String> notes = new ArrayList<>(said);
    notes.addAll(scope.busy.notes(entries));
    if (contradictory > 0) {
      notes.add(
          (contradictory == 1 ? "1 pod has" : contradictory + " pods have")
              + " times that contradict each other, so a clock was changed: what would be negative"
              + " counts as nothing");
    }
    unpriced.forEach(
        (model, seconds) ->
            notes.add(
                "no price for GPUs of model "
                    + model
                    + ": "
                    + Tally.hours(seconds, 2)
                    + " GPU-hours are not in the cost"));
    return new Bill(scope, sorted(groups), models, sorted(jobs), total, notes);
  }

  private static Map<String, Tally> sorted(Map<String, Tally> tallies) {
    Map<String, Tally> sorted = new LinkedHashMap<>();
    tallies.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Tally> e) -> -e.getValue().gpuSeconds())
                .thenComparingLong(e -> -e.getValue().milliCpuSeconds())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }
}
