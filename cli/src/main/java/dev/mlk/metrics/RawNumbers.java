package dev.mlk.metrics;

import dev.mlk.events.Curves;
import dev.mlk.events.Damage;
import dev.mlk.events.EventConsumer;
import dev.mlk.events.Point;
import dev.mlk.events.Run;
import dev.mlk.events.Series;
import java.util.HashMap;
import java.util.Map;

/** Prints every number as it is read. */
final class RawNumbers implements Metrics {
  /** The form of a number. */
  interface Lines {
    /** What stands before everything. */
    void begin();

    /** The part of a line that is the same for a series. */
    String head(String run, String tag);

    void line(String head, Point point);

    /** What stands behind everything. */
    void end(Iterable<Damage> damages);

    /** Brings what was printed to its reader. */
    void flush();
  }

  private final Reading reading;
  private final Lines lines;
  private boolean begun;

  RawNumbers(Reading reading, Lines lines) {
    this.reading = reading;
    this.lines = lines;
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public void print(boolean more) {
    reading.read(Copy::new, 1);
    if (!more && begun) {
      lines.end(reading.damages());
    }
    lines.flush();
  }

  /** Nothing is printed before the first number: without one, only the problem is. */
  private void begin() {
    if (!begun) {
      lines.begin();
      begun = true;
    }
  }

  /** Hands everything to the sample and prints it. */
  private final class Copy implements EventConsumer {
    private final LogSource source;
    private final Curves curves;
    private final Map<Series, String> heads = new HashMap<>();
    private Series last;
    private String lastHead = "";

    Copy(Reading.Open open) {
      this.source = open.source();
      this.curves = open.curves();
    }

    @Override
    public boolean wants(Series series) {
      return curves.wants(series);
    }

    @Override
    public void scalar(Point point) {
      begin();
      curves.scalar(point);
      Series series = point.series();
      if (!series.equals(last)) {
        last = series;
        lastHead =
            heads.computeIfAbsent(series, key -> lines.head(source.name(key.run()), key.tag()));
      }
      lines.line(lastHead, point);
    }

    @Override
    public void notNumber(Series series, Moment moment, String seen) {
      curves.notNumber(series, moment, seen);
    }

    @Override
    public void restarted(Run run, long step) {
      curves.restarted(run, step);
    }

    @Override
    public void restarted(Series series, long step) {
      curves.restarted(series, step);
    }

    @Override
    public void damaged(Damage damage) {
      curves.damaged(damage);
    }
  }
}
