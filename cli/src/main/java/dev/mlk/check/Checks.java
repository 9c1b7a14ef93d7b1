package dev.mlk.check;

import dev.mlk.format.Nearest;
import dev.mlk.kube.CommandThreads;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** All checks, in the order in which they are shown. */
final class Checks {
  private Checks() {}

  static List<Check<Facts>> all() {
    List<Check<Facts>> all = new ArrayList<>();
    all.addAll(ApiChecks.all());
    all.addAll(RightsChecks.all());
    all.addAll(NodeChecks.all());
    all.addAll(GpuChecks.all());
    all.addAll(OperatorChecks.all());
    all.addAll(SystemChecks.all());
    all.addAll(RoomChecks.all());
    return all;
  }

  /**
   * The checks of the groups, or with the ids, that {@code --only} names.
   *
   * @param checks all that there are in this run
   * @param words the names; none for all checks
   * @throws Problem.Usage for a word that names none
   */
  static <T> List<Check<T>> only(List<Check<T>> checks, List<String> words) {
    if (words.isEmpty()) {
      return checks;
    }
    Set<String> names = new LinkedHashSet<>();
    checks.forEach(check -> names.add(check.group()));
    String groups = String.join(", ", names);
    checks.forEach(check -> names.add(check.id()));
    for (String word : words) {
      if (!names.contains(word)) {
        throw new Problem.Usage(
            Explanation.of("no check is called \"" + word + "\"")
                .because(Nearest.to(word, names).map(n -> "did you mean " + n + "?").orElse(""))
                .because("groups: " + groups));
      }
    }
    return checks.stream()
        .filter(check -> words.contains(check.group()) || words.contains(check.id()))
        .toList();
  }

  /** Looks at everything at once, since most of the time is spent waiting for answers. */
  static <T> List<Report.Row> run(List<Check<T>> checks, T facts) throws InterruptedException {
    List<Report.Row> rows = new ArrayList<>();
    try (ExecutorService threads = CommandThreads.perTask()) {
      List<Future<List<Report.Row>>> running = new ArrayList<>();
      for (Check<T> check : checks) {
        running.add(threads.submit(() -> rows(check, facts)));
      }
      for (Future<List<Report.Row>> one : running) {
        rows.addAll(result(one));
      }
    }
    return rows;
  }

  private static <T> List<Report.Row> rows(Check<T> check, T facts) {
    long start = System.nanoTime();
    List<Verdict> verdicts = check.look().apply(facts);
    long millis = (System.nanoTime() - start) / 1_000_000;
    return verdicts.stream().map(verdict -> new Report.Row(check, verdict, millis)).toList();
  }

  private static List<Report.Row> result(Future<List<Report.Row>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof java.util.concurrent.CompletionException
          && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(cause);
    }
  }
}
