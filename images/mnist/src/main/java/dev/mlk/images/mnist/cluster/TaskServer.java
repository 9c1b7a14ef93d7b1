package dev.mlk.images.mnist.cluster;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.RemoteSessions;
import org.tensorflow.Server;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * This process's TensorFlow server. It listens on the port of its own address in the cluster, on
 * every interface: TensorFlow ignores the host. It lives until the process ends, as TensorFlow
 * cannot take a server down.
 */
public final class TaskServer {
  private static final List<Role> SERVING = List.of(Role.CHIEF, Role.MASTER, Role.WORKER, Role.PS);

  private final Membership membership;
  private final ClusterDef cluster;

  @SuppressWarnings("unused") // Kept, as closing it or losing it would take the server down.
  private final Server server;

  private TaskServer(Membership membership, ClusterDef cluster, Server server) {
    this.membership = membership;
    this.cluster = cluster;
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @throws Failure with a code that asks for another try if the port is taken
   */
  public static TaskServer start(Membership membership) {
    ClusterDef cluster = cluster(membership);
    ServerDef definition =
        membership.partial() && membership.role() != Role.PS
            ? unnamed(membership)
            : definition(cluster, membership.role().label(), membership.index());
    try {
      Server server = new Server(definition);
      server.start();
      return new TaskServer(membership, cluster, server);
    } catch (TensorFlowException | IllegalStateException e) {
      throw new Failure(
          ExitCode.CLUSTER,
          "No server could be started on the port of "
              + membership.address()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static ServerDef definition(ClusterDef cluster, String job, int index) {
    return ServerDef.newBuilder()
        .setCluster(cluster)
        .setJobName(job)
        .setTaskIndex(index)
        .setProtocol("grpc")
        .build();
  }

  /** TensorFlow refuses a session that tells the cluster if its server has the name told there. */
  private static ServerDef unnamed(Membership membership) {
    String job = "unnamed";
    JobDef itself = JobDef.newBuilder().setName(job).putTasks(0, membership.address()).build();
    return definition(ClusterDef.newBuilder().addJob(itself).build(), job, 0);
  }

  private static ClusterDef cluster(Membership membership) {
    ClusterDef.Builder cluster = ClusterDef.newBuilder();
    for (Role role : SERVING) {
      SortedMap<Integer, String> tasks = membership.of(role);
      if (!tasks.isEmpty()) {
        cluster.addJob(JobDef.newBuilder().setName(role.label()).putAllTasks(tasks));
      }
    }
    return cluster.build();
  }

  /** Variables on the processes that hold them, computing in this one. */
  public Placement placement() {
    Role holder = membership.holderRole();
    List<DeviceSpec> holders = new ArrayList<>();
    for (Map.Entry<Integer, String> task : membership.of(holder).entrySet()) {
      holders.add(device(holder, task.getKey()));
      if (holder != Role.PS) {
        break;
      }
    }
    return new Placement(holders, Optional.of(device(membership.role(), membership.index())));
  }

  private static DeviceSpec device(Role role, int index) {
    return DeviceSpec.newBuilder().job(role.label()).task(index).build();
  }

  /** A session that sees this process and those that hold variables, so that others may die. */
  public Session open(Graph graph) {
    Role holder = membership.holderRole();
    String holders = "/job:" + holder.label() + (holder == Role.PS ? "" : "/task:0");
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .addDeviceFilters(holders)
            .addDeviceFilters("/job:" + membership.role().label() + "/task:" + membership.index());
    String address = membership.address();
    String host = "localhost" + address.substring(address.lastIndexOf(':'));
    if (membership.partial()) {
      // The parameter servers were not told of this worker: the session tells them, and TensorFlow
      // then looks for its target among the addresses of the cluster.
      config.setClusterDef(cluster);
      config.getExperimentalBuilder().setShareSessionStateInClusterspecPropagation(true);
      host = address;
    }
    String target = "grpc://" + host;
    return RemoteSessions.open(graph, target, config.build());
  }
}
