package dev.mlk.metrics;

import dev.mlk.console.Console;
import dev.mlk.events.Damage;
import dev.mlk.events.DecimalText;
import dev.mlk.events.Point;

/** Numbers as CSV (RFC 4180). */
final class CsvLines implements RawNumbers.Lines {
  private final Buffered out;

  CsvLines(Console console) {
    this.out = new Buffered(console);
  }

  @Override
  public void begin() {
    out.text().append("run,tag,step,wall_time,value\n");
  }

  @Override
  public String head(String run, String tag) {
    return field(run) + "," + field(tag) + ",";
  }

  private static String field(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void line(String head, Point point) {
    StringBuilder text = out.text();
    text.append(head).append(point.step()).append(',');
    DecimalText.append(text, point.wallTime());
    text.append(',');
    point.appendValue(text);
    text.append('\n');
    out.next();
  }

  @Override
  public void end(Iterable<Damage> damages) {
    // A table has no place for anything else; it is told to the person.
  }

  @Override
  public void flush() {
    out.flush();
  }
}
