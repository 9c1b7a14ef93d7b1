package dev.mlk.template;

import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk template list}. */
@Command(
    name = "list",
    description = "List the job templates",
    footer = {"", "Examples:", "  mlk template list", "  mlk template list -o json"})
public final class TemplateListCommand implements Callable<Integer> {
  private final Invocation invocation;

  /** The command of one run. */
  public TemplateListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation
        .options()
        .output()
        .require(Output.Format.JSON, Output.Format.YAML, Output.Format.NAME);
    List<Templates.Entry> entries = Templates.shipped().list();
    if (invocation.options().output().format() == Output.Format.NAME) {
      entries.forEach(entry -> invocation.console().print(entry.name()));
      return 0;
    }
    Table table = new Table("NAME", "SUMMARY");
    entries.forEach(entry -> table.row(Cell.of(entry.name()), Cell.of(entry.summary())));
    new Printer(invocation).listing(table, () -> document(entries));
    return 0;
  }

  private static ObjectNode document(List<Templates.Entry> entries) {
    ObjectNode document = Printer.start("TemplateList");
    ArrayNode items = document.putArray("items");
    entries.forEach(
        entry -> items.addObject().put("name", entry.name()).put("summary", entry.summary()));
    return document;
  }
}
