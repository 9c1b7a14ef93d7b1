package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk tfjob resume}. */
@Command(
    name = "resume",
    description = "Let a suspended job go on, from its last checkpoint",
    footer = {"", "Examples:", "  mlk tfjob resume mnist-distributed"})
public final class ResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the job")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public ResumeCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      Suspension.set(connection, name, false);
      invocation.console().print("tfjob.kubeflow.org/" + name + " resumed");
      return 0;
    }
  }
}
