package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.ApiServer;
import dev.mlk.practice.api.EventExpiry;
import dev.mlk.practice.api.access.Access;
import dev.mlk.practice.api.access.Reviews;
import dev.mlk.practice.api.access.Tokens;
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
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.pki.Pki;
import dev.mlk.practice.scheduler.Scheduler;
import dev.mlk.practice.store.Limits;
import dev.mlk.practice.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;

/**
 * A running practice cluster. Reached in three ways: within the process, over a Unix socket (both
 * with the owner's rights) and over TLS on loopback.
 */
public final class PracticeCluster implements ControlPlane {
  private final ClusterFiles files;
  private final ObjectStore store;
  private final ApiServer api;
  private final Listeners listeners;
  private final Kubeconfig kubeconfig;
  private final CustomKinds custom;
  private final EventExpiry expiry;
  private final LatePodStreams pods;
  private final Informers informers;
  private final Controllers controllers;
  private final Scheduler scheduler;

  private PracticeCluster(
      ClusterFiles files,
      ObjectStore store,
      ApiServer api,
      Listeners listeners,
      Kubeconfig kubeconfig,
      CustomKinds custom,
      EventExpiry expiry,
      LatePodStreams pods,
      PracticeConfig config) {
    this.files = files;
    this.store = store;
    this.api = api;
    this.listeners = listeners;
    this.kubeconfig = kubeconfig;
    this.custom = custom;
    this.expiry = expiry;
    this.pods = pods;
    ApiClient client = new ApiClient(transport(), "kube-controller-manager");
    this.informers = new Informers(client);
    this.controllers =
        Controllers.start(
            client,
            informers,
            config.clock(),
            new Controllers.Settings(files.volumes(), kubeconfig.authority()));
    this.scheduler =
        Scheduler.start(new ApiClient(transport(), "kube-scheduler"), informers, config.clock());
  }

  /**
   * Starts the cluster in its folder, new or as it was left.
   *
   * @throws IOException when a file or a socket cannot be had; nothing is left running
   */
  public static PracticeCluster start(PracticeConfig config) throws IOException {
    ClusterFiles files = ClusterFiles.prepare(config.folder());
    Pki pki = Pki.openOrCreate(files.pki(), config.clock());
    ObjectStore store = ObjectStore.open(files.store(), Limits.DEFAULT);
    try {
      Objects objects = new Objects(store, Catalog.builtIn());
      LatePodStreams pods = new LatePodStreams();
      Tokens tokens = new Tokens(objects, pki.tokenKeys(), pki.ownerToken(), config.clock());
      Access access = new Access(objects, tokens, pki.authority(), config.clock());
      Verbs verbs =
          new Verbs(
              objects,
              new Admission(objects, RandomGenerator.getDefault(), new Webhooks(objects)),
              new Reviews(access, objects, config.clock()),
              pods,
              config.clock(),
              RandomGenerator.getDefault());
      ApiServer api = new ApiServer(objects, access, verbs);
      CustomKinds custom = CustomKinds.start(objects, config.clock());
      FirstObjects.create(new LocalTransport(api));
      Listeners listeners =
          Listeners.open(api, pki.serverContext(), files.port(config.port()), files.socket());
      Kubeconfig kubeconfig = new Kubeconfig(config.name(), listeners.port(), files.socket(), pki);
      files.written(listeners.port(), kubeconfig.text());
      EventExpiry expiry = EventExpiry.start(objects, config.clock());
      return new PracticeCluster(
          files, store, api, listeners, kubeconfig, custom, expiry, pods, config);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    } catch (GeneralSecurityException e) {
      store.close();
      throw new IOException("cannot use the keys in " + files.pki() + ": " + e.getMessage(), e);
    }
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

  /** The kubeconfig's text; it is also in the folder. */
  @Override
  public String kubeconfig() {
    return kubeconfig.text();
  }

  /** The file that holds the kubeconfig. */
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

  /** Names the node agent that runs the pods: exec, attach, port-forward and logs lead to it. */
  @Override
  public void podStreams(PodStreams agent) {
    pods.become(agent);
  }

  @Override
  public NodeConfig forNodes(NodeConfig config) {
    return config;
  }

  @Override
  public void close() {
    scheduler.close();
    controllers.close();
    informers.close();
    listeners.close();
    expiry.close();
    custom.close();
    store.close();
    files.removeSocket();
  }
}
