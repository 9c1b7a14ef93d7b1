package dev.mlk.sweep.report;

import dev.mlk.console.Printer;
import dev.mlk.format.Json;
import dev.mlk.problem.ExitCode;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sweeps as mlk's own JSON documents; their fields are documented and stay. */
public final class Documents {
  private Documents() {}

  /** The whole report. */
  public static ObjectNode report(Report report) {
    ObjectNode document = Printer.start("SweepReport");
    Printer.outcome(document, report.complete() ? ExitCode.DONE : ExitCode.FAILED);
    document.setAll(summary(report.sweep()));
    report.best().ifPresent(trial -> document.set("best", trial(report.sweep(), trial)));
    ArrayNode importance = document.putArray("importance");
    for (Importance.Share share : Importance.of(report.sweep())) {
      ObjectNode one = importance.addObject().put("parameter", share.parameter());
      share.share().ifPresent(value -> one.put("share", value));
    }
    ArrayNode trials = document.putArray("trials");
    report.ranked().forEach(trial -> trials.add(trial(report.sweep(), trial)));
    return document;
  }

  /** Several sweeps in short. */
  public static ObjectNode list(List<KnownSweep> sweeps) {
    ObjectNode document = Printer.start("SweepList");
    ArrayNode items = document.putArray("items");
    sweeps.forEach(
        known -> items.add(summary(known.sweep()).put("origin", origin(known.origin()))));
    return document;
  }

  private static String origin(String who) {
    return who.isEmpty() ? "mlk" : who;
  }

  private static ObjectNode summary(Sweep sweep) {
    ObjectNode node = Json.object();
    node.put("name", sweep.name()).put("namespace", sweep.namespace());
    node.put("created", sweep.created().toString()).put("stopped", sweep.stopped());
    node.put("metric", sweep.spec().objective().metric());
    node.put("goal", sweep.spec().objective().goal());
    node.put("search", sweep.spec().search().kind().word());
    ObjectNode counts = node.putObject("counts");
    Report report = Report.of(sweep);
    for (TrialState state : TrialState.values()) {
      counts.put(state.text(), report.count(state));
    }
    return node;
  }

  /** One trial. */
  static ObjectNode trial(Sweep sweep, Trial trial) {
    ObjectNode node = Json.object();
    node.put("trial", trial.number()).put("job", trial.job(sweep.name()));
    ObjectNode parameters = node.putObject("parameters");
    trial.point().values().forEach(parameters::put);
    node.put("state", trial.state().text()).put("attempts", trial.attempt() + 1);
    trial.result().value().ifPresent(value -> node.put("value", value));
    node.put("seconds", trial.result().seconds());
    ObjectNode seen = node.putObject("seen");
    trial.result().seen().forEach(seen::put);
    ArrayNode curve = node.putArray("curve");
    trial.result().curve().values().forEach(curve::add);
    ArrayNode steps = node.putArray("steps");
    trial.result().curve().steps().forEach(steps::add);
    ArrayNode cause = node.putArray("cause");
    trial.result().cause().forEach(cause::add);
    return node;
  }
}
