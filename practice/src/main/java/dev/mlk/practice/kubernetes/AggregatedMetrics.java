package dev.mlk.practice.kubernetes;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiClient.PatchType;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.MetricsServer;
import dev.mlk.practice.api.http.Listeners;
import dev.mlk.practice.api.rest.Metrics;
import dev.mlk.practice.api.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What metrics-server is in other clusters: {@code metrics.k8s.io} as an aggregated API, with an
 * APIService, the Service that it names, and the role by which readers of a namespace may read it.
 * Whoever installs another metrics-server replaces the Service, and is left alone from then on.
 */
public final class AggregatedMetrics implements AutoCloseable {
  /** The name that its certificate is for. */
  public static final String SERVER_NAME = "metrics-server.kube-system.svc";

  private static final System.Logger LOG = System.getLogger(AggregatedMetrics.class.getName());
  private static final Pattern NO_STREAMS = Pattern.compile("(?!)");
  private static final String NAME = "metrics-server";
  private static final String NAMESPACE = "kube-system";
  private static final String GROUP = "metrics.k8s.io";
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int TRIES = 300;

  private static final Resource API_SERVICES =
      Resource.cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService");
  private static final Resource CLUSTER_ROLES =
      Resource.cluster("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");

  private final Listeners listeners;
  private final Thread registering;

  /**
   * Starts to listen on any free port of loopback, and makes itself known.
   *
   * @param tls the server's side of TLS, with a certificate for {@link #SERVER_NAME}
   * @param callers the authority of the API server's certificate for aggregated APIs
   * @param authority the authority of this server's own certificate, PEM
   */
  public AggregatedMetrics(
      Metrics metrics,
      SSLContext tls,
      X509Certificate callers,
      String authority,
      ApiClient client,
      InstantSource clock) {
    MetricsServer server = new MetricsServer(metrics);
    ClientCheck check = new ClientCheck(callers, "CN=front-proxy", clock);
    listeners =
        Listeners.tlsOnly(
            call ->
                check.admits(call.credentials())
                    ? server.handle(call)
                    : Answer.text(401, "Unauthorized"),
            tls,
            0,
            NO_STREAMS);
    registering = Thread.ofVirtual().name("metrics").start(() -> register(client, authority));
  }

  /** The first start of an API server makes the namespace a moment after it is ready. */
  private void register(ApiClient client, String authority) {
    for (int tries = 0; !Thread.currentThread().isInterrupted(); tries++) {
      try {
        if (own(client)) {
          put(client, Resources.SERVICES, NAMESPACE, service());
          put(client, API_SERVICES, "", apiService(authority));
          put(client, CLUSTER_ROLES, "", role());
        }
        return;
      } catch (ApiException e) {
        if (tries == TRIES) {
          LOG.log(System.Logger.Level.WARNING, "there will be no metrics.k8s.io", e);
          return;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** Whether the Service, if there is one, was made here. */
  private static boolean own(ApiClient client) {
    return client
        .find(Resources.SERVICES, NAMESPACE, NAME)
        .filter(found -> !found.path("spec").path("type").asString("").equals("ExternalName"))
        .isEmpty();
  }

  private static void put(
      ApiClient client, Resource resource, String namespace, ObjectNode object) {
    String name = object.path("metadata").path("name").asString("");
    if (client.find(resource, namespace, name).isPresent()) {
      client.patch(resource.path(namespace, name), PatchType.MERGE, object);
    } else {
      client.create(resource, namespace, object);
    }
  }

  private static ObjectNode object(String apiVersion, Resource resource, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", resource.kind());
    object.putObject("metadata").put("name", name).putObject("labels").put("k8s-app", NAME);
    return object;
  }

  /** A name and not endpoints: those of a real API server must not be on loopback. */
  private static ObjectNode service() {
    ObjectNode service = object("v1", Resources.SERVICES, NAME);
    service.putObject("spec").put("type", "ExternalName").put("externalName", "127.0.0.1");
    return service;
  }

  private ObjectNode apiService(String authority) {
    ObjectNode object = object("apiregistration.k8s.io/v1", API_SERVICES, "v1beta1." + GROUP);
    byte[] pem = authority.getBytes(StandardCharsets.US_ASCII);
    ObjectNode spec = object.putObject("spec").put("group", GROUP).put("version", "v1beta1");
    spec.put("groupPriorityMinimum", 100).put("versionPriority", 100);
    spec.put("caBundle", Base64.getEncoder().encodeToString(pem));
    spec.putObject("service")
        .put("namespace", NAMESPACE)
        .put("name", NAME)
        .put("port", listeners.port());
    return object;
  }

  private static ObjectNode role() {
    ObjectNode role =
        object("rbac.authorization.k8s.io/v1", CLUSTER_ROLES, "system:aggregated-metrics-reader");
    ObjectNode labels = role.withObject("/metadata/labels");
    for (String reader : List.of("admin", "edit", "view")) {
      labels.put("rbac.authorization.k8s.io/aggregate-to-" + reader, "true");
    }
    ObjectNode rule = role.putArray("rules").addObject();
    for (Map.Entry<String, List<String>> part :
        Map.of(
                "apiGroups", List.of(GROUP),
                "resources", List.of("pods", "nodes"),
                "verbs", List.of("get", "list", "watch"))
            .entrySet()) {
      ArrayNode values = rule.putArray(part.getKey());
      part.getValue().forEach(values::add);
    }
    return role;
  }

  @Override
  public void close() {
    registering.interrupt();
    listeners.close();
  }
}
