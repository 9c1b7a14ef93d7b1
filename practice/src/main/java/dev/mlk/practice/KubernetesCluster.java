package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.rest.Metrics;
import dev.mlk.practice.controller.Controllers;
import dev.mlk.practice.kubelet.LatePodStreams;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.kubernetes.AggregatedMetrics;
import dev.mlk.practice.kubernetes.ControlPlaneProcesses;
import dev.mlk.practice.kubernetes.Egress;
import dev.mlk.practice.kubernetes.KubeletServer;
import dev.mlk.practice.kubernetes.SocketRelay;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.pki.ControlPlaneKeys;
import dev.mlk.practice.pki.Pki;
import dev.mlk.practice.scheduler.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running cluster whose control plane is the real one: etcd and kube-apiserver with
 * kube-controller-manager and kube-scheduler, or with this project's own controllers and scheduler.
 * It keeps the same files as a {@link PracticeCluster} and is reached in the same ways.
 */
public final class KubernetesCluster implements ControlPlane {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Pods whose address may be another one's by now. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final ClusterFiles files;
  private final Pki pki;
  private final int port;
  private final Closing closing = new Closing();
  private final LatePodStreams pods = new LatePodStreams();
  private Kubeconfig kubeconfig;
  private Transport transport;
  private volatile Informers informers;
  private KubeletServer kubelet;

  private KubernetesCluster(ClusterFiles files, Pki pki, int port) {
    this.files = files;
    this.pki = pki;
    this.port = port;
    closing.add(files::removeSocket);
  }

  /**
   * Starts the cluster in its folder, new or as it was left.
   *
   * @throws IOException with the last words of a program that did not start; nothing is left
   *     running
   */
  public static KubernetesCluster start(KubernetesConfig config) throws IOException {
    ClusterFiles files =
        ClusterFiles.prepare(new PracticeConfig.Place(config.name(), config.folder(), false));
    files.removeOldSocket();
    Pki pki = Pki.openOrCreate(files.pki(), config.clock());
    KubernetesCluster cluster = new KubernetesCluster(files, pki, port(files, config.port()));
    try {
      cluster.begin(config);
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    } catch (GeneralSecurityException e) {
      cluster.close();
      throw new IOException("cannot use the keys in " + files.pki() + ": " + e.getMessage(), e);
    }
  }

  private void begin(KubernetesConfig config) throws IOException, GeneralSecurityException {
    config.progress().accept("Starting etcd and kube-apiserver ...");
    transport = new HttpTransport(endpoint());
    closing.add(transport::close);
    ControlPlaneKeys keys = ControlPlaneKeys.openOrCreate(pki, config.clock());
    Egress egress = Egress.open(files.egress(), this::dial);
    closing.add(egress::close);
    ControlPlaneProcesses processes =
        ControlPlaneProcesses.start(
            new ControlPlaneProcesses.Setup(
                config.folder(),
                config.programs(),
                keys,
                pki.ownerToken(),
                port,
                egress,
                config.parts() == KubernetesConfig.Parts.NONE),
            this::ready);
    closing.add(processes::close);
    kubeconfig = new Kubeconfig(config.name(), port, files.socket(), pki);
    files.written(port, kubeconfig.text());
    closing.add(SocketRelay.open(files.socket(), pki.ownerContext(), port)::close);
    if (config.parts() == KubernetesConfig.Parts.KUBERNETES) {
      config.progress().accept("Starting kube-controller-manager and kube-scheduler ...");
      processes.startClients();
    }
    FirstObjects.createBesideKubernetes(transport);
    ApiClient client = new ApiClient(transport, "kube-controller-manager");
    informers = new Informers(client);
    closing.add(informers::close);
    Controllers.Settings settings =
        new Controllers.Settings(files.volumes(), kubeconfig.authority());
    if (config.parts() == KubernetesConfig.Parts.OWN) {
      closing.add(Controllers.start(client, informers, config.clock(), settings)::close);
      ApiClient scheduling = new ApiClient(transport, "kube-scheduler");
      closing.add(Scheduler.start(scheduling, informers, config.clock())::close);
    } else if (config.parts() == KubernetesConfig.Parts.KUBERNETES) {
      closing.add(Controllers.startProvisioner(client, informers, config.clock(), settings)::close);
    }
    kubelet =
        new KubeletServer(
            pki.serverContext(),
            pki.authority(),
            config.clock(),
            informers.on(Resources.PODS),
            pods);
    closing.add(kubelet::close);
    if (config.parts() != KubernetesConfig.Parts.NONE) {
      serveMetrics(client, keys, config.clock());
    }
  }

  private void serveMetrics(ApiClient client, ControlPlaneKeys keys, InstantSource clock)
      throws IOException, GeneralSecurityException {
    Metrics metrics =
        new Metrics(
            pods::usage,
            (resource, namespace, name) -> informers.on(resource).get(namespace, name),
            clock);
    closing.add(
        new AggregatedMetrics(
                metrics,
                pki.serverContext(AggregatedMetrics.SERVER_NAME, clock),
                keys.frontProxyAuthority(),
                pki.authorityPem(),
                client,
                clock)
            ::close);
  }

  /** The API server's way to pods, whose addresses are the node agent's, and to all else. */
  private Socket dial(String host, int port) throws IOException {
    Informers known = informers;
    Optional<ObjectNode> pod =
        known == null
            ? Optional.empty()
            : known.on(Resources.PODS).all().stream()
                .filter(each -> each.path("status").path("podIP").asString("").equals(host))
                .filter(each -> !each.path("spec").path("hostNetwork").asBoolean(false))
                .filter(each -> !ENDED.contains(each.path("status").path("phase").asString("")))
                .findFirst();
    if (pod.isPresent()) {
      JsonNode metadata = pod.get().path("metadata");
      return pods.connect(
          new PodStreams.Target(
              metadata.path("namespace").asString(""),
              metadata.path("name").asString(""),
              metadata.path("uid").asString(""),
              ""),
          port);
    }
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Endpoint endpoint() throws IOException, GeneralSecurityException {
    return Endpoint.at(URI.create(server()))
        .trusting(pki.authorityPem().getBytes(StandardCharsets.US_ASCII))
        .identity(
            pki.ownerCertificatePem().getBytes(StandardCharsets.US_ASCII),
            pki.ownerKeyPem().getBytes(StandardCharsets.US_ASCII));
  }

  private boolean ready() {
    try (Transport asking = new HttpTransport(endpoint(), PATIENCE, PATIENCE);
        Reply reply = asking.send(Request.of("GET", "/readyz"))) {
      return reply.ok();
    } catch (IOException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** The port asked for, else the last one, else any: the API server has to be told one. */
  private static int port(ClusterFiles files, int wanted) throws IOException {
    int port = files.port(wanted);
    if (port != 0) {
      return port;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public Transport transport() {
    return new SharedTransport(transport);
  }

  @Override
  public Informers informers() {
    return informers;
  }

  @Override
  public String kubeconfig() {
    return kubeconfig.text();
  }

  @Override
  public Path socket() {
    return files.socket();
  }

  @Override
  public String server() {
    return "https://127.0.0.1:" + port;
  }

  @Override
  public void podStreams(PodStreams agent) {
    pods.become(agent);
  }

  /** The API server refuses endpoints in the loopback range, and must find the kubelets' port. */
  @Override
  public NodeConfig forNodes(NodeConfig config) {
    return config
        .forRealApiServer(kubelet.port())
        .withServer(InetSocketAddress.createUnresolved("127.0.0.1", port));
  }

  @Override
  public void close() {
    closing.close();
  }
}
