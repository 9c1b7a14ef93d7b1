package dev.mlk.sweep.report;

import java.util.List;

/** A curve in a line of text. */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String PLAIN = "_.,-~=*#";

  private Sparkline() {}

  /**
   * The last values as characters of rising height.
   *
   * @param unicode whether the terminal shows more than ASCII
   * @param width how many characters at most
   */
  public static String of(List<Double> values, boolean unicode, int width) {
    String levels = unicode ? BLOCKS : PLAIN;
    List<Double> shown = thin(values, width);
    double low = shown.stream().mapToDouble(v -> v).min().orElse(0);
    double high = shown.stream().mapToDouble(v -> v).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (double value : shown) {
      double place = high > low ? (value - low) / (high - low) : 0.5;
      text.append(levels.charAt((int) Math.min(7, Math.floor(place * 8))));
    }
    return text.toString();
  }

  private static List<Double> thin(List<Double> values, int width) {
    if (values.size() <= width) {
      return values;
    }
    return java.util.stream.IntStream.range(0, width)
        .mapToObj(i -> values.get((int) Math.round(i * (values.size() - 1) / (width - 1.0))))
        .toList();
  }
}
