package dev.mlk.sweep.trial;

import dev.mlk.connect.Connection;
import dev.mlk.events.Curves;
import dev.mlk.events.DecimalText;
import dev.mlk.events.LogFolder;
import dev.mlk.job.Job;
import dev.mlk.metrics.LogSource;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.store.Curve;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Reads the scalars that a job has written for TensorBoard, where this machine can reach them. */
public final class EventSource {
  private static final int POINTS = 256;
  private final Connection connection;
  private final LogSources folders;

  /** A source for the jobs of this cluster. */
  public EventSource(Connection connection, LogSources folders) {
    this.connection = connection;
    this.folders = folders;
  }

  /** All scalars of a job as they are now. */
  public Events read(Job job) {
    List<LogSource> sources;
    try {
      sources = folders.own(connection, job.object()).orThrow();
    } catch (Problem.NotFound | Problem.NotAllowed e) {
      Explanation why = e.explanation();
      String cause = why.causes().isEmpty() ? "" : ": " + String.join(", ", why.causes());
      return new Events("event files", why.sentence() + cause, List.of());
    }
    List<Scalar> scalars = new ArrayList<>();
    int files = 0;
    for (LogSource source : sources) {
      Curves curves = new Curves(Curves.USUAL, _ -> true);
      LogFolder folder = LogFolder.of(source.folder());
      folder.readLatest(curves);
      files += folder.files().size();
      curves.all().forEach(curve -> scalars.add(scalar(source, curve)));
    }
    String place = "the event files in " + sources.getFirst().shown();
    return new Events(place, files == 0 ? "there are none" : "", scalars);
  }

  /** The course of a metric so far; none when there is no such scalar, or several. */
  public Curve course(Job job, String metric) {
    return new EventMetric(read(job), metric, dev.mlk.sweep.trial.LogSource.leader(job))
        .counting()
        .map(Scalar::curve)
        .orElse(Curve.NONE);
  }

  private static Scalar scalar(LogSource source, dev.mlk.events.Curve curve) {
    List<String> odd = new ArrayList<>();
    if (curve.notNumbers() > 0) {
      odd.add(curve.notNumbers() + " of its values are no numbers: " + curve.notNumber());
    }
    if (curve.notFinite() > 0) {
      odd.add("it is NaN or infinite from step " + curve.firstNotFinite() + " on");
    }
    curve.disagreement().ifPresent(two -> odd.add(disagreement(two)));
    int size = curve.size();
    int[] finite = new int[size];
    int number = 0;
    for (int i = 0; i < size; i++) {
      if (Double.isFinite(curve.value(i))) {
        finite[number++] = i;
      }
    }
    Curve kept =
        Curve.thinned(
            number,
            i -> curve.step(finite[i]),
            i -> curve.value(finite[i]),
            Math.min(number, POINTS));
    OptionalDouble last =
        size == 0 ? OptionalDouble.empty() : OptionalDouble.of(curve.value(size - 1));
    return new Scalar(source.name(curve.series().run()), curve.series().tag(), last, kept, odd);
  }

  private static String disagreement(dev.mlk.events.Curve.Disagreement two) {
    return "two files disagree at step "
        + two.step()
        + ": "
        + DecimalText.of(two.oneValue())
        + " in "
        + name(two.one())
        + ", "
        + DecimalText.of(two.otherValue())
        + " in "
        + name(two.other())
        + "; two programs write to one run";
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
