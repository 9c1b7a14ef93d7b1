package dev.mlk.board.data;

import dev.mlk.events.Curve;
import dev.mlk.events.Damage;
import dev.mlk.events.Histogram;
import dev.mlk.events.HyperParameters;
import dev.mlk.events.Images;
import dev.mlk.events.LogFolder;
import dev.mlk.events.Run;
import dev.mlk.events.Series;
import dev.mlk.metrics.LogSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The log folders of one board and what is in them. One thread reads with {@link #read}; any thread
 * may look meanwhile and sees what has been read so far.
 */
public final class Logs {
  /** A source while it is read. */
  private record Open(LogSource source, LogFolder folder, Gathered gathered) {}

  private final int threads;
  private final Set<Path> known = new HashSet<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private volatile List<Open> open = List.of();

  /**
   * No folders yet.
   *
   * @param threads how many threads may read at once, at least 1
   */
  public Logs(int threads) {
    this.threads = threads;
  }

  /** Takes in the folders that were not there before: another trial, a pod that came anew. */
  public synchronized void add(Collection<LogSource> sources) {
    List<Open> all = new ArrayList<>(open);
    for (LogSource source : sources) {
      if (known.add(source.folder())) {
        all.add(new Open(source, LogFolder.of(source.folder()), new Gathered()));
      }
    }
    open = List.copyOf(all);
  }

  /** Reads what is new, of a folder that is new everything. */
  public void read() {
    for (Open one : open) {
      one.folder.read(one.gathered, threads);
      boolean estimated;
      synchronized (one.gathered) {
        estimated = one.gathered.curves.estimated();
      }
      if (estimated) {
        one.gathered.clear();
        one.folder.readLatest(one.gathered, threads);
      }
    }
  }

  /** Grows with everything that is read: equal numbers mean that nothing has changed. */
  public long changes() {
    long changes = 0;
    for (Open one : open) {
      synchronized (one.gathered) {
        changes += one.gathered.changes;
      }
    }
    return changes;
  }

  /** The sources, in the order in which they came. */
  public List<LogSource> sources() {
    return open.stream().map(Open::source).toList();
  }

  private synchronized int number(String name) {
    return numbers.computeIfAbsent(name, _ -> numbers.size());
  }

  private RunName name(Open one, Run run) {
    String name = one.source.name(run);
    return new RunName(number(name), name, one.gathered.begun.getOrDefault(run, 0.0));
  }

  /** All runs that have values, by name. */
  public List<RunName> runs() {
    Map<String, RunName> all = new TreeMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        for (Run run : one.gathered.begun.keySet()) {
          RunName name = name(one, run);
          all.put(name.name(), name);
        }
      }
    }
    return List.copyOf(all.values());
  }

  /** The runs of each tag of scalars, both in order. */
  public Map<String, List<RunName>> scalarTags() {
    Map<String, Map<String, RunName>> tags = new TreeMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        for (Curve curve : one.gathered.curves.all()) {
          if (curve.size() > 0) {
            RunName name = name(one, curve.series().run());
            tags.computeIfAbsent(curve.series().tag(), _ -> new TreeMap<>()).put(name.name(), name);
          }
        }
      }
    }
    Map<String, List<RunName>> ordered = new LinkedHashMap<>();
    tags.forEach((tag, runs) -> ordered.put(tag, List.copyOf(runs.values())));
    return ordered;
  }

  /** What is said about a tag of scalars in each run: the series itself. */
  public Map<RunName, List<Series>> scalars() {
    Map<RunName, List<Series>> all = new LinkedHashMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        for (Curve curve : one.gathered.curves.all()) {
          if (curve.size() > 0) {
            all.computeIfAbsent(name(one, curve.series().run()), _ -> new ArrayList<>())
                .add(curve.series());
          }
        }
      }
    }
    return all;
  }

  /** The numbers of a tag, by run; a copy. */
  public List<Line> lines(String tag) {
    Map<String, Line> all = new TreeMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        for (Curve curve : one.gathered.curves.all()) {
          if (curve.size() > 0 && curve.series().tag().equals(tag)) {
            RunName run = name(one, curve.series().run());
            all.put(run.name(), line(run, curve));
          }
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static Line line(RunName run, Curve curve) {
    int size = curve.size();
    long[] steps = new long[size];
    double[] times = new double[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      steps[i] = curve.step(i);
      times[i] = curve.wallTime(i);
      values[i] = curve.value(i);
    }
    return new Line(run, curve.series().tag(), steps, times, values, curve.seen());
  }

  /**
   * The histograms, pictures or texts of one tag of one run.
   *
   * @param run the run
   * @param tag the tag
   * @param all what is kept of them
   */
  public record Kept<T>(RunName run, String tag, List<Stamped<T>> all) {
    public Kept {
      all = List.copyOf(all);
    }
  }

  /** All histograms, by tag and run. */
  public List<Kept<Histogram>> histograms() {
    return kept(gathered -> gathered.histograms);
  }

  /** All pictures, by tag and run. */
  public List<Kept<Images>> pictures() {
    return kept(gathered -> gathered.pictures);
  }

  /** All texts, by tag and run. */
  public List<Kept<List<String>>> texts() {
    return kept(gathered -> gathered.texts);
  }

  private <T> List<Kept<T>> kept(Function<Gathered, Map<Series, Thinned<T>>> which) {
    Map<String, Kept<T>> all = new TreeMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        which
            .apply(one.gathered)
            .forEach(
                (series, thinned) -> {
                  RunName run = name(one, series.run());
                  Kept<T> kept = new Kept<>(run, series.tag(), thinned.all());
                  all.put(series.tag() + "\0" + run.name(), kept);
                });
      }
    }
    return List.copyOf(all.values());
  }

  /** The table of hyper-parameters: what runs say themselves, and what sweeps chose for jobs. */
  public List<Trial> trials() {
    Map<String, Trial> all = new TreeMap<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        ofSweep(one).ifPresent(trial -> all.put(trial.name(), trial));
        one.gathered.parameters.forEach(
            (run, start) -> {
              String name = one.source.name(run);
              HyperParameters.Status status = one.gathered.statuses.get(run);
              String said =
                  status == null || status == HyperParameters.Status.UNKNOWN
                      ? ""
                      : status.name().toLowerCase(Locale.ROOT);
              all.put(name, new Trial(name, start.values(), metrics(one, run), said));
            });
      }
    }
    return List.copyOf(all.values());
  }

  private static Optional<Trial> ofSweep(Open one) {
    return one.source
        .job()
        .flatMap(SweepParameters::of)
        .map(values -> new Trial(trialName(one.source), values, metrics(one, null), ""));
  }

  private static String trialName(LogSource source) {
    return source.prefix().isEmpty()
        ? source.job().map(job -> job.path("metadata").path("name").asString("")).orElse("")
        : source.prefix();
  }

  /** The newest numbers of a run and what is below it; of the whole source without a run. */
  private static Map<String, Double> metrics(Open one, Run run) {
    String own = run == null || run.name().equals(".") ? "" : run.name();
    Map<String, Double> all = new TreeMap<>();
    for (Curve curve : one.gathered.curves.all()) {
      String name = curve.series().run().name();
      String below = "";
      if (!name.equals(own) && !name.equals(".")) {
        if (!own.isEmpty() && !name.startsWith(own + "/")) {
          continue;
        }
        below = (own.isEmpty() ? name : name.substring(own.length() + 1)) + "/";
      } else if (name.equals(".") && !own.isEmpty()) {
        continue;
      }
      if (curve.size() > 0) {
        all.put(below + curve.series().tag(), curve.value(curve.size() - 1));
      }
    }
    return all;
  }

  /** What could not be read, a line each. */
  public List<String> damages() {
    List<String> all = new ArrayList<>();
    for (Open one : open) {
      synchronized (one.gathered) {
        one.gathered.curves.damages().stream().map(Damage::line).forEach(all::add);
      }
    }
    return all;
  }
}
