package dev.mlk.metrics;

import dev.mlk.console.Console;
import dev.mlk.events.Damage;
import dev.mlk.events.DecimalText;
import dev.mlk.events.Point;
import dev.mlk.format.Json;
import tools.jackson.databind.node.StringNode;

/** Numbers as one JSON object a line. */
final class JsonLines implements RawNumbers.Lines {
  private final Buffered out;

  JsonLines(Console console) {
    this.out = new Buffered(console);
  }

  @Override
  public void begin() {
    // Every line stands for itself.
  }

  @Override
  public String head(String run, String tag) {
    return objectStart(run, tag);
  }

  static String objectStart(String run, String tag) {
    return "{\"run\":" + quoted(run) + ",\"tag\":" + quoted(tag) + ",\"step\":";
  }

  static String quoted(String text) {
    return Json.writeLine(StringNode.valueOf(text));
  }

  /** Adds the rest of a point's object. */
  static void append(StringBuilder text, Point point) {
    text.append(point.step()).append(",\"wallTime\":");
    number(text, point.wallTime());
    text.append(",\"value\":");
    if (!point.type().floating()) {
      point.appendValue(text);
    } else {
      number(text, point.value());
    }
    text.append('}');
  }

  /** JSON has no NaN and no infinity: these are strings, as TensorBoard sends them. */
  private static void number(StringBuilder text, double value) {
    if (Double.isFinite(value)) {
      DecimalText.append(text, value);
    } else {
      text.append('"');
      DecimalText.append(text, value);
      text.append('"');
    }
  }

  @Override
  public void line(String head, Point point) {
    out.text().append(head);
    append(out.text(), point);
    out.text().append('\n');
    out.next();
  }

  @Override
  public void end(Iterable<Damage> damages) {
    for (Damage damage : damages) {
      out.text().append(JsonDocument.damage(damage)).append('\n');
    }
  }

  @Override
  public void flush() {
    out.flush();
  }
}
