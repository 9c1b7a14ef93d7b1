package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.format.Yaml;
import dev.mlk.manifest.Document;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.katib.ExperimentWriter;
import dev.mlk.sweep.store.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk sweep render}. */
@Command(
    name = "render",
    description = "Print a sweep as Katib's Experiment, for Katib to run it",
    customSynopsis = {
      "mlk sweep render [FILE|TEMPLATE] --PARAM VALUES [--PARAM VALUES]... --to katib [OPTIONS]",
      "       mlk sweep render SWEEP --to katib"
    },
    footer = {
      "",
      "Takes what mlk sweep takes, or the name of a sweep that is there, and creates nothing.",
      "",
      "Examples:",
      "  mlk sweep render --lr 1e-4..1e-1:log --search tpe --trials 20 --to katib",
      "  mlk sweep render first --to katib | kubectl apply -f -"
    })
public final class RenderCommand implements Callable<Integer> {
  @Unmatched private List<String> words = new ArrayList<>();
  @Mixin private SweepCommand.Options options = new SweepCommand.Options();

  @Option(names = "--to", paramLabel = "katib", description = "For whom")
  private String to = "katib";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public RenderCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    if (!to.equals("katib")) {
      throw new Problem.Usage(Explanation.of("--to takes katib, not " + to));
    }
    Wish wish = options.read(words);
    boolean named = wish.words().parameters().isEmpty() && !wish.words().source().isEmpty();
    List<ObjectNode> objects = named ? ofSweep(wish.words().source()) : ofPlan(wish);
    print(objects);
    return 0;
  }

  private List<ObjectNode> ofSweep(String name) {
    try (Connection connection = connections.open()) {
      Sweep sweep = new Sweeps(connection, folders).own(name);
      return List.of(write(new ExperimentWriter(name, sweep.spec())));
    }
  }

  private List<ObjectNode> ofPlan(Wish wish) {
    Plan plan = Plan.of(invocation, wish);
    plan.notes().forEach(invocation::note);
    List<ObjectNode> objects = new ArrayList<>();
    plan.companions().stream().map(Document::object).forEach(objects::add);
    String name = new Start(invocation, plan, options.name()).name();
    objects.add(write(new ExperimentWriter(name, plan.spec())));
    return objects;
  }

  private ObjectNode write(ExperimentWriter writer) {
    ObjectNode experiment = writer.write();
    if (!writer.problems().isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("the sweep has no counterpart in Katib")
              .because(writer.problems())
              .next("mlk sweep runs it without Katib"));
    }
    String namespace = invocation.options().namespace();
    if (!namespace.isEmpty()) {
      experiment.withObjectProperty("metadata").put("namespace", namespace);
    }
    writer.notes().forEach(invocation::note);
    return experiment;
  }

  private void print(List<ObjectNode> objects) {
    if (invocation.options().output().format() == Output.Format.JSON) {
      ObjectNode list = Printer.start("Rendering");
      ArrayNode all = list.putArray("objects");
      objects.forEach(all::add);
      new Printer(invocation).document(list);
      return;
    }
    String separator = "";
    for (ObjectNode object : objects) {
      invocation.console().out().print(separator + Yaml.write(object));
      separator = "---\n";
    }
  }
}
