package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Direct;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk tfjob submit}. */
@Command(
    name = "submit",
    description = "Check and create a training job, and follow it if wanted",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob submit mnist.yaml --follow",
      "  mlk tfjob submit mnist --set lr=0.01 --name mnist-2 --wait",
      "  mlk tfjob submit mnist.yaml --set worker.replicas=4 --dry-run=server",
      "  cat mnist.yaml | mlk tfjob submit - -o json"
    })
public final class SubmitCommand implements Callable<Integer>, Direct {
  @Parameters(
      paramLabel = "FILE",
      description = "File or folder of objects, - for standard input, or the name of a template")
  private String source = "";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change the job: worker.replicas=4, gpu=1, arg.lr=0.01, image=..., or a template's parameter")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Call the job so")
  private String name = "";

  @Option(
      names = "--dry-run",
      paramLabel = "client|server",
      arity = "0..1",
      fallbackValue = "client",
      description = "Only check: here (client), or by the server too")
  private String dryRun = "none";

  @Option(
      names = "--follow",
      description = "Stream the logs of all replicas to the end; the exit code tells how it ended")
  private boolean follow;

  @Option(names = "--wait", description = "Wait for the end; the exit code tells how it ended")
  private boolean wait;

  @Option(
      names = "--even-if-it-never-fits",
      description = "Submit although no node is large enough, where nodes are added on demand")
  private boolean anyway;

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public SubmitCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public boolean takes(List<String> words) {
    return Direct.one(words, word -> source = word);
  }

  @Override
  public Integer call() throws Exception {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML, Output.Format.NAME);
    if (!List.of("none", "client", "server").contains(dryRun)) {
      throw new Problem.Usage(Explanation.of("--dry-run takes client or server, not " + dryRun));
    }
    Input input = Input.read(invocation, source, name, settings);
    if (dryRun.equals("client")) {
      input
          .documents()
          .forEach(
              document ->
                  invocation
                      .console()
                      .print(
                          document.kind().toLowerCase(java.util.Locale.ROOT)
                              + "/"
                              + document.name()
                              + " checked (dry run, client)"));
      return 0;
    }
    try (Connection connection = connections.open()) {
      Submission submission = new Submission(connection.client(), connection.namespace());
      if (dryRun.equals("server")) {
        print(submission.tryOut(input.documents(), anyway), " created (dry run, server)");
        return 0;
      }
      List<Submission.Done> done = submission.create(input.documents(), anyway);
      print(done, " created");
      List<String> jobs =
          done.stream()
              .filter(one -> one.resource().kind().equals("TFJob"))
              .map(one -> one.object().path("metadata").path("name").asString())
              .toList();
      if (follow || wait) {
        for (String job : jobs) {
          new Following(invocation, connection).toTheEnd(job, follow, replica -> true);
        }
      } else if (!jobs.isEmpty()) {
        invocation.note("Next: mlk tfjob logs " + jobs.getFirst() + " --follow");
        invocation.note("      mlk tfjob wait " + jobs.getFirst());
      }
      return 0;
    }
  }

  private void print(List<Submission.Done> done, String created) {
    Output output = invocation.options().output();
    if (output.machine() && output.format() != Output.Format.NAME) {
      ObjectNode document = Printer.start("Submission");
      ArrayNode objects = document.putArray("objects");
      for (Submission.Done one : done) {
        objects
            .addObject()
            .put("reference", one.reference())
            .put("created", one.created())
            .set("object", one.object());
      }
      new Printer(invocation).document(document);
      return;
    }
    for (Submission.Done one : done) {
      boolean bare = output.format() == Output.Format.NAME;
      invocation
          .console()
          .print(
              one.reference()
                  + (bare ? "" : one.created() ? created : " unchanged, it was there already"));
    }
    invocation.console().flush();
  }
}
