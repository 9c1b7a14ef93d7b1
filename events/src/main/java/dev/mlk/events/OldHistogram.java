package dev.mlk.events;

import java.util.Arrays;

/** Reads TensorFlow 1's HistogramProto (tensorflow/core/framework/summary.proto). */
final class OldHistogram {
  private OldHistogram() {}

  static Histogram read(byte[] bytes, int from, int to) throws BadRecordException {
    double least = 0;
    double greatest = 0;
    Doubles limits = new Doubles();
    Doubles counts = new Doubles();
    Wire wire = new Wire().over(bytes, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> least = number(wire);
        case 2 -> greatest = number(wire);
        case 6 -> limits.read(wire);
        case 7 -> counts.read(wire);
        default -> wire.skip();
      }
    }
    return inner(least, greatest, limits.all(), counts.all());
  }

  private static double number(Wire wire) throws BadRecordException {
    wire.is(wire.field, Wire.FIXED64);
    return Double.longBitsToDouble(wire.fixed64());
  }

  private static Histogram inner(double least, double greatest, double[] limits, double[] counts)
      throws BadRecordException {
    int start = 0;
    while (start < counts.length && !(counts[start] > 0)) {
      start++;
    }
    int end = counts.length;
    while (end > start && !(counts[end - 1] > 0)) {
      end--;
    }
    int buckets = end - start;
    if (limits.length < end - 1) {
      throw new BadRecordException(
          "a histogram with " + counts.length + " buckets and " + limits.length + " limits");
    }
    double[] left = new double[buckets];
    double[] right = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      left[i] = i == 0 ? least : limits[start + i - 1];
      right[i] = i == buckets - 1 ? greatest : limits[start + i];
    }
    return new Histogram(left, right, Arrays.copyOfRange(counts, start, end));
  }

  /** A repeated field of doubles. */
  private static final class Doubles {
    private double[] values = new double[32];
    private int count;

    void read(Wire wire) throws BadRecordException {
      if (wire.type == Wire.BYTES) {
        int end = wire.length();
        if ((end - wire.next) % 8 != 0) {
          throw new BadRecordException("packed doubles of a broken length");
        }
        while (wire.next < end) {
          add(wire.fixed64());
        }
      } else {
        wire.is(wire.field, Wire.FIXED64);
        add(wire.fixed64());
      }
    }

    private void add(long bits) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = Double.longBitsToDouble(bits);
    }

    double[] all() {
      return Arrays.copyOf(values, count);
    }
  }
}
