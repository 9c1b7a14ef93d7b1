package dev.mlk.practice.kubernetes;

import dev.mlk.practice.node.process.Processes;
import dev.mlk.practice.pki.ControlPlaneKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * etcd, kube-apiserver, kube-controller-manager and kube-scheduler as processes of this machine.
 * None outlives this one, however it ends: a guardian process sees to that, as it does for pods.
 */
public final class ControlPlaneProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /**
   * What they are started with.
   *
   * @param folder the folder of the cluster; their own are {@code etcd} and {@code control-plane}
   * @param programs the programs
   * @param keys the keys beside the cluster's own
   * @param token the owner's token
   * @param port the API server's port on loopback
   * @param egress the API server's way to nodes, pods and Services
   * @param alone whether nothing else will run that makes service accounts for pods
   */
  public record Setup(
      Path folder,
      Programs programs,
      ControlPlaneKeys keys,
      String token,
      int port,
      Egress egress,
      boolean alone) {
    Path work() {
      return folder.resolve("control-plane");
    }
  }

  /** Whether the API server is ready. */
  @FunctionalInterface
  public interface Check {
    /** True when it is; never an exception for a server that is not there yet. */
    boolean ready();
  }

  private final Setup setup;
  private final Processes processes;
  private final Flags flags;
  private final List<Component> components = new ArrayList<>();

  private ControlPlaneProcesses(Setup setup) throws IOException {
    this.setup = setup;
    this.processes = Processes.open(setup.work());
    this.flags = new Flags(setup, freePort(), freePort());
  }

  /**
   * Starts etcd and the API server and waits until it is ready.
   *
   * @param check asks the API server
   * @throws IOException with the last words of what did not start; nothing is left running
   */
  public static ControlPlaneProcesses start(Setup setup, Check check) throws IOException {
    Files.createDirectories(setup.work());
    ControlPlaneProcesses all = new ControlPlaneProcesses(setup);
    try {
      all.flags.writeFiles();
      Component etcd = all.component("etcd", all.flags.etcd());
      Component server = all.component("kube-apiserver", all.flags.apiServer());
      all.await(check, List.of(etcd, server));
      etcd.keepAlive();
      server.keepAlive();
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** Starts the controllers and the scheduler; they are clients of the API server. */
  public void startClients() throws IOException {
    component("kube-controller-manager", flags.controllerManager()).keepAlive();
    component("kube-scheduler", flags.scheduler()).keepAlive();
  }

  private Component component(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(setup.programs().command(name));
    command.addAll(arguments);
    // A heap that grows by half between two collections instead of double: small before quick.
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "HOME", setup.work().toString(), "GOGC", "50");
    Component component = new Component(name, processes, command, environment, setup.work());
    components.add(component);
    return component;
  }

  private void await(Check check, List<Component> needed) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!check.ready()) {
      for (Component component : needed) {
        component.requireAlive();
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "kube-apiserver is not ready after "
                + PATIENCE.toSeconds()
                + " s; see "
                + setup.work());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends all of them, clients first and etcd last. */
  @Override
  public void close() {
    List<Component> clients =
        components.isEmpty() ? List.of() : components.subList(1, components.size());
    clients.reversed().forEach(Component::stop);
    clients.reversed().forEach(component -> component.awaitEnd(GOODBYE));
    if (!components.isEmpty()) {
      components.getFirst().close();
    }
    processes.close();
  }
}
