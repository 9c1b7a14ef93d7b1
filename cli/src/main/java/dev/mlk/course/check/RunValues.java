package dev.mlk.course.check;

import dev.mlk.events.EventConsumer;
import dev.mlk.events.Kind;
import dev.mlk.events.LogFolder;
import dev.mlk.events.Point;
import dev.mlk.events.Series;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last values of one tag in several runs of a folder, as their event files tell them. */
final class RunValues {
  private RunValues() {}

  /**
   * The last value of each run.
   *
   * @param root the folder of a claim
   * @param glob the runs' folders below it; what its first {@code *} stands for is a run's name
   * @param tag the tag of the values
   */
  static Map<String, Double> last(Path root, String glob, String tag) {
    int depth = depth(glob);
    Map<String, Double> values = new TreeMap<>();
    for (Path folder : folders(root, glob)) {
      last(folder, tag)
          .ifPresent(value -> values.put(root.relativize(folder).getName(depth).toString(), value));
    }
    return values;
  }

  /** The name of the run with the greatest value; empty when there is none. */
  static String best(Map<String, Double> values) {
    return values.entrySet().stream()
        // A diverged run is not the best, whatever the order of NaN.
        .filter(run -> Double.isFinite(run.getValue()))
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static int depth(String glob) {
    int star = glob.indexOf('*');
    if (star < 0) {
      throw new IllegalArgumentException("the folders " + glob + " have no * for the run's name");
    }
    return (int) glob.substring(0, star).chars().filter(letter -> letter == '/').count();
  }

  private static List<Path> folders(Path root, String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    int levels = 1 + (int) glob.chars().filter(letter -> letter == '/').count();
    return VolumeFiles.folders(root, levels).stream()
        .filter(folder -> matcher.matches(root.relativize(folder)))
        .toList();
  }

  private static Optional<Double> last(Path folder, String tag) {
    Last last = new Last(tag);
    LogFolder.of(folder).readLatest(last);
    return Optional.ofNullable(last.value);
  }

  /** Keeps the value of the highest step. */
  private static final class Last implements EventConsumer {
    private final String tag;
    private long step = Long.MIN_VALUE;
    private Double value;

    Last(String tag) {
      this.tag = tag;
    }

    @Override
    public boolean wants(Series series) {
      return series.kind() == Kind.SCALAR
          && series.tag().equals(tag)
          && series.run().name().equals(".");
    }

    @Override
    public void scalar(Point point) {
      if (point.step() >= step) {
        step = point.step();
        value = point.value();
      }
    }
  }
}
