package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.testing.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster without node agent, as the run's target says, and a test's ways to write objects in
 * short and to wait for what becomes of them. The test plays the kubelet where pods must run.
 */
public final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();
  private final ControlPlane cluster;
  private final ApiClient client;

  private TestCluster(ControlPlane cluster) {
    this.cluster = cluster;
    client = new ApiClient(cluster.transport(), "test");
  }

  public static TestCluster start(Path folder) throws IOException {
    return start(folder, InstantSource.system());
  }

  public static TestCluster start(Path folder, InstantSource clock) throws IOException {
    return new TestCluster(Target.start(folder, clock));
  }

  public ApiClient client() {
    return client;
  }

  public ControlPlane cluster() {
    return cluster;
  }

  /** JSON with single quotes and bare names, so that it can be read in a test. */
  public static ObjectNode json(String text) {
    return (ObjectNode) tree(text);
  }

  /** Any JSON, read as leniently. */
  public static JsonNode tree(String text) {
    return LENIENT.readTree(text);
  }

  public ObjectNode create(Resource resource, String namespace, String text) {
    return client.create(resource, namespace, json(text));
  }

  public void namespace(String name) {
    if (client.find(Resources.NAMESPACES, "", name).isEmpty()) {
      create(Resources.NAMESPACES, "", "{metadata: {name: '" + name + "'}}");
    }
    // Pods need it.
    await(Resources.SERVICE_ACCOUNTS, name, "default", _ -> true);
  }

  /** A ready node with 4 CPUs, 8Gi, room for 50 pods and what else is asked for. */
  public void node(String name, String more, String labels) {
    create(
        Resources.NODES,
        "",
        "{metadata: {name: '"
            + name
            + "', labels: {'kubernetes.io/hostname': '"
            + name
            + "'"
            + labels
            + "}}}");
    String amounts = "{cpu: '4', memory: '8Gi', pods: '50'" + more + "}";
    // A patch, because a real node controller writes to a new node at once.
    client.patch(
        Resources.NODES.path("", name, "status"),
        ApiClient.PatchType.MERGE,
        json(
            "{status: {capacity: "
                + amounts
                + ", allocatable: "
                + amounts
                + ", conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'up'}]}}"));
    await(Resources.NODES, "", name, now -> now.path("spec").path("taints").isEmpty());
  }

  public ObjectNode patch(Resource resource, String namespace, String name, String text) {
    return client.patch(resource.path(namespace, name), ApiClient.PatchType.MERGE, json(text));
  }

  /** Plays the kubelet: writes a pod's phase and whether it is ready. */
  public void run(JsonNode pod, String phase, boolean ready, int exitCode) {
    Key key = Key.of(pod);
    boolean over = phase.equals("Succeeded") || phase.equals("Failed");
    String state =
        over
            ? "{terminated: {exitCode: "
                + exitCode
                + ", reason: 'x', finishedAt: '2026-01-01T00:00:00Z'}}"
            : "{running: {}}";
    String status =
        "{status: {phase: '"
            + phase
            + "', podIP: '10.0.0.9', podIPs: [{ip: '10.0.0.9'}],"
            + " conditions: [{type: 'Ready', status: '"
            + (ready ? "True" : "False")
            + "', lastTransitionTime: '2026-01-01T00:00:00Z'}],"
            + " containerStatuses: [{name: 'main', image: 'x', imageID: '', ready: "
            + ready
            + ", restartCount: 0, state: "
            + state
            + "}]}}";
    client.patch(
        Resources.PODS.path(key.namespace(), key.name(), "status"),
        ApiClient.PatchType.MERGE,
        json(status));
  }

  public List<ObjectNode> list(Resource resource, String namespace) {
    List<ObjectNode> all = new ArrayList<>();
    client
        .list(resource, namespace, Map.of())
        .path("items")
        .forEach(item -> all.add((ObjectNode) item));
    return all;
  }

  /** The pods of a namespace that are not on their way out. */
  public List<ObjectNode> pods(String namespace) {
    List<ObjectNode> pods = new ArrayList<>(list(Resources.PODS, namespace));
    pods.removeIf(pod -> pod.path("metadata").has("deletionTimestamp"));
    return pods;
  }

  /** Waits until as many pods are there and returns them. */
  public List<ObjectNode> awaitPods(String namespace, int count) {
    return await(() -> pods(namespace), pods -> pods.size() == count);
  }

  /** Waits until the object is there and as it should be. */
  public ObjectNode await(
      Resource resource, String namespace, String name, Predicate<ObjectNode> good) {
    return await(
            () -> client.find(resource, namespace, name),
            found -> found.isPresent() && good.test(found.get()))
        .orElseThrow();
  }

  public void awaitGone(Resource resource, String namespace, String name) {
    await(() -> client.find(resource, namespace, name), Optional::isEmpty);
  }

  /** Waits until a value is as it should be; says what it was when time is up. */
  public static <T> T await(Supplier<T> value, Predicate<T> good) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T now = value.get();
      if (good.test(now)) {
        return now;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still not so after " + PATIENCE + ": " + now);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  public static String text(JsonNode node, String... path) {
    JsonNode here = node;
    for (String name : path) {
      here = here.path(name);
    }
    return here.asString("");
  }

  /** The reason of a condition, empty while it does not have that status. */
  public static String reason(JsonNode object, String type, String status) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (text(condition, "type").equals(type) && text(condition, "status").equals(status)) {
        return text(condition, "reason");
      }
    }
    return "";
  }

  public void delete(Resource resource, String namespace, String name, String propagation) {
    try {
      client.delete(resource, namespace, name, json("{propagationPolicy: '" + propagation + "'}"));
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
