package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.format.Nearest;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.katib.KatibSweeps;
import dev.mlk.sweep.labelled.LabelledSweeps;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.trial.AllSources;
import dev.mlk.sweep.trial.EventSource;
import dev.mlk.sweep.trial.Judgement;
import dev.mlk.sweep.trial.LogSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All sweeps of a namespace, whoever made them: mlk, a Helm chart, Katib. */
final class Sweeps {
  private final String namespace;
  private final SweepStore store;
  private final LabelledSweeps labelled;
  private final KatibSweeps katib;

  Sweeps(Connection connection, LogSources folders) {
    this.namespace = connection.namespace();
    this.store = new SweepStore(connection.client(), namespace);
    this.labelled =
        new LabelledSweeps(
            connection.client(),
            namespace,
            new AllSources(
                new LogSource(connection.client()), new EventSource(connection, folders)));
    this.katib = new KatibSweeps(connection.client(), namespace);
  }

  /** All of them: mlk's own first. A name stands for one sweep, the first of these. */
  List<KnownSweep> list() {
    List<KnownSweep> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Sweep sweep : store.list()) {
      names.add(sweep.name());
      all.add(KnownSweep.own(sweep));
    }
    for (List<KnownSweep> others : List.of(labelled.list(), katib.list())) {
      for (KnownSweep other : others) {
        if (names.add(other.sweep().name())) {
          all.add(other);
        }
      }
    }
    return all;
  }

  /**
   * The sweep of that name.
   *
   * @param metric the number that counts; empty for the sweep's own
   * @throws Problem.NotFound when there is none
   */
  KnownSweep get(String name, String metric) {
    Optional<KnownSweep> known = store.find(name).map(KnownSweep::own);
    if (known.isEmpty()) {
      known = labelled.find(name, metric);
    }
    if (known.isEmpty()) {
      known = katib.find(name);
    }
    if (known.isEmpty()) {
      throw missing(name);
    }
    return metric.isEmpty() ? known.get() : judged(known.get(), Objective.guessed(metric));
  }

  private Problem missing(String name) {
    List<String> names = list().stream().map(known -> known.sweep().name()).toList();
    Explanation what = Explanation.of("there is no sweep " + name + " in namespace " + namespace);
    return new Problem.NotFound(
        Nearest.to(name, names)
            .map(near -> what.next("mlk sweep report " + near))
            .orElse(what)
            .next("mlk sweep list"));
  }

  private static KnownSweep judged(KnownSweep known, Objective objective) {
    Sweep sweep = known.sweep();
    if (sweep.spec().objective().metric().equals(objective.metric())) {
      return known;
    }
    List<Trial> trials =
        sweep.trials().stream()
            .map(trial -> trial.with(Judgement.again(trial.result(), objective)))
            .toList();
    Sweep other =
        new Sweep(
            sweep.name(),
            sweep.namespace(),
            sweep.uid(),
            sweep.version(),
            sweep.created(),
            sweep.stopped(),
            sweep.spec().with(objective, sweep.spec().limits()),
            trials);
    return known.with(other);
  }

  /**
   * The sweep of that name, to be changed.
   *
   * @throws Problem.Usage when it is not mlk's own
   */
  Sweep own(String name) {
    KnownSweep known = get(name, "");
    if (!known.origin().isEmpty()) {
      throw new Problem.Usage(
          Explanation.of(
                  "sweep " + name + " is not mlk's to change: it comes from " + known.origin())
              .next(known.removal())
              .next("mlk sweep report " + name));
    }
    return known.sweep();
  }
}
