package dev.mlk.job;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.format.Yaml;
import dev.mlk.manifest.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code mlk tfjob render} and {@code mlk template render}: what submit would send, without any
 * cluster.
 */
@Command(
    name = "render",
    description = "Print the objects that submit would send, with all settings applied",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob render mnist.yaml --set worker.replicas=4",
      "  mlk template render mnist --set lr=0.01 --name mnist-2 | kubectl apply -f -"
    })
public final class RenderCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "File or folder of objects, - for standard input, or the name of a template")
  private String source = "";

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Change the job, as for submit")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Call the job so")
  private String name = "";

  private final Invocation invocation;

  /** The command of one run. */
  public RenderCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    List<Document> documents = Input.read(invocation, source, name, settings).documents();
    if (output.format() == Output.Format.JSON) {
      ObjectNode list = Printer.start("Rendering");
      ArrayNode objects = list.putArray("objects");
      documents.forEach(document -> objects.add(document.object()));
      new Printer(invocation).document(list);
      return 0;
    }
    String separator = "";
    for (Document document : documents) {
      invocation.console().out().print(separator + Yaml.write(document.object()));
      separator = "---\n";
    }
    return 0;
  }
}
