package dev.mlk.board.web;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.Smoothing;
import java.util.Arrays;
import java.util.Comparator;

/**
 * As much of a line as a screen can show: of each column the least and the greatest value, so that
 * no spike is lost however many numbers there are.
 *
 * @param x places on the axis
 * @param y smoothed values
 * @param raw the values themselves
 */
record Shown(double[] x, double[] y, double[] raw) {
  /** What the horizontal axis is. */
  enum Axis {
    STEP,
    RELATIVE,
    WALL;

    static Axis of(String word) {
      return switch (word) {
        case "relative" -> RELATIVE;
        case "wall" -> WALL;
        default -> STEP;
      };
    }

    private double[] of(Line line) {
      return switch (this) {
        case STEP -> Arrays.stream(line.steps()).asDoubleStream().toArray();
        case WALL -> line.times();
        case RELATIVE -> Arrays.stream(line.times()).map(t -> t - line.times()[0]).toArray();
      };
    }
  }

  /**
   * What is wanted of lines.
   *
   * @param axis the horizontal axis
   * @param smoothing see {@link Smoothing}
   * @param columns how many columns the screen has
   * @param from the least place on the axis
   * @param to the greatest
   */
  record Wanted(Axis axis, double smoothing, int columns, double from, double to) {}

  static Shown of(Line line, Wanted wanted) {
    double[] x = wanted.axis.of(line);
    double[] raw = line.values();
    if (!ordered(x)) {
      Integer[] order = new Integer[x.length];
      Arrays.setAll(order, i -> i);
      double[] places = x;
      Arrays.sort(order, Comparator.comparingDouble(i -> places[i]));
      x = permuted(x, order);
      raw = permuted(raw, order);
    }
    double[] smooth = Smoothing.of(raw, wanted.smoothing);
    int start = Math.max(0, lower(x, wanted.from) - 1);
    int end = Math.min(x.length, lower(x, Math.nextUp(wanted.to)) + 1);
    int[] kept = keep(x, smooth, raw, start, end, wanted.columns);
    return new Shown(picked(x, kept), picked(smooth, kept), picked(raw, kept));
  }

  private static boolean ordered(double[] x) {
    for (int i = 1; i < x.length; i++) {
      if (x[i] < x[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private static double[] permuted(double[] values, Integer[] order) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[order[i]]);
    return result;
  }

  private static double[] picked(double[] values, int[] places) {
    double[] result = new double[places.length];
    Arrays.setAll(result, i -> values[places[i]]);
    return result;
  }

  /** The first place that is not less. */
  private static int lower(double[] x, double limit) {
    int low = 0;
    int high = x.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (x[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int[] keep(
      double[] x, double[] smooth, double[] raw, int start, int end, int columns) {
    if (end - start <= 2 * columns) {
      int[] all = new int[Math.max(0, end - start)];
      Arrays.setAll(all, i -> start + i);
      return all;
    }
    int[] kept = new int[end - start + 2];
    kept[0] = start;
    int count = 1;
    double width = (x[end - 1] - x[start]) / columns;
    int next = start + 1;
    while (next < end - 1) {
      int first = next;
      double limit = x[first] + width;
      while (next < end - 1 && (x[next] < limit || next == first)) {
        next++;
      }
      count = extremes(smooth, raw, first, next, kept, count);
    }
    kept[count++] = end - 1;
    return Arrays.copyOf(kept, count);
  }

  /** Where each of both is least and greatest, in order and once. */
  private static int extremes(
      double[] smooth, double[] raw, int first, int end, int[] kept, int count) {
    int[] places = {
      least(smooth, first, end, 1),
      least(smooth, first, end, -1),
      least(raw, first, end, 1),
      least(raw, first, end, -1)
    };
    Arrays.sort(places);
    int size = count;
    for (int i = 0; i < places.length; i++) {
      if (i == 0 || places[i] != places[i - 1]) {
        kept[size++] = places[i];
      }
    }
    return size;
  }

  private static int least(double[] values, int first, int end, int sign) {
    int best = first;
    for (int i = first + 1; i < end; i++) {
      if (sign * values[i] < sign * values[best] || Double.isNaN(values[best])) {
        best = i;
      }
    }
    return best;
  }
}
