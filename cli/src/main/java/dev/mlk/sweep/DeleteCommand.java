package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.store.SweepStore;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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

  /** The command of one run. */
  public DeleteCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    try (Connection connection = connections.open()) {
      ApiClient api = connection.client();
      SweepStore store = new SweepStore(api, connection.namespace());
      store.get(name);
      Map<String, String> query = Map.of("labelSelector", SweepStore.LABEL + "=" + name);
      for (JsonNode item :
          api.list(Resources.TFJOBS, connection.namespace(), query).path("items")) {
        api.deleteIfThere(
            Resources.TFJOBS,
            connection.namespace(),
            item.path("metadata").path("name").asString(""));
      }
      store.delete(name);
      invocation.console().print("sweep/" + name + " deleted");
      return 0;
    }
  }
}
