package dev.mlk.sweep.run;

import dev.mlk.console.Age;
import dev.mlk.job.Job;
import dev.mlk.job.JobDocuments;
import dev.mlk.kube.ApiClient;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a sweep that has not begun will take.
 *
 * @param room how many trials may run at once
 * @param trials how many there are
 * @param gpus how many each of them holds
 * @param seconds how long each takes, as in {@code like}; empty when nobody knows
 * @param like the name of the sweep of the same job that tells
 */
record Forecast(Room room, int trials, long gpus, OptionalDouble seconds, String like) {
  /** For the cluster as it is now; earlier sweeps of the same job tell how long a trial takes. */
  static Forecast of(ApiClient api, Sweep sweep) {
    SweepSpec spec = sweep.spec();
    Room room = new Capacity(api).now(sweep, Map.of());
    int trials = spec.newSearch().settled() ? sweep.trials().size() : spec.search().trials();
    long gpus = JobDocuments.gpus(new Job(spec.job()));
    List<Sweep> others = new SweepStore(api, sweep.namespace()).list();
    for (Sweep other : others.reversed()) {
      if (!other.name().equals(sweep.name()) && other.spec().job().equals(spec.job())) {
        OptionalDouble mean = mean(other);
        if (mean.isPresent()) {
          return new Forecast(room, trials, gpus, mean, other.name());
        }
      }
    }
    return new Forecast(room, trials, gpus, OptionalDouble.empty(), "");
  }

  private static OptionalDouble mean(Sweep sweep) {
    return sweep.trials().stream()
        .filter(trial -> trial.state() == TrialState.SUCCEEDED)
        .map(Trial::result)
        .mapToDouble(result -> result.seconds())
        .average();
  }

  /** In a line. */
  String text() {
    int once = Math.min(trials, room.trials());
    StringBuilder text = new StringBuilder();
    text.append(once == 0 ? "No trial fits" : once == trials ? "All" : Integer.toString(once));
    text.append(once == 0 ? " now" : " at once here");
    if (!room.words().isEmpty()) {
      text.append(" (").append(room.words()).append(')');
    }
    if (seconds.isEmpty()) {
      return text.append("; how long it takes is known when the first trial has ended").toString();
    }
    double each = seconds.getAsDouble();
    text.append("; about ").append(time(each)).append(" each, as in sweep ").append(like);
    if (once > 0) {
      double rounds = Math.ceil(trials / (double) once);
      text.append(": about ").append(time(rounds * each)).append(" in all");
    }
    if (gpus > 0) {
      double hours = trials * gpus * each / 3600;
      String rounded = new BigDecimal(hours).round(new MathContext(2)).toPlainString();
      text.append(", ").append(rounded).append(" GPU-hours");
    }
    return text.toString();
  }

  private static String time(double seconds) {
    return Age.of(Duration.ofSeconds(Math.max(1, Math.round(seconds))));
  }
}
