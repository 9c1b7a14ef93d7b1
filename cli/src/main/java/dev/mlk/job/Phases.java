package dev.mlk.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How long each part of a job took, as seen from here: finer than the whole seconds that the
 * cluster keeps.
 */
final class Phases {
  private record Mark(String phase, long nanos) {}

  private final LongSupplier nanoTime;
  private final long start;
  private final List<Mark> marks = new ArrayList<>();

  /**
   * Starts counting.
   *
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  Phases(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Ends a phase now, once: later calls for the same phase count nothing. */
  void end(String phase) {
    if (marks.stream().noneMatch(mark -> mark.phase.equals(phase))) {
      marks.add(new Mark(phase, nanoTime.getAsLong()));
    }
  }

  /** {@code scheduled 0.2 s, started 0.6 s, trained 3.1 s, total 3.9 s}. */
  String text() {
    var text = new StringBuilder();
    long before = start;
    for (Mark mark : marks) {
      text.append(mark.phase).append(' ').append(seconds(mark.nanos - before)).append(", ");
      before = mark.nanos;
    }
    return text.append("total ").append(seconds(nanoTime.getAsLong() - start)).toString();
  }

  private static String seconds(long nanos) {
    long tenths = Math.round(nanos / 1e8);
    return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
  }
}
