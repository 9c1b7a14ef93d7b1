package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.connect.Connection;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.KubernetesConfig;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.testing.RealPrograms;
import dev.mlk.tfjob.api.TfJobDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster that the fixtures break and mend: an API server with its controllers and no node agent.
 * The test plays the kubelet: every bound pod becomes ready, unless its label {@code test} says
 * that it is stuck.
 */
final class World implements AutoCloseable {
  private static final byte[] NOW = "{\"gracePeriodSeconds\":0}".getBytes(StandardCharsets.UTF_8);
  private static final Resource CRDS = Resources.CUSTOM_RESOURCES;
  private static final List<Resource> KNOWN =
      List.of(
          Resources.NODES,
          Resources.PODS,
          Resources.NAMESPACES,
          Resources.DAEMON_SETS,
          Resources.DEPLOYMENTS,
          Resources.SERVICES,
          Resources.ENDPOINT_SLICES,
          Resources.CONFIG_MAPS,
          Resources.STORAGE_CLASSES,
          Resources.RESOURCE_QUOTAS,
          Resources.LIMIT_RANGES,
          Resources.TFJOBS,
          CRDS,
          Resource.cluster(
              "admissionregistration.k8s.io",
              "v1",
              "validatingwebhookconfigurations",
              "ValidatingWebhookConfiguration"),
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "roles", "Role"),
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
          Resource.namespaced("kueue.x-k8s.io", "v1beta1", "localqueues", "LocalQueue"),
          Resource.cluster("nvidia.com", "v1", "clusterpolicies", "ClusterPolicy"),
          Resource.cluster("resource.k8s.io", "v1", "resourceslices", "ResourceSlice"),
          Resource.namespaced("resource.k8s.io", "v1", "resourceclaims", "ResourceClaim"));

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final ControlPlane cluster;
  private final ApiClient client;
  private final List<JsonNode> healthy;
  private Duration later = Duration.ZERO;
  private Instant beaten = Instant.EPOCH;

  private World(ControlPlane cluster) {
    this.cluster = cluster;
    this.client = new ApiClient(cluster.transport(), "world");
    this.healthy = documents("healthy.yaml").path(0).valueStream().toList();
  }

  /** On the practice cluster's own API server and controllers. */
  static World start(Path folder) throws IOException {
    return healthy(PracticeCluster.start(PracticeConfig.of("checked", folder)));
  }

  /** On Kubernetes' own; skips the running test where nobody named its programs. */
  static World kubernetes(Path folder) throws IOException {
    return healthy(RealPrograms.start(folder, KubernetesConfig.Parts.KUBERNETES));
  }

  private static World healthy(ControlPlane cluster) {
    World world = new World(cluster);
    world.define();
    world.healthy.forEach(world::create);
    return world;
  }

  /** A YAML file beside the test, as a list of its documents. */
  static JsonNode documents(String name) {
    try (InputStream in =
        World.class.getResourceAsStream(name.startsWith("/") ? name : "/check/" + name)) {
      List<Object> all = new ArrayList<>();
      new Load(LoadSettings.builder().setMaxAliasesForCollections(200).build())
          .loadAllFromInputStream(in)
          .forEach(all::add);
      return JsonMapper.shared().valueToTree(all);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What the checks see, as the user, at the world's time, over the way asked for. */
  Facts facts(String user, String namespace) {
    return facts(as(user), cluster.server(), namespace, certificates());
  }

  /** The same where the server gives other answers to some requests. */
  Facts facts(JsonNode fixture) {
    Transport transport =
        new OtherAnswers(as(fixture.path("as").asString("")), fixture.path("answers"));
    return fixture.path("plain").asBoolean(false)
        ? facts(transport, "http://127.0.0.1", "default", Map.of())
        : facts(transport, cluster.server(), "default", certificates());
  }

  private Facts facts(
      Transport transport, String server, String namespace, Map<String, byte[]> certificates) {
    Connection connection =
        new Connection(new ApiClient(transport, "check"), "context", server, namespace, "");
    return new Facts(connection, new Facts.Surroundings(certificates, false), this::now);
  }

  private Instant now() {
    return Instant.now().plus(later);
  }

  private Map<String, byte[]> certificates() {
    JsonNode config =
        JsonMapper.shared()
            .valueToTree(
                new Load(LoadSettings.builder().build()).loadFromString(cluster.kubeconfig()));
    JsonNode user = config.path("users").path(0).path("user");
    byte[] pem =
        java.util.Base64.getDecoder().decode(user.path("client-certificate-data").asString(""));
    return Map.of("client-certificate", pem);
  }

  private Transport as(String user) {
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

  void at(String time) {
    char unit = time.charAt(time.length() - 1);
    long number = Long.parseLong(time.substring(0, time.length() - 1));
    later =
        switch (unit) {
          case 'd' -> Duration.ofDays(number);
          case 'h' -> Duration.ofHours(number);
          case 'm' -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        };
  }

  /** Does what a list of steps says. */
  void play(JsonNode steps) {
    for (JsonNode step : steps) {
      String verb = step.propertyNames().iterator().next();
      JsonNode value = step.path(verb);
      switch (verb) {
        case "create" -> create(value);
        case "patch" -> patch(value.asString(""), "", step.path("with"));
        case "status" -> status(value.asString(""), step.path("with"));
        case "delete" -> delete(value.asString(""));
        case "gone" -> await(() -> !there(value.asString("")));
        case "define" -> define();
        case "dra" -> dra();
        case "later" -> at(value.asString(""));
        case "healthy" -> create(healthy(value.asString("")));
        case "write" ->
            JsonMapper.shared()
                .valueToTree(all(new Plan(value.asInt(), 3).manifest()))
                .forEach(this::create);
        default -> throw new IllegalArgumentException(verb);
      }
    }
  }

  private static List<Object> all(String yaml) {
    List<Object> all = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(all::add);
    return all;
  }

  private JsonNode healthy(String target) {
    return healthy.stream()
        .filter(o -> path(o.path("kind").asString(""), o).equals(address(target)))
        .findFirst()
        .orElseThrow();
  }

  /** Kubernetes' own server brings the kinds itself. */
  private void dra() {
    if (cluster instanceof PracticeCluster) {
      for (JsonNode definition : documents("/gpu/dra-kinds.yaml").path(0)) {
        if (client.find(CRDS, "", Nodes.name(definition)).isEmpty()) {
          client.create(CRDS, "", definition);
        }
      }
    }
  }

  private void define() {
    client.create(CRDS, "", TfJobDefinition.tree());
    await(
        () -> {
          ObjectNode definition = client.get(CRDS, "", TfJobDefinition.NAME);
          return !definition.path("status").path("conditions").isEmpty();
        });
  }

  private void create(JsonNode object) {
    Resource resource = resource(object.path("kind").asString(""));
    String namespace = object.path("metadata").path("namespace").asString("");
    // A definition made a moment ago is served a moment later.
    await(
        () -> {
          try {
            client.create(resource, namespace, object);
            return true;
          } catch (ApiException e) {
            if (e.notFound()) {
              return false;
            }
            throw e;
          }
        });
    if (resource.equals(Resources.RESOURCE_QUOTAS)) {
      // Whatever is created before a controller has seen the quota is counted minutes later.
      String path = resource.path(namespace, Nodes.name(object));
      await(() -> client.call(Request.of("GET", path)).path("status").has("hard"));
    }
    if (object.has("status")) {
      ObjectNode status = JsonMapper.shared().createObjectNode();
      status.set("status", object.path("status"));
      String path = resource.path(namespace, Nodes.name(object), "status");
      client.patch(path, ApiClient.PatchType.MERGE, status);
    }
    if (resource.equals(Resources.NODES)) {
      // The control plane keeps a new node closed until its kubelet reports, as this one has.
      ObjectNode open = JsonMapper.shared().createObjectNode();
      open.putObject("spec").putNull("taints");
      client.patch(resource.path("", Nodes.name(object)), ApiClient.PatchType.MERGE, open);
    }
  }

  private void status(String target, JsonNode with) {
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    patch.set("status", with);
    patch(target, "/status", patch);
  }

  private void patch(String target, String subresource, JsonNode with) {
    client.patch(address(target) + subresource, ApiClient.PatchType.MERGE, with);
  }

  private void delete(String target) {
    try {
      client.call(Request.of("DELETE", address(target)).body("application/json", NOW));
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
    // A namespace may have to wait for what is in it; everything else goes at once.
    if (!target.startsWith("namespace/")) {
      await(() -> !there(target));
    }
  }

  private boolean there(String target) {
    try {
      client.call(Request.of("GET", address(target)));
      return true;
    } catch (ApiException e) {
      return !e.notFound();
    }
  }

  /** {@code kind/name} or {@code kind/namespace/name} as a path. */
  private static String address(String target) {
    String[] parts = target.split("/", -1);
    Resource resource = resource(parts[0]);
    return parts.length == 2 ? resource.path("", parts[1]) : resource.path(parts[1], parts[2]);
  }

  private static String path(String kind, JsonNode object) {
    return resource(kind)
        .path(object.path("metadata").path("namespace").asString(""), Nodes.name(object));
  }

  private static Resource resource(String kind) {
    if (kind.equals("crd")) {
      return CRDS;
    }
    return KNOWN.stream()
        .filter(r -> r.kind().toLowerCase(Locale.ROOT).equals(kind.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind));
  }

  /** Plays the kubelet once: nodes are heard of, pods that have a node become ready. */
  void kubelet() {
    if (Duration.between(beaten, Instant.now()).compareTo(HEARTBEAT) > 0) {
      beaten = Instant.now();
      client.list(Resources.NODES, "", Map.of()).path("items").forEach(this::heartbeat);
    }
    for (JsonNode pod : client.list(Resources.PODS, "", Map.of()).path("items")) {
      try {
        kubelet(pod);
      } catch (ApiException e) {
        // A controller may have taken the pod away since.
        if (!e.notFound()) {
          throw e;
        }
      }
    }
  }

  private void heartbeat(JsonNode node) {
    ObjectNode lease = JsonMapper.shared().createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", Nodes.name(node));
    String time = beaten.truncatedTo(ChronoUnit.MICROS).toString();
    lease
        .putObject("spec")
        .put("holderIdentity", Nodes.name(node))
        .put("leaseDurationSeconds", 40)
        .put("renewTime", time);
    String path = Resources.LEASES.path("kube-node-lease", Nodes.name(node));
    client.call(
        Request.of("PATCH", path)
            .query("fieldManager", "kubelet")
            .query("force", "true")
            .body("application/apply-patch+yaml", JsonText.bytes(lease)));
  }

  private void kubelet(JsonNode pod) {
    boolean bound = !pod.path("spec").path("nodeName").asString("").isEmpty();
    boolean stuck = Nodes.label(pod, "test").equals("stuck");
    String path =
        Resources.PODS.path(pod.path("metadata").path("namespace").asString(""), Nodes.name(pod));
    if (pod.path("metadata").has("deletionTimestamp")) {
      client.call(Request.of("DELETE", path).body("application/json", NOW));
    } else if (bound && !stuck && Nodes.condition(pod, "Ready").isMissingNode()) {
      ObjectNode patch = JsonMapper.shared().createObjectNode();
      ObjectNode status = patch.putObject("status").put("phase", "Running");
      status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
      client.patch(path + "/status", ApiClient.PatchType.STRATEGIC, patch);
    }
  }

  /** Waits until something holds, playing the kubelet meanwhile. */
  void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
