package dev.mlk.images.smoke;

import java.io.PrintStream;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Prints facts, a line each, at once: what came before a crash is not lost. */
final class Facts {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;

  Facts(PrintStream out) {
    this.out = out;
  }

  /** Begins a fact of that name. */
  Line say(String fact) {
    return new Line(fact);
  }

  /** A fact that is being written. */
  final class Line {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text);

    private Line(String fact) {
      json.writeStartObject();
      put("fact", fact);
    }

    Line put(String name, String value) {
      json.writeStringProperty(name, value);
      return this;
    }

    Line put(String name, long value) {
      json.writeNumberProperty(name, value);
      return this;
    }

    Line put(String name, double value) {
      json.writeNumberProperty(name, value);
      return this;
    }

    Line put(String name, boolean value) {
      json.writeBooleanProperty(name, value);
      return this;
    }

    /** Prints it. */
    void end() {
      json.writeEndObject();
      json.close();
      out.println(text);
      out.flush();
    }
  }
}
