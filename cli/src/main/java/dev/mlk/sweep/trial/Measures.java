package dev.mlk.sweep.trial;

import dev.mlk.sweep.store.Curve;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log has said so far as {@code name=value}: the last value of each name, the course of one
 * of them, and the last lines. Its size is bounded whatever the log holds. Safe for a thread that
 * reads and one that writes.
 */
public final class Measures {
  private static final Pattern PAIR = Pattern.compile("([A-Za-z_][A-Za-z0-9_./-]*)=(\\S+)");
  private static final int MOST_NAMES = 24;
  private static final int LAST_LINES = 5;
  private static final int LONGEST = 2000;
  private static final int VALUE_LENGTH = 40;
  private static final int MOST_POINTS = 256;

  private final String metric;
  private final Map<String, String> last = new LinkedHashMap<>();
  private final List<double[]> curve = new ArrayList<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private int every = 1;
  private long points;
  private double step = -1;

  /** Nothing measured yet; the course of this metric is kept. */
  public Measures(String metric) {
    this.metric = metric;
  }

  /** Takes a line of the log. */
  public synchronized void take(String whole) {
    String line = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
    lines.addLast(line);
    if (lines.size() > LAST_LINES) {
      lines.removeFirst();
    }
    if (line.indexOf('=') < 0) {
      return;
    }
    Matcher pairs = PAIR.matcher(line);
    while (pairs.find()) {
      put(pairs.group(1), bare(pairs.group(2)));
    }
  }

  private static String bare(String value) {
    int end = value.length();
    while (end > 0 && ",;)".indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    return value.substring(0, Math.min(end, VALUE_LENGTH));
  }

  private void put(String name, String value) {
    if (last.containsKey(name) || last.size() < MOST_NAMES || name.equals(metric)) {
      last.put(name, value);
    }
    OptionalDouble number = number(value);
    if (number.isEmpty()) {
      return;
    }
    if (name.equals("step") || name.equals("global_step")) {
      step = number.getAsDouble();
    }
    if (name.equals(metric) && Double.isFinite(number.getAsDouble())) {
      add(number.getAsDouble());
    }
  }

  private void add(double value) {
    if (points++ % every != 0) {
      return;
    }
    curve.add(new double[] {step < 0 ? points : step, value});
    if (curve.size() > MOST_POINTS) {
      every *= 2;
      for (int i = curve.size() - 2; i > 0; i -= 2) {
        curve.remove(i);
      }
    }
  }

  /** Whether the metric's course is not known yet. */
  public synchronized boolean silent() {
    return curve.isEmpty();
  }

  /** Takes the metric's course from elsewhere, in the place of what was known of it. */
  public synchronized void follow(Curve course) {
    curve.clear();
    for (int i = 0; i < course.values().size(); i++) {
      curve.add(new double[] {course.steps().get(i), course.values().get(i)});
    }
    if (!course.values().isEmpty()) {
      last.put(metric, course.values().getLast().toString());
    }
  }

  /** The number that a value is; NaN and infinities count, in the spellings of common languages. */
  public static OptionalDouble number(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    String bare = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
    if (bare.equals("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    if (bare.equals("inf") || bare.equals("infinity")) {
      return OptionalDouble.of(
          word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    String digits = word.endsWith("%") ? word.substring(0, word.length() - 1) : word;
    boolean numeric = !digits.isEmpty() && "0123456789.-+".indexOf(digits.charAt(0)) >= 0;
    if (!numeric || digits.endsWith("d") || digits.endsWith("f")) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The last value of each name, as written, in the order in which they first came. */
  public synchronized Map<String, String> last() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(last));
  }

  /** The metric's course, thinned out to at most so many values. */
  public synchronized Curve curve(int most) {
    return Curve.thinned(curve.size(), i -> curve.get(i)[0], i -> curve.get(i)[1], most);
  }

  /** The last lines. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
