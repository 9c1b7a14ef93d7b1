package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiClient;
import dev.mlk.metrics.LogSources;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk sweep stop}. */
@Command(
    name = "stop",
    description = "Start no more trials and delete the jobs of those that run; results stay",
    footer = {"", "Examples:", "  mlk sweep stop mnist-k2d4fa"})
public final class StopCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public StopCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      ApiClient api = connection.client();
      SweepStore store = new SweepStore(api, connection.namespace());
      Sweep sweep = new Sweeps(connection, folders).own(name);
      sweep = store.configure(sweep, sweep.spec(), true);
      Map<String, Trial> open =
          sweep.trials().stream()
              .filter(trial -> !trial.state().ended())
              .collect(Collectors.toMap(trial -> trial.job(name), trial -> trial));
      RunnerJob.delete(api, connection.namespace(), name);
      // What has ended has a result, which the next run reads.
      int deleted =
          new SweepJobs(api, connection.namespace(), name)
              .delete(job -> open.containsKey(job.name()) && !job.ended());
      invocation.console().print("sweep/" + name + " stopped");
      invocation.note(
          deleted
              + (deleted == 1 ? " running trial was" : " running trials were")
              + " taken away. Next: mlk sweep resume "
              + name);
      return 0;
    }
  }
}
