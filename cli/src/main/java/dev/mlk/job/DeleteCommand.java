package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code mlk tfjob delete}. */
@Command(
    name = "delete",
    description = "Delete jobs with their pods; claims and what was trained stay",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob delete mnist",
      "  mlk tfjob delete mnist mnist-2",
      "  mlk tfjob delete --all --dry-run"
    })
public final class DeleteCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of jobs")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All jobs of the namespace; asks first")
  private boolean all;

  @Option(names = "--dry-run", description = "Only say what would be deleted")
  private boolean dryRun;

  @Option(names = "--ignore-not-found", description = "A job that is not there is fine")
  private boolean lenient;

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public DeleteCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    if (names.isEmpty() != all) {
      throw new Problem.Usage(
          Explanation.of(
                  all ? "--all and names do not go together" : "which job? name it, or say --all")
              .next("mlk tfjob list"));
    }
    try (Connection connection = connections.open()) {
      List<String> doomed = all ? allNames(connection) : names;
      if (all && !dryRun && !doomed.isEmpty()) {
        invocation.confirm(
            "Delete "
                + doomed.size()
                + " jobs of namespace "
                + connection.namespace()
                + ": "
                + String.join(", ", doomed)
                + "?");
      }
      List<String> missing = new ArrayList<>();
      for (String name : doomed) {
        if (!delete(connection, name)) {
          missing.add(name);
        }
      }
      if (!missing.isEmpty() && !lenient) {
        throw new Problem.NotFound(
            Explanation.of(
                    "there is no job "
                        + String.join(", ", missing)
                        + " in namespace "
                        + connection.namespace())
                .next("mlk tfjob list -A"));
      }
      return 0;
    }
  }

  private List<String> allNames(Connection connection) {
    List<String> found = new ArrayList<>();
    for (JsonNode item :
        connection
            .client()
            .list(Resources.TFJOBS, connection.namespace(), Map.of())
            .path("items")) {
      found.add(item.path("metadata").path("name").asString());
    }
    return found;
  }

  /** Whether it was there. */
  private boolean delete(Connection connection, String name) {
    try {
      if (dryRun) {
        connection.client().get(Resources.TFJOBS, connection.namespace(), name);
      } else {
        connection
            .client()
            .delete(Resources.TFJOBS, connection.namespace(), name, Submission.nothing());
      }
      invocation
          .console()
          .print("tfjob.kubeflow.org/" + name + (dryRun ? " would be deleted" : " deleted"));
      return true;
    } catch (ApiException e) {
      if (e.notFound()) {
        return false;
      }
      throw e;
    }
  }
}
