package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resources;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.kubelet.PodStreams.LogOptions;
import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.volume.MountNamespaces;
import dev.mlk.practice.testing.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A control plane, as the run's target says, with a node agent: tests bind their pods themselves.
 */
final class TestCluster implements AutoCloseable {
  private static final Path CATALOG = Path.of("..", "images", "catalog.yaml");

  private final Path folder;
  private final Path catalog;
  private final Ticker ticker;
  private final ControlPlane cluster;
  private final ApiClient api;
  private Informers informers;
  private NodeAgent agent;
  private MountNamespaces mounts;

  private TestCluster(Path folder, Ticker ticker, Path catalog) throws IOException {
    this.folder = folder;
    this.catalog = catalog;
    this.ticker = ticker;
    mounts = new MountNamespaces(folder);
    cluster = Target.start(folder.resolve("api"), InstantSource.system());
    api = new ApiClient(cluster.transport(), "test");
  }

  static TestCluster start(Path folder) throws Exception {
    return start(folder, Ticker.of(InstantSource.system()));
  }

  static TestCluster start(Path folder, Ticker ticker) throws Exception {
    return start(folder, ticker, CATALOG);
  }

  static TestCluster start(Path folder, Ticker ticker, Path catalog) throws Exception {
    TestCluster test = new TestCluster(folder, ticker, catalog);
    test.startAgent();
    return test;
  }

  /** One as on a machine that makes no mount namespaces. */
  static TestCluster withoutMounts(Path folder) throws Exception {
    TestCluster test = new TestCluster(folder, Ticker.of(InstantSource.system()), CATALOG);
    test.mounts = new MountNamespaces(folder.resolve("absent"));
    test.startAgent();
    return test;
  }

  void startAgent() throws Exception {
    startAgent(List.of(NodeSpec.standard("node-1"), NodeSpec.standard("node-2")));
  }

  void startAgent(List<NodeSpec> nodes) throws Exception {
    informers = new Informers(new ApiClient(cluster.transport(), "kubelet"));
    NodeConfig config =
        new NodeConfig(
            folder.resolve("cluster"),
            catalog,
            System.getenv("PATH"),
            nodes,
            ContainerLog.Limits.DEFAULT,
            Duration.ofSeconds(5));
    agent =
        NodeAgent.start(
            cluster.forNodes(config),
            new ApiClient(cluster.transport(), "kubelet"),
            informers,
            ticker,
            RandomGenerator.getDefault(),
            mounts);
    cluster.podStreams(agent.streams());
  }

  void stopAgent() {
    agent.close();
    informers.close();
  }

  ApiClient api() {
    return api;
  }

  NodeAgent agent() {
    return agent;
  }

  Path folder() {
    return folder.resolve("cluster");
  }

  /** Makes a pod from the YAML of its spec, on the first node. */
  ObjectNode pod(String name, String spec) {
    return pod(name, Map.of(), spec);
  }

  ObjectNode pod(String name, Map<String, String> labels, String spec) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", "default");
    labels.forEach(metadata.putObject("labels")::put);
    ObjectNode content = yaml(spec);
    if (!content.has("nodeName")) {
      content.put("nodeName", "node-1");
    }
    pod.set("spec", content);
    return api.create(Resources.PODS, "default", pod);
  }

  static ObjectNode yaml(String text) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
    return JsonMapper.shared().valueToTree(tree);
  }

  ObjectNode get(String name) {
    return api.get(Resources.PODS, "default", name);
  }

  /** Waits until the pod is as wanted and returns it so. */
  ObjectNode await(String name, String what, Predicate<JsonNode> wanted) {
    List<ObjectNode> seen = new ArrayList<>();
    try {
      Await.until(
          "pod " + name + " is " + what,
          () -> {
            seen.clear();
            seen.add(get(name));
            return wanted.test(seen.getFirst());
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + seen + "\n" + events(name), e);
    }
    return seen.getFirst();
  }

  ObjectNode awaitPhase(String name, String phase) {
    return await(name, phase, pod -> pod.path("status").path("phase").asString("").equals(phase));
  }

  static JsonNode container(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0);
  }

  static JsonNode state(JsonNode pod) {
    return container(pod).path("state");
  }

  /** The reasons and messages of a pod's events in order. */
  List<String> events(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode event : api.list(Resources.EVENTS, "default", Map.of()).path("items")) {
      if (event.path("involvedObject").path("name").asString("").equals(name)) {
        texts.add(event.path("reason").asString("") + ": " + event.path("message").asString(""));
      }
    }
    return texts;
  }

  PodStreams.Target target(String name, String container) {
    String uid = get(name).path("metadata").path("uid").asString("");
    return new PodStreams.Target("default", name, uid, container);
  }

  String log(String name) throws IOException {
    return log(name, false, false);
  }

  String log(String name, boolean follow, boolean previous) throws IOException {
    LogOptions options =
        new LogOptions(
            follow, previous, Optional.empty(), Optional.empty(), Optional.empty(), false);
    try (InputStream in = agent.streams().log(target(name, "main"), options)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void delete(String name, long grace) {
    api.delete(
        Resources.PODS,
        "default",
        name,
        JsonNodeFactory.instance.objectNode().put("gracePeriodSeconds", grace));
  }

  void awaitGone(String name) {
    Await.until(
        "pod " + name + " is gone", () -> api.find(Resources.PODS, "default", name).isEmpty());
  }

  /** Waits until the agent knows of a Service: its address then takes connections. */
  void awaitProxy(String address, int port) {
    Await.until(
        "there is a proxy at " + address,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return true;
          } catch (IOException e) {
            return false;
          }
        });
  }

  Path podFolder(JsonNode pod) {
    return folder()
        .resolve("nodes/node-1/pods")
        .resolve(pod.path("metadata").path("uid").asString(""));
  }

  void awaitFolderGone(JsonNode pod) {
    Await.until("the pod's folder is gone", () -> !Files.exists(podFolder(pod)));
  }

  @Override
  public void close() {
    stopAgent();
    ticker.close();
    cluster.close();
  }
}
