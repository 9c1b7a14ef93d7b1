package dev.mlk.events;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A bounded sample of a scalar series: the numbers themselves while there are few, then a uniform
 * sample of them that always has the newest, as TensorBoard keeps it
 * (tensorboard/backend/event_processing/reservoir.py; the dice are others).
 */
public final class Curve {
  private static final int FIRST = 16;

  private final Series series;
  private final int most;
  private final SplittableRandom random = new SplittableRandom(0);
  private long[] steps = new long[FIRST];
  private double[] wallTimes = new double[FIRST];
  private double[] values = new double[FIRST];
  private int count;
  private long seen;
  private long notFinite;
  private long firstNotFinite;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long notNumbers;
  private String notNumber = "";
  private Path file;
  private int fileNumber = -1;
  private Earlier earlier;
  private Disagreement disagreement;

  /**
   * Two files of a run that hold different values of a tag for one step, without a restart between.
   *
   * @param step the first such step
   * @param one the file that was read first
   * @param oneValue its value
   * @param other the other file
   * @param otherValue its value
   */
  public record Disagreement(long step, Path one, double oneValue, Path other, double otherValue) {}

  /** What the file before had. */
  private record Earlier(Path file, long[] steps, double[] values) {}

  Curve(Series series, int most) {
    this.series = series;
    this.most = most;
  }

  /** The series. */
  public Series series() {
    return series;
  }

  /** How many numbers are kept. */
  public int size() {
    return count;
  }

  /** How many numbers there were, kept or not. */
  public long seen() {
    return seen;
  }

  /** How many of them were NaN or infinite. */
  public long notFinite() {
    return notFinite;
  }

  /** The step of the first that was NaN or infinite; only where there is one. */
  public long firstNotFinite() {
    return firstNotFinite;
  }

  /** The least finite number; infinite when there is none. */
  public double least() {
    return least;
  }

  /** The greatest finite number; infinite when there is none. */
  public double greatest() {
    return greatest;
  }

  /** How many values were no numbers at all. */
  public long notNumbers() {
    return notNumbers;
  }

  /** What the first value was that is no number; empty when all are. */
  public String notNumber() {
    return notNumber;
  }

  /** Where two files do not agree. */
  public Optional<Disagreement> disagreement() {
    return Optional.ofNullable(disagreement);
  }

  /** The step of a kept number. */
  public long step(int index) {
    return steps[index];
  }

  /** When a kept number was written, in seconds since 1970. */
  public double wallTime(int index) {
    return wallTimes[index];
  }

  /** A kept number. */
  public double value(int index) {
    return values[index];
  }

  void add(Point point) {
    double value = point.value();
    if (fileNumber != point.fileNumber) {
      enter(point);
    }
    if (earlier != null) {
      compare(point, value);
    }
    if (Double.isFinite(value)) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    } else if (notFinite++ == 0) {
      firstNotFinite = point.step();
    }
    if (count < most) {
      if (count == steps.length) {
        grow();
      }
      count++;
    } else {
      long place = random.nextLong(seen + 1);
      if (place < most) {
        remove((int) place);
      }
    }
    steps[count - 1] = point.step();
    wallTimes[count - 1] = point.wallTime();
    values[count - 1] = value;
    seen++;
  }

  private void grow() {
    int room = Math.min(most, 2 * count);
    steps = Arrays.copyOf(steps, room);
    wallTimes = Arrays.copyOf(wallTimes, room);
    values = Arrays.copyOf(values, room);
  }

  private void remove(int place) {
    int behind = count - place - 1;
    System.arraycopy(steps, place + 1, steps, place, behind);
    System.arraycopy(wallTimes, place + 1, wallTimes, place, behind);
    System.arraycopy(values, place + 1, values, place, behind);
  }

  void addNotNumber(String what) {
    notNumbers++;
    if (notNumber.isEmpty()) {
      notNumber = what;
    }
  }

  /** A number of another file than the last one. */
  private void enter(Point point) {
    earlier = null;
    if (file != null && count > 0 && point.step() <= steps[count - 1] && disagreement == null) {
      earlier = new Earlier(file, Arrays.copyOf(steps, count), Arrays.copyOf(values, count));
    }
    file = point.file();
    fileNumber = point.fileNumber;
  }

  private void compare(Point point, double value) {
    int place = Arrays.binarySearch(earlier.steps, point.step());
    if (place >= 0 && Double.compare(earlier.values[place], value) != 0) {
      disagreement =
          new Disagreement(point.step(), earlier.file, earlier.values[place], point.file(), value);
      earlier = null;
    }
  }

  /**
   * Forgets this step and later ones. How many numbers there were before it, and the least and the
   * greatest of them, are then as the sample tells.
   *
   * @return whether there was anything to forget among what is kept
   */
  boolean forgetFrom(long step) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (steps[i] < step) {
        steps[kept] = steps[i];
        wallTimes[kept] = wallTimes[i];
        values[kept] = values[i];
        kept++;
      }
    }
    if (kept < count) {
      seen = Math.round((double) seen * kept / count);
      count = kept;
      earlier = null;
      bounds();
      return true;
    }
    return false;
  }

  private void bounds() {
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    notFinite = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        least = Math.min(least, values[i]);
        greatest = Math.max(greatest, values[i]);
      } else if (notFinite++ == 0) {
        firstNotFinite = steps[i];
      }
    }
  }
}
