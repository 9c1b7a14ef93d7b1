package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resources;
import dev.mlk.practice.kubelet.NodeUsage;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.node.image.Catalog;
import dev.mlk.practice.node.network.NameTranslation;
import dev.mlk.practice.node.network.PodNetwork;
import dev.mlk.practice.node.network.PrivateNetwork;
import dev.mlk.practice.node.network.ServiceProxy;
import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.Processes;
import dev.mlk.practice.node.process.Program;
import dev.mlk.practice.node.volume.MountNamespaces;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Runs the pods of the nodes that it made; see the package for what that means. */
public final class NodeAgent implements AutoCloseable {
  private final NodeConfig config;
  private final ApiClient api;
  private final Processes processes;
  private final Informers informers;
  private final PrivateNetwork inside;
  private final ServiceProxy proxy;
  private final ExecutorService executor;
  private final Map<String, NodeRoom> rooms = new LinkedHashMap<>();
  private final Map<String, NodeRegistration> registrations = new LinkedHashMap<>();
  private final PodWorkers workers;
  private final UsageSampler sampler;
  private final StreamService streams;

  /** The time that ends with the agent; empty when it is the caller's. */
  private Optional<Ticker> own = Optional.empty();

  private NodeAgent(
      NodeConfig config,
      ApiClient api,
      Informers informers,
      Ticker ticker,
      RandomGenerator random,
      MountNamespaces mounts)
      throws IOException {
    this.config = config;
    this.api = api;
    this.informers = informers;
    Catalog catalog = Catalog.read(config.catalog());
    processes = Processes.open(config.cluster());
    executor = Executors.newVirtualThreadPerTaskExecutor();
    inside = new PrivateNetwork(config.cluster().resolve("network"), this::beside, executor);
    PodNetwork network = new PodNetwork(random, config.api().podNetwork(), inside, executor);
    proxy =
        new ServiceProxy(
            network,
            inside,
            informers.on(Resources.ENDPOINT_SLICES),
            executor,
            random,
            config.api().server());
    ClusterServices services =
        new ClusterServices(
            informers.on(Resources.SERVICES),
            informers.on(Resources.NAMESPACES),
            proxy,
            config.api().server());
    NameTranslation names = new NameTranslation(network, services);
    PullRules pulls = new PullRules(api, ticker);
    for (NodeSpec spec : config.nodes()) {
      NodeRoom room =
          new NodeRoom(
              spec,
              rooms.size(),
              config,
              api,
              ticker,
              processes,
              network,
              names,
              services,
              catalog,
              new ConcurrentHashMap<>(),
              pulls,
              new Gpus(spec.name(), spec.gpus()),
              EventRecorder.onHost(api, "kubelet", spec.name(), ticker),
              mounts,
              executor);
      rooms.put(spec.name(), room);
      registrations.put(spec.name(), new NodeRegistration(room));
    }
    workers = new PodWorkers(rooms);
    sampler = new UsageSampler(ticker, executor, processes, workers::all);
    streams =
        new StreamService(
            workers, ticker, new Usages(List.copyOf(rooms.keySet()), workers, sampler));
  }

  /**
   * Starts an agent: makes its nodes, recovers the pods that are bound to them, and follows the API
   * from then on.
   *
   * @param api the way to the API server, with rights for everything that a kubelet may do
   * @param informers shared informers over the same API server; they stay open when the agent
   *     closes
   * @param mounts how read-only mounts are made such
   * @throws IOException if the catalogue cannot be read or no process can be started
   */
  static NodeAgent start(
      NodeConfig config,
      ApiClient api,
      Informers informers,
      Ticker ticker,
      RandomGenerator random,
      MountNamespaces mounts)
      throws IOException, InterruptedException {
    NodeAgent agent = new NodeAgent(config, api, informers, ticker, random, mounts);
    try {
      agent.begin();
      return agent;
    } catch (InterruptedException | IOException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  /**
   * Starts an agent by the machine's time, which it stops keeping when it is closed.
   *
   * @throws IOException as above, or when the thread is interrupted meanwhile; nothing is left
   *     running
   */
  public static NodeAgent start(
      NodeConfig config, ApiClient api, Informers informers, InstantSource clock)
      throws IOException {
    Ticker ticker = Ticker.of(clock);
    try {
      MountNamespaces mounts = new MountNamespaces(config.cluster());
      RandomGenerator random = RandomGenerator.getDefault();
      NodeAgent agent = start(config, api, informers, ticker, random, mounts);
      agent.own = Optional.of(ticker);
      return agent;
    } catch (InterruptedException e) {
      ticker.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the nodes started");
    } catch (IOException | RuntimeException e) {
      ticker.close();
      throw e;
    }
  }

  /** Starts a process that belongs to the cluster and to no pod. */
  private PrivateNetwork.Started beside(List<String> command) throws IOException {
    LocalProcess process =
        processes.start(
            new Program(
                command, Map.of("PATH", config.path()), config.cluster(), true, false, false),
            "network/");
    return new PrivateNetwork.Started(process.pid(), process.stdin(), process.stdout());
  }

  private void begin() throws InterruptedException, IOException {
    new FormerNodes(config, api).removeAllBut(rooms.keySet());
    Informer services = informers.on(Resources.SERVICES);
    Informer pods = informers.on(Resources.PODS);
    Informer nodes = informers.on(Resources.NODES);
    registrations.values().forEach(NodeRegistration::start);
    DevicePlugin.apply(config, rooms.values());
    services.awaitSynced();
    informers.on(Resources.NAMESPACES).awaitSynced();
    proxy.follow(services);
    nodes.onChange(
        (_, before, now) -> {
          NodeRegistration registration =
              registrations.get(now.path("metadata").path("name").asString(""));
          if (registration != null) {
            registration.changed(before, now);
          }
        });
    pods.awaitSynced();
    workers.removeVanished(config, pods);
    workers.follow(pods);
    sampler.start();
  }

  /** The logs, commands and ports of the agent's pods. */
  public PodStreams streams() {
    return streams;
  }

  /** What the nodes and each running container use, as last measured. */
  public NodeUsage usage() {
    return streams.usage();
  }

  /** Stops as a node does that is switched off: processes end, the API keeps what it knows. */
  @Override
  public void close() {
    registrations.values().forEach(NodeRegistration::close);
    sampler.close();
    proxy.close();
    workers.shutdown(config.shutdown());
    inside.close();
    processes.close();
    rooms.values().forEach(room -> room.events().close());
    executor.shutdown();
    own.ifPresent(Ticker::close);
  }
}
