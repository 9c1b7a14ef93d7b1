package dev.mlk.console;

import dev.mlk.format.Json;
import dev.mlk.format.Yaml;
import dev.mlk.problem.ExitCode;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a command's result in the form that {@code -o} asks for. */
public final class Printer {
  /** The version of mlk's own documents; a field is never renamed or removed within one. */
  public static final String SCHEMA_VERSION = "mlk.dev/v1";

  private final Console console;
  private final Output output;
  private final TableText tables;

  /** A printer for the command at hand. */
  public Printer(Invocation invocation) {
    this.console = invocation.console();
    this.output = invocation.options().output();
    this.tables = new TableText(console, invocation.clock());
  }

  /**
   * A list: a table for people; for programs the document, which is built only then.
   *
   * @param table the rows
   * @param document mlk's document, see {@link #document}
   */
  public void listing(Table table, Supplier<ObjectNode> document) {
    if (output.machine()) {
      document(document.get());
    } else {
      table(table);
    }
  }

  /** A table for people. */
  public void table(Table table) {
    console.out().print(text(table));
  }

  /** A table for people as lines, each with its end. */
  public String text(Table table) {
    return tables.render(table, output.format() == Output.Format.WIDE);
  }

  /**
   * A document as JSON, one line of JSON, or YAML. Start it with {@link #start}, or hand over an
   * object of the cluster as it is.
   */
  public void document(JsonNode document) {
    switch (output.format()) {
      case YAML -> console.out().print(Yaml.write(document));
      case JSONL -> event(document);
      case TEXT, WIDE, NAME, JSON, CSV, MARKDOWN, HTML, JUNIT ->
          console.out().print(Json.write(document) + "\n");
    }
  }

  /** One event of a stream as one line of JSON, at once. */
  public void event(JsonNode event) {
    console.out().print(Json.writeLine(event) + "\n");
    console.out().flush();
  }

  /** An empty document of mlk: {@code schemaVersion} and {@code kind}. */
  public static ObjectNode start(String kind) {
    return Json.object().put("schemaVersion", SCHEMA_VERSION).put("kind", kind);
  }

  /** Adds how it ended, as every document about an outcome carries it. */
  public static ObjectNode outcome(ObjectNode document, ExitCode code) {
    return document.put("exitCode", code.number()).put("reason", code.reason());
  }
}
