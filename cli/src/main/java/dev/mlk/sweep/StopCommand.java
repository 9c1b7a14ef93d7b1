package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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

  /** The command of one run. */
  public StopCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      ApiClient api = connection.client();
      SweepStore store = new SweepStore(api, connection.namespace());
      Sweep sweep = store.get(name);
      sweep = store.configure(sweep, sweep.spec(), true);
      Map<String, Trial> open =
          sweep.trials().stream()
              .filter(trial -> !trial.state().ended())
              .collect(Collectors.toMap(trial -> trial.job(name), trial -> trial));
      int deleted = 0;
      Map<String, String> query = Map.of("labelSelector", SweepStore.LABEL + "=" + name);
      for (JsonNode item :
          api.list(Resources.TFJOBS, connection.namespace(), query).path("items")) {
        Job job = new Job(item);
        // What has ended has a result, which the next run reads.
        if (open.containsKey(job.name()) && !job.ended()) {
          api.deleteIfThere(Resources.TFJOBS, connection.namespace(), job.name());
          deleted++;
        }
      }
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
