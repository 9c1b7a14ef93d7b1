package dev.mlk.metrics;

import dev.mlk.console.Console;
import dev.mlk.console.Printer;
import dev.mlk.events.Damage;
import dev.mlk.events.Point;
import dev.mlk.format.Json;

/** Numbers as one JSON document, written as it is read. */
final class JsonDocument implements RawNumbers.Lines {
  private final Buffered out;
  private boolean first = true;

  JsonDocument(Console console) {
    this.out = new Buffered(console);
  }

  @Override
  public void begin() {
    out.text().append("{\n  \"schemaVersion\": ").append(JsonLines.quoted(Printer.SCHEMA_VERSION));
    out.text().append(",\n  \"kind\": \"Metrics\",\n  \"points\": [");
  }

  @Override
  public String head(String run, String tag) {
    return JsonLines.objectStart(run, tag);
  }

  @Override
  public void line(String head, Point point) {
    StringBuilder text = out.text();
    text.append(first ? "\n    " : ",\n    ").append(head);
    first = false;
    JsonLines.append(text, point);
    out.next();
  }

  static String damage(Damage damage) {
    return Json.writeLine(
        Json.object()
            .put("file", damage.file().toString())
            .put("byte", damage.offset())
            .put("damage", damage.what().name())
            .put("message", damage.what().sentence())
            .put("detail", damage.detail()));
  }

  @Override
  public void end(Iterable<Damage> damages) {
    StringBuilder text = out.text();
    text.append(first ? "],\n" : "\n  ],\n").append("  \"damaged\": [");
    String before = "\n    ";
    for (Damage damage : damages) {
      text.append(before).append(damage(damage));
      before = ",\n    ";
    }
    text.append(before.startsWith(",") ? "\n  ]\n}\n" : "]\n}\n");
  }

  @Override
  public void flush() {
    out.flush();
  }
}
