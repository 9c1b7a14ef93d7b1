package dev.mlk.metrics;

import dev.mlk.console.Cell;
import dev.mlk.console.Console;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.events.Curve;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;

/** One line for each run and tag. */
final class CurveTable implements Metrics {
  private static final MathContext SHORT = new MathContext(5);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final Reading reading;
  private boolean printed;
  private long seen = -1;

  CurveTable(Reading reading) {
    this.reading = reading;
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public void print(boolean more) {
    int threads = Runtime.getRuntime().availableProcessors();
    reading.sample(threads);
    List<Reading.Found> curves = reading.curves();
    long now = curves.stream().mapToLong(found -> found.curve().seen()).sum();
    if (curves.isEmpty() || now == seen) {
      return;
    }
    seen = now;
    Console console = reading.invocation().console();
    boolean screen = more || printed;
    if (screen && console.forEyes()) {
      console.out().print(HOME_AND_CLEAR);
    } else if (printed) {
      console.print("");
    }
    printed = true;
    new Printer(reading.invocation()).table(table(curves));
  }

  private static Table table(List<Reading.Found> curves) {
    Table table = new Table("RUN", "TAG", "POINTS", "STEP", "LAST", "MIN", "MAX", "+WRITTEN");
    for (Reading.Found found : curves) {
      Curve curve = found.curve();
      int last = curve.size() - 1;
      if (last < 0) {
        Cell none = Cell.of("-");
        Cell text = Cell.of("text", Style.WARN);
        table.row(
            Cell.of(found.run()),
            Cell.of(curve.series().tag()),
            Cell.of(0),
            none,
            text,
            none,
            none,
            none);
        continue;
      }
      double value = curve.value(last);
      table.row(
          Cell.of(found.run()),
          Cell.of(curve.series().tag()),
          Cell.of(curve.seen()),
          Cell.of(curve.step(last)),
          Cell.of(number(value), Double.isFinite(value) ? Style.PLAIN : Style.BAD),
          Cell.of(number(curve.least())),
          Cell.of(number(curve.greatest())),
          Cell.of(Instant.ofEpochMilli(Math.round(curve.wallTime(last) * 1000))));
    }
    return table;
  }

  /** For eyes: five digits. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(value).round(SHORT).stripTrailingZeros();
    double magnitude = Math.abs(value);
    return magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e9)
        ? rounded.toString()
        : rounded.toPlainString();
  }
}
