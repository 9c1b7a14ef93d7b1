package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.cluster.Peers;
import dev.mlk.images.mnist.cluster.Role;
import dev.mlk.images.mnist.cluster.TaskServer;
import dev.mlk.images.mnist.model.Placement;
import java.time.Duration;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;

/** A cluster of TensorFlow servers. */
final class Together implements Company {
  private final Setting setting;
  private final TaskServer server;
  private final Peers peers;

  Together(Setting setting, TaskServer server, Peers peers) {
    this.setting = setting;
    this.server = server;
    this.peers = peers;
  }

  @Override
  public Placement placement() {
    return server.placement();
  }

  @Override
  public Session open(Graph graph) {
    peers.awaitHolders(setting.arguments().clusterTimeout());
    return server.open(graph);
  }

  @Override
  public boolean mayRecover() {
    return true;
  }

  @Override
  public RunOptions stepOptions() {
    // A process that is killed breaks its connections; a machine that is lost leaves them silent.
    return RunOptions.newBuilder()
        .setTimeoutInMs(setting.arguments().clusterTimeout().toMillis())
        .build();
  }

  @Override
  public void assemble(Duration limit) {
    peers.awaitWorkers(limit);
  }

  @Override
  public void farewell(Duration limit) {
    if (setting.membership().holderRole() != Role.PS) {
      peers.awaitWorkersGone(limit);
    }
  }
}
