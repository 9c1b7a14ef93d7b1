package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server with its scheduler and controllers and no node agent, filled from YAML files whose
 * objects have the status that kubelets would write.
 */
final class Fleet implements AutoCloseable {
  private static final List<Resource> KNOWN =
      List.of(
          Resources.NODES,
          Resources.PODS,
          Resources.NAMESPACES,
          Resources.SERVICE_ACCOUNTS,
          Resources.CUSTOM_RESOURCES,
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "roles", "Role"),
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
          Resource.namespaced("kueue.x-k8s.io", "v1beta1", "workloads", "Workload"),
          Resource.cluster("resource.k8s.io", "v1", "resourceslices", "ResourceSlice"),
          Resource.namespaced("resource.k8s.io", "v1", "resourceclaims", "ResourceClaim"),
          Resource.cluster(
              "topology.node.k8s.io",
              "v1alpha2",
              "noderesourcetopologies",
              "NodeResourceTopology"));

  private final PracticeCluster cluster;
  private final ApiClient client;

  private Fleet(PracticeCluster cluster) {
    this.cluster = cluster;
    this.client = new ApiClient(cluster.transport(), "fleet");
  }

  static Fleet start(Path folder) throws IOException {
    return new Fleet(PracticeCluster.start(PracticeConfig.of("fleet", folder)));
  }

  ApiClient client() {
    return client;
  }

  /** Creates all objects of a file beside the test. */
  void load(String file) {
    try (InputStream in = Fleet.class.getResourceAsStream("/gpu/" + file)) {
      String anHourAgo =
          Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600).toString();
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("AN_HOUR_AGO", anHourAgo);
      Object all =
          new Load(LoadSettings.builder().setMaxAliasesForCollections(200).build())
              .loadFromString(text);
      JsonMapper.shared().<JsonNode>valueToTree(all).forEach(this::create);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(JsonNode object) {
    Resource resource = resource(object.path("kind").asString(""));
    String namespace = object.path("metadata").path("namespace").asString("");
    await(object.path("metadata") + " can be created", () -> created(resource, namespace, object));
    String path = resource.path(namespace, Nodes.name(object));
    if (object.has("status")) {
      ObjectNode status = Json.object();
      status.set("status", object.path("status"));
      client.patch(path + "/status", ApiClient.PatchType.MERGE, status);
    }
    if (resource.equals(Resources.NODES)) {
      // The control plane keeps a new node closed until its kubelet reports, as this one has.
      ObjectNode open = Json.object();
      open.putObject("spec").set("taints", object.path("spec").path("taints"));
      if (!object.path("spec").has("taints")) {
        open.putObject("spec").putNull("taints");
      }
      client.patch(path, ApiClient.PatchType.MERGE, open);
    }
  }

  /** A new namespace needs its service account first, a new definition a moment to be served. */
  private boolean created(Resource resource, String namespace, JsonNode object) {
    try {
      client.create(resource, namespace, object);
      return true;
    } catch (ApiException e) {
      if (e.notFound() || (e.code() == 403 && e.getMessage().contains("service"))) {
        return false;
      }
      throw e;
    }
  }

  private static Resource resource(String kind) {
    return KNOWN.stream()
        .filter(one -> one.kind().toLowerCase(Locale.ROOT).equals(kind.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the scheduler has said something about every pod that it can place. */
  void scheduled() {
    await(
        "the scheduler's word on every pod",
        () -> {
          for (JsonNode pod : client.list(Resources.PODS, "", java.util.Map.of()).path("items")) {
            JsonNode spec = pod.path("spec");
            boolean its = spec.path("schedulerName").asString("").equals("default-scheduler");
            boolean silent = Nodes.condition(pod, "PodScheduled").isMissingNode();
            if (its && silent && spec.path("nodeName").asString("").isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  /** What a user sees, some time from now. */
  Snapshot look(String user, String namespace, Duration later) throws InterruptedException {
    try (ApiClient as = new ApiClient(as(user), "look")) {
      return new SnapshotReader(new Reader(as), namespace, () -> Instant.now().plus(later)).read();
    }
  }

  /** The way to the server as a user. */
  Transport as(String user) {
    Transport transport = new HttpTransport(Endpoint.unix(cluster.socket()));
    if (user.isEmpty()) {
      return transport;
    }
    return new Transport() {
      @Override
      public Reply send(Request request) throws IOException {
        return transport.send(request.header("Impersonate-User", user));
      }

      @Override
      public void close() {
        transport.close();
      }
    };
  }

  private static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in vain waited for: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
