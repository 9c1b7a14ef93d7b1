package dev.mlk.metrics;

import dev.mlk.console.Invocation;
import dev.mlk.events.Curve;
import dev.mlk.events.Curves;
import dev.mlk.events.Damage;
import dev.mlk.events.EventConsumer;
import dev.mlk.events.LogFolder;
import dev.mlk.events.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All sources of one command, each with a bounded sample of what was read of it. */
final class Reading {
  /** Enough to see where two files disagree, and for a curve. */
  private static final int SAMPLE = Curves.USUAL;

  /**
   * A source while it is read.
   *
   * @param source where it is
   * @param folder its reader
   * @param curves its sample
   */
  record Open(LogSource source, LogFolder folder, Curves curves) {}

  private final Set<Path> known = new HashSet<>();

  private final Invocation invocation;
  private final Selection selection;
  private final List<Open> open = new ArrayList<>();
  private int begun;

  Reading(Invocation invocation, List<LogSource> sources, Selection selection) {
    this.invocation = invocation;
    this.selection = selection;
    add(sources);
  }

  /** Takes in sources that were not there before: another trial, a pod that came anew. */
  void add(List<LogSource> sources) {
    for (LogSource source : sources) {
      if (known.add(source.folder())) {
        Curves curves = new Curves(SAMPLE, series -> selection.test(source, series));
        open.add(new Open(source, LogFolder.of(source.folder()), curves));
      }
    }
  }

  Invocation invocation() {
    return invocation;
  }

  Selection selection() {
    return selection;
  }

  List<Open> open() {
    return open;
  }

  List<LogSource> sources() {
    return open.stream().map(Open::source).toList();
  }

  /**
   * Reads everything the first time, and then what is new.
   *
   * @param consumer gets what each source's sample gets
   */
  void read(Function<Open, EventConsumer> consumer, int threads) {
    for (int i = 0; i < open.size(); i++) {
      Open one = open.get(i);
      if (i < begun) {
        one.folder.read(consumer.apply(one), threads);
      } else {
        one.folder.readLatest(consumer.apply(one), threads);
      }
    }
    begun = open.size();
  }

  /** Reads into the samples only: once over, and again where a restart left but estimates. */
  void sample(int threads) {
    for (int i = 0; i < open.size(); i++) {
      Open one = open.get(i);
      one.folder.read(one.curves, threads);
      if (one.curves.estimated()) {
        one.curves.clear();
        one.folder.readLatest(one.curves, threads);
      }
    }
    begun = open.size();
  }

  /** A curve and its source. */
  record Found(LogSource source, Curve curve) {
    String run() {
      return source.name(curve.series().run());
    }
  }

  /** All curves with the sources they are from. */
  List<Found> curves() {
    List<Found> all = new ArrayList<>();
    for (Open one : open) {
      one.curves.all().forEach(curve -> all.add(new Found(one.source, curve)));
    }
    return all;
  }

  /** Everything that was there and not wanted. */
  List<Series> others() {
    List<Series> all = new ArrayList<>();
    open.forEach(one -> all.addAll(one.curves.others()));
    return all;
  }

  /** How many records and files could not be read. */
  long damageCount() {
    long count = 0;
    for (Open one : open) {
      count += one.curves.damageCount() + one.folder.incomplete().size();
    }
    return count;
  }

  /** What could not be read; of very many, the first. */
  List<Damage> damages() {
    List<Damage> all = new ArrayList<>();
    for (Open one : open) {
      all.addAll(one.curves.damages());
      all.addAll(one.folder.incomplete());
    }
    return all;
  }
}
