package dev.mlk.sweep.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The values that a parameter may take. */
public sealed interface Domain {
  /** All values, or evenly spaced ones of a range. */
  List<String> grid();

  /** The value at a place between 0 (inclusive) and 1 (exclusive). */
  String at(double place);

  /** Where a value lies between 0 and 1; the middle of its share for a choice. */
  double place(String value);

  /** Whether only these values are possible, so that places between them mean nothing. */
  boolean discrete();

  /** As the user writes it. */
  String text();

  /**
   * Some values, in the user's order.
   *
   * @param values as written
   */
  record Choice(List<String> values) implements Domain {
    public Choice {
      values = List.copyOf(new LinkedHashSet<>(values));
    }

    @Override
    public List<String> grid() {
      return values;
    }

    @Override
    public String at(double place) {
      return values.get(Math.min(values.size() - 1, (int) (place * values.size())));
    }

    @Override
    public double place(String value) {
      return (Math.max(0, values.indexOf(value)) + 0.5) / values.size();
    }

    @Override
    public boolean discrete() {
      return true;
    }

    @Override
    public String text() {
      return String.join(",", values);
    }
  }

  /**
   * All numbers between two, on a linear or logarithmic scale.
   *
   * @param low the smallest
   * @param high the largest
   * @param log whether factors count instead of differences
   * @param integer whether only whole numbers are meant
   * @param points how many values of a grid; empty for the usual number
   */
  record Range(double low, double high, boolean log, boolean integer, Optional<Integer> points)
      implements Domain {
    private static final int USUAL_POINTS = 5;
    private static final MathContext SHORT = new MathContext(4);

    @Override
    public List<String> grid() {
      int decades = (int) Math.round(Math.log10(high / low));
      int usual = log && decades >= 2 ? decades + 1 : USUAL_POINTS;
      int number = points.orElse(usual);
      LinkedHashSet<String> values = new LinkedHashSet<>();
      for (int i = 0; i < number; i++) {
        values.add(value(number == 1 ? 0 : i / (double) (number - 1)));
      }
      return List.copyOf(values);
    }

    @Override
    public String at(double place) {
      if (points.isPresent()) {
        List<String> values = grid();
        return values.get(Math.min(values.size() - 1, (int) (place * values.size())));
      }
      if (integer && !log) {
        return number(Math.min(high, Math.floor(low + place * (high - low + 1))));
      }
      return value(place);
    }

    private String value(double place) {
      if (log) {
        return number(Math.exp(Math.log(low) + place * (Math.log(high) - Math.log(low))));
      }
      return number(low + place * (high - low));
    }

    private String number(double value) {
      double inside = Math.max(low, Math.min(high, value));
      if (integer) {
        return Long.toString(Math.round(inside));
      }
      BigDecimal rounded = new BigDecimal(inside).round(SHORT).stripTrailingZeros();
      return inside != 0 && Math.abs(inside) < 1e-6 ? rounded.toString() : rounded.toPlainString();
    }

    @Override
    public double place(String value) {
      double number = Double.parseDouble(value);
      double place =
          log
              ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
              : (number - low) / (high - low);
      return Math.max(0, Math.min(1, place));
    }

    @Override
    public boolean discrete() {
      return points.isPresent();
    }

    @Override
    public String text() {
      List<String> parts = new ArrayList<>();
      parts.add(plain(low) + ".." + plain(high));
      if (log) {
        parts.add("log");
      }
      if (integer) {
        parts.add("int");
      }
      points.ifPresent(number -> parts.add(Integer.toString(number)));
      return String.join(":", parts);
    }

    private static String plain(double number) {
      BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
      return Math.abs(number) < 1e-4 ? exact.toString() : exact.toPlainString();
    }
  }
}
