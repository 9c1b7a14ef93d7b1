package dev.mlk.board.data;

import dev.mlk.events.Curves;
import dev.mlk.events.Damage;
import dev.mlk.events.EventConsumer;
import dev.mlk.events.Histogram;
import dev.mlk.events.HyperParameters;
import dev.mlk.events.Images;
import dev.mlk.events.Kind;
import dev.mlk.events.Point;
import dev.mlk.events.Run;
import dev.mlk.events.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one source's files say, bounded for each series. Whoever reads files and whoever looks hold
 * the same lock, this object's, for a moment each.
 */
final class Gathered implements EventConsumer {
  /** Numbers kept of each scalar: more than any screen has columns. */
  static final int NUMBERS = 10_000;

  private static final int HISTOGRAMS = 100;
  private static final int PICTURES = 20;
  private static final int TEXTS = 20;

  /** Larger pictures are left out: a page of them would be slow, and memory is bounded. */
  private static final int LARGEST_PICTURE = 4 << 20;

  private static final int PICTURES_OF_A_STEP = 8;

  final Curves curves = new Curves(NUMBERS, _ -> true);
  final Map<Series, Thinned<Histogram>> histograms = new LinkedHashMap<>();
  final Map<Series, Thinned<Images>> pictures = new LinkedHashMap<>();
  final Map<Series, Thinned<List<String>>> texts = new LinkedHashMap<>();
  final Map<Run, HyperParameters.Start> parameters = new LinkedHashMap<>();
  final Map<Run, HyperParameters.Status> statuses = new LinkedHashMap<>();

  /** When each run's first value was written. */
  final Map<Run, Double> begun = new LinkedHashMap<>();

  /** Grows with everything that is read. */
  long changes;

  private Run lastRun;

  /** Forgets everything, for a reading from the beginning. */
  synchronized void clear() {
    curves.clear();
    histograms.clear();
    pictures.clear();
    texts.clear();
    parameters.clear();
    statuses.clear();
    begun.clear();
    lastRun = null;
    changes++;
  }

  @Override
  public synchronized boolean wants(Series series) {
    return series.kind() == Kind.SCALAR
        ? curves.wants(series)
        : series.kind() != Kind.AUDIO && series.kind() != Kind.TENSOR;
  }

  @Override
  public synchronized void scalar(Point point) {
    met(point.series().run(), point.wallTime());
    curves.scalar(point);
  }

  private void met(Run run, double wallTime) {
    changes++;
    if (!run.equals(lastRun)) {
      lastRun = run;
      begun.putIfAbsent(run, wallTime);
    }
  }

  private <T> void add(
      Map<Series, Thinned<T>> all, int most, Series series, Moment moment, T what) {
    met(series.run(), moment.wallTime());
    all.computeIfAbsent(series, _ -> new Thinned<>(most))
        .add(new Stamped<>(moment.step(), moment.wallTime(), what));
  }

  @Override
  public synchronized void notNumber(Series series, Moment moment, String seen) {
    curves.notNumber(series, moment, seen);
  }

  @Override
  public synchronized void histogram(Series series, Moment moment, Histogram histogram) {
    add(histograms, HISTOGRAMS, series, moment, histogram);
  }

  @Override
  public synchronized void images(Series series, Moment moment, Images images) {
    List<byte[]> fit =
        images.encoded().stream()
            .filter(one -> one.length <= LARGEST_PICTURE)
            .limit(PICTURES_OF_A_STEP)
            .toList();
    add(pictures, PICTURES, series, moment, new Images(images.width(), images.height(), fit));
  }

  @Override
  public synchronized void text(Series series, Moment moment, List<String> text) {
    add(texts, TEXTS, series, moment, List.copyOf(text));
  }

  @Override
  public synchronized void hyperParameters(Series series, Moment moment, HyperParameters read) {
    met(series.run(), moment.wallTime());
    if (read instanceof HyperParameters.Start start) {
      parameters.put(series.run(), start);
    } else if (read instanceof HyperParameters.End end) {
      statuses.put(series.run(), end.status());
    }
  }

  @Override
  public synchronized void restarted(Run run, long step) {
    changes++;
    curves.restarted(run, step);
    forget(histograms, run, step);
    forget(pictures, run, step);
    forget(texts, run, step);
  }

  private static <T> void forget(Map<Series, Thinned<T>> all, Run run, long step) {
    all.forEach(
        (series, kept) -> {
          if (series.run().equals(run)) {
            kept.forgetFrom(step);
          }
        });
  }

  @Override
  public synchronized void restarted(Series series, long step) {
    changes++;
    curves.restarted(series, step);
    for (Map<Series, ? extends Thinned<?>> all : List.of(histograms, pictures, texts)) {
      Thinned<?> kept = all.get(series);
      if (kept != null) {
        kept.forgetFrom(step);
      }
    }
  }

  @Override
  public synchronized void damaged(Damage damage) {
    curves.damaged(damage);
  }
}
