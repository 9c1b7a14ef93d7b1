package dev.mlk.template;

import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk template show}. */
@Command(
    name = "show",
    description = "Print a template's manifest, or its parameters",
    footer = {
      "",
      "Examples:",
      "  mlk template show mnist > mnist.yaml",
      "  mlk template show mnist-distributed --parameters"
    })
public final class TemplateShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the template")
  private String name = "";

  @Option(names = "--parameters", description = "Show what may be set instead of the manifest")
  private boolean parameters;

  private final Invocation invocation;

  /** The command of one run. */
  public TemplateShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    Template template = Templates.shipped().get(name);
    if (!parameters && !invocation.options().output().machine()) {
      invocation.console().out().print(template.text());
      return 0;
    }
    List<Document> documents =
        ManifestReader.read(name, template.text().getBytes(StandardCharsets.UTF_8)).documents();
    Table table = new Table("PARAMETER", "DEFAULT", "LEGAL", "MEANING");
    for (Parameter parameter : template.parameters()) {
      table.row(
          Cell.of(parameter.name()),
          Cell.of(template.value(parameter, documents).orElse("-")),
          Cell.of(
              parameter.range().words().isEmpty()
                  ? parameter.type().name().toLowerCase(java.util.Locale.ROOT)
                  : parameter.range().words()),
          Cell.of(parameter.description()));
    }
    new Printer(invocation).listing(table, () -> document(template, documents));
    return 0;
  }

  private static ObjectNode document(Template template, List<Document> documents) {
    ObjectNode document = Printer.start("Template");
    document.put("name", template.name()).put("summary", template.summary());
    ArrayNode parameters = document.putArray("parameters");
    for (Parameter parameter : template.parameters()) {
      ObjectNode node = parameters.addObject();
      node.put("name", parameter.name())
          .put("type", parameter.type().name().toLowerCase(java.util.Locale.ROOT));
      node.put("description", parameter.description());
      template.value(parameter, documents).ifPresent(value -> node.put("default", value));
    }
    return document.put("manifest", template.text());
  }
}
