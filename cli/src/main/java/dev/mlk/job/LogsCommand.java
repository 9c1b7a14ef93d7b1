package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk tfjob logs}. */
@Command(
    name = "logs",
    description = "Print the logs of all replicas, each line with its replica before it",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob logs mnist",
      "  mlk tfjob logs mnist --follow",
      "  mlk tfjob logs mnist-distributed --replica worker-1 --tail 20",
      "  mlk tfjob logs mnist-distributed --role worker --previous"
    })
public final class LogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the job")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "From before the pods exist to the end, through restarts")
  private boolean follow;

  @Option(
      names = "--replica",
      paramLabel = "ROLE-INDEX",
      description = "Only this replica, such as worker-0")
  private String replica = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Only replicas of this type: chief, worker, ps, evaluator")
  private String role = "";

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      description = "Only so many lines from the end of each log")
  private int tail = -1;

  @Option(names = "--previous", description = "The logs before the last restart")
  private boolean previous;

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public LogsCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    if (follow && (previous || tail >= 0)) {
      throw new Problem.Usage(
          Explanation.of("--follow shows every line and goes with neither --previous nor --tail"));
    }
    try (Connection connection = connections.open()) {
      if (follow) {
        new Following(invocation, connection).toTheEnd(name, true, this::wanted);
        return 0;
      }
      Sight sight = Sight.of(connection, invocation, name);
      List<Replica> chosen = sight.replicas().stream().filter(this::wanted).toList();
      if (chosen.isEmpty()) {
        throw nothing(sight);
      }
      LogPrinter printer = new LogPrinter(invocation.console(), sight.job());
      for (Replica one : chosen) {
        print(connection, one, printer);
      }
      return 0;
    }
  }

  private boolean wanted(Replica one) {
    return (replica.isEmpty() || one.name().equalsIgnoreCase(replica))
        && (role.isEmpty() || one.type().equalsIgnoreCase(role));
  }

  private Problem nothing(Sight sight) {
    if (sight.replicas().isEmpty()) {
      return new Problem.NotFound(
          Explanation.of("job " + name + " has no pods, so there are no logs")
              .because(sight.diagnosis().sentence())
              .next("mlk tfjob logs " + name + " --follow"));
    }
    return new Problem.NotFound(
        Explanation.of(
                "job "
                    + name
                    + " has no replica "
                    + (replica.isEmpty() ? "of the role " + role : replica))
            .because(
                "it has: "
                    + String.join(", ", sight.replicas().stream().map(Replica::name).toList())));
  }

  private void print(Connection connection, Replica one, LogPrinter printer) throws IOException {
    if (one.container().isMissingNode() || one.node().isEmpty()) {
      invocation.note(one.name() + " has not started yet.");
      return;
    }
    Request request =
        Request.of("GET", Resources.PODS.path(connection.namespace(), one.podName(), "log"))
            .query("container", one.containerName());
    if (previous) {
      request = request.query("previous", "true");
    }
    if (tail >= 0) {
      request = request.query("tailLines", String.valueOf(tail));
    }
    try (Reply reply = connection.client().open(request)) {
      var reader = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        printer.print(one, line);
      }
      printer.check();
    }
  }
}
