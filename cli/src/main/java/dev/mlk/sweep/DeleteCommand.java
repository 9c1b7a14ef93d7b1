package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiClient;
import dev.mlk.metrics.LogSources;
import dev.mlk.sweep.store.SweepStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk sweep delete}. */
@Command(
    name = "delete",
    description = "Delete a sweep with its results and all its jobs",
    footer = {"", "Examples:", "  mlk sweep delete mnist-k2d4fa"})
public final class DeleteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public DeleteCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      ApiClient api = connection.client();
      SweepStore store = new SweepStore(api, connection.namespace());
      new Sweeps(connection, folders).own(name);
      RunnerJob.delete(api, connection.namespace(), name);
      new SweepJobs(api, connection.namespace(), name).delete(_ -> true);
      store.delete(name);
      invocation.console().print("sweep/" + name + " deleted");
      return 0;
    }
  }
}
