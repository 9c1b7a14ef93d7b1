package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.ApiServer;
import dev.mlk.practice.api.EventExpiry;
import dev.mlk.practice.api.access.Access;
import dev.mlk.practice.api.access.Reviews;
import dev.mlk.practice.api.access.Tokens;
import dev.mlk.practice.api.admission.AccountSecrets;
import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.crd.CustomKinds;
import dev.mlk.practice.api.http.Listeners;
import dev.mlk.practice.api.http.LocalTransport;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.rest.Verbs;
import dev.mlk.practice.api.webhook.Webhooks;
import dev.mlk.practice.controller.Controllers;
import dev.mlk.practice.kubelet.LatePodStreams;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.pki.Pki;
import dev.mlk.practice.scheduler.Scheduler;
import dev.mlk.practice.store.Limits;
import dev.mlk.practice.store.ObjectStore;
import dev.mlk.practice.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A running practice cluster: a Kubernetes API server, its controllers and scheduler and, where
 * there are nodes, the agent that runs pods as processes of this machine. Reached in three ways:
 * within the process, over a Unix socket (both with the owner's rights) and over TLS on loopback.
 *
 * <p>Several may run in one process. {@link #close} leaves no thread, no process and, for a
 * temporary cluster, no file.
 */
public final class PracticeCluster implements ControlPlane {
  private final ClusterFiles files;
  private final Closing closing;
  private final ApiServer api;
  private final Listeners listeners;
  private final Kubeconfig kubeconfig;
  private final LatePodStreams pods;
  private final Informers informers;

  private PracticeCluster(
      ClusterFiles files,
      Closing closing,
      ApiServer api,
      Listeners listeners,
      Kubeconfig kubeconfig,
      LatePodStreams pods,
      PracticeConfig config)
      throws IOException {
    this.files = files;
    this.closing = closing;
    this.api = api;
    this.listeners = listeners;
    this.kubeconfig = kubeconfig;
    this.pods = pods;
    ApiClient client = new ApiClient(transport(), "kube-controller-manager");
    this.informers = new Informers(client);
    closing.add(informers::close);
    Controllers controllers =
        Controllers.start(
            client,
            informers,
            config.clock(),
            new Controllers.Settings(files.volumes(), kubeconfig.authority()));
    closing.add(controllers::close);
    Scheduler scheduler =
        Scheduler.start(new ApiClient(transport(), "kube-scheduler"), informers, config.clock());
    closing.add(scheduler::close);
    if (!config.inside().nodes().isEmpty()) {
      NodeAgent agent = Agent.start(config, this, informers);
      closing.add(agent::close);
      podStreams(agent.streams());
    }
  }

  /**
   * Starts a cluster for a test: in a temporary folder, on a free port, with one node.
   *
   * @throws UncheckedIOException when a file or a socket cannot be had; nothing is left running
   */
  public static PracticeCluster start() {
    return start(UnaryOperator.identity());
  }

  /**
   * Starts a cluster for a test, set up otherwise than usual: {@code start(c -> c.nodes(0))}.
   *
   * @param set is given {@link PracticeConfig#temporary} and returns what is wanted
   * @throws UncheckedIOException when a file or a socket cannot be had; nothing is left running
   */
  public static PracticeCluster start(UnaryOperator<PracticeConfig> set) {
    try {
      return start(set.apply(PracticeConfig.temporary()));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Starts the cluster in its folder, new or as it was left.
   *
   * @throws IOException when a file or a socket cannot be had; nothing is left running
   */
  public static PracticeCluster start(PracticeConfig config) throws IOException {
    Closing closing = new Closing();
    ClusterFiles files = ClusterFiles.prepare(config.place());
    closing.add(files::removeTemporary);
    try {
      return start(config, files, closing);
    } catch (StoreException.Broken e) {
      closing.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    } catch (GeneralSecurityException e) {
      closing.close();
      throw new IOException("cannot use the keys in " + files.pki() + ": " + e.getMessage(), e);
    }
  }

  private static PracticeCluster start(PracticeConfig config, ClusterFiles files, Closing closing)
      throws IOException, GeneralSecurityException {
    Pki pki = Pki.openOrCreate(files.pki(), config.clock());
    ObjectStore store = ObjectStore.open(files.store(), Limits.DEFAULT);
    closing.add(store::close);
    // Whoever has the store has the cluster: before, the socket may be that of a running one.
    files.removeOldSocket();
    files.makeStorePrivate();
    Objects objects = new Objects(store, Catalog.builtIn());
    LatePodStreams pods = new LatePodStreams();
    Tokens tokens = new Tokens(objects, pki.tokenKeys(), pki.ownerToken(), config.clock());
    Access access = new Access(objects, tokens, pki.authority(), config.clock());
    Verbs verbs =
        new Verbs(
            objects,
            new Admission(
                objects,
                RandomGenerator.getDefault(),
                new AccountSecrets(objects, tokens, pki.authorityPem()),
                new Webhooks(objects)),
            new Reviews(access, objects, config.clock()),
            pods,
            config.clock(),
            RandomGenerator.getDefault());
    ApiServer api = new ApiServer(objects, access, verbs);
    CustomKinds custom = CustomKinds.start(objects, config.clock());
    closing.add(custom::close);
    FirstObjects.create(new LocalTransport(api));
    Listeners listeners =
        Listeners.open(api, pki.serverContext(), files.port(config.port()), files.socket());
    closing.add(files::removeSocket);
    FirstObjects.createService(new LocalTransport(api), listeners.port());
    EventExpiry expiry = EventExpiry.start(objects, config.clock());
    closing.add(expiry::close);
    closing.add(listeners::close);
    Kubeconfig kubeconfig =
        new Kubeconfig(config.place().name(), listeners.port(), files.socket(), pki);
    files.written(listeners.port(), kubeconfig.text());
    return new PracticeCluster(files, closing, api, listeners, kubeconfig, pods, config);
  }

  /** The way to the API from within the process, with the owner's rights. */
  @Override
  public Transport transport() {
    return new LocalTransport(api);
  }

  /** The cluster's own informers, for others in this process to share; they close with it. */
  @Override
  public Informers informers() {
    return informers;
  }

  /** The owner's kubeconfig, as YAML. */
  @Override
  public String kubeconfig() {
    return kubeconfig.text();
  }

  /** The file that holds the kubeconfig, readable by its owner only. */
  public Path kubeconfigFile() {
    return files.kubeconfig();
  }

  /** The Unix socket: plain HTTP, the owner's rights. */
  @Override
  public Path socket() {
    return files.socket();
  }

  /** The address of the TLS listener. */
  @Override
  public String server() {
    return "https://127.0.0.1:" + listeners.port();
  }

  /**
   * Names the node agent that runs the pods: exec, attach, port-forward and logs lead to it. For
   * those who bring one of their own to a cluster without nodes.
   */
  @Override
  public void podStreams(PodStreams agent) {
    pods.become(agent);
  }

  @Override
  public NodeConfig forNodes(NodeConfig config) {
    return config.withServer(InetSocketAddress.createUnresolved("127.0.0.1", listeners.port()));
  }

  /** Stops everything; a temporary cluster's folder goes. */
  @Override
  public void close() {
    closing.close();
  }
}
