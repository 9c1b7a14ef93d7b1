package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk tfjob suspend}. */
@Command(
    name = "suspend",
    description = "Take a job's pods away and keep the job; its GPUs become free",
    footer = {"", "Examples:", "  mlk tfjob suspend mnist-distributed"})
public final class SuspendCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the job")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public SuspendCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      Suspension.set(connection, name, true);
      invocation.console().print("tfjob.kubeflow.org/" + name + " suspended");
      return 0;
    }
  }
}
