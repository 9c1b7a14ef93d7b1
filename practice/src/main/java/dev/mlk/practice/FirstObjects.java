package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.access.BootstrapRoles;
import dev.mlk.practice.pki.Pki;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster has before anybody asked for anything. */
final class FirstObjects {
  /** On the namespace default: this is not the cluster's first start. */
  private static final String STARTED = "mlk.dev/started";

  private static final Resource CLUSTER_ROLES =
      Resource.cluster("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");
  private static final List<String> READING = List.of("get", "list", "watch");
  private static final List<String> WRITING =
      List.of("create", "delete", "deletecollection", "patch", "update");

  private FirstObjects() {}

  static void create(Transport transport) {
    ApiClient client = new ApiClient(transport, "kube-apiserver");
    for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      boolean fresh =
          create(client, Resources.NAMESPACES, object("v1", Resources.NAMESPACES, namespace));
      if (fresh && namespace.equals("default")) {
        // Only in a new cluster: whoever deletes the class does not want it back.
        create(client, Resources.STORAGE_CLASSES, defaultStorageClass());
        // The controller would make it a moment later, and pods created before that be refused.
        client.create(
            Resources.SERVICE_ACCOUNTS,
            "default",
            object("v1", Resources.SERVICE_ACCOUNTS, "default"));
      }
    }
    create(
        client,
        Resources.PRIORITY_CLASSES,
        priority(
            "system-cluster-critical",
            2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to"
                + " another node if necessary."));
    create(
        client,
        Resources.PRIORITY_CLASSES,
        priority(
            "system-node-critical",
            2_000_001_000,
            "Used for system critical pods that must not be moved from their current node."));
    BootstrapRoles.all().forEach(role -> create(client, role.resource(), role.object()));
  }

  /** The same for an API server that has made its own already. */
  static void createBesideKubernetes(Transport transport) {
    ApiClient client = new ApiClient(transport, "kube-apiserver");
    ObjectNode namespace = client.get(Resources.NAMESPACES, "", "default");
    if (!namespace.path("metadata").path("annotations").has(STARTED)) {
      // Only in a new cluster: whoever deletes the class does not want it back.
      create(client, Resources.STORAGE_CLASSES, defaultStorageClass());
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("metadata").putObject("annotations").put(STARTED, "true");
      client.patch(Resources.NAMESPACES.path("", "default"), ApiClient.PatchType.MERGE, patch);
    }
    // Otherwise the first pod waits for the controller manager.
    createAccount(client);
    create(client, CLUSTER_ROLES, kubeflow("edit", WRITING));
    create(client, CLUSTER_ROLES, kubeflow("view", READING));
  }

  /**
   * The Service by which programs in pods find the API server, and the endpoint behind it, which
   * changes when the server gets another port.
   */
  static void createService(Transport transport, int port) {
    ApiClient client = new ApiClient(transport, "kube-apiserver");
    ObjectNode service = kubernetes("v1", Resources.SERVICES, "component", "apiserver");
    labels(service).put("provider", "kubernetes");
    ObjectNode spec = service.putObject("spec").put("clusterIP", Pki.SERVICE_ADDRESS);
    ObjectNode https = spec.putArray("ports").addObject();
    https.put("name", "https").put("protocol", "TCP").put("port", 443).put("targetPort", port);
    replace(client, Resources.SERVICES, service);

    String skip = "endpointslice.kubernetes.io/skip-mirror";
    ObjectNode endpoints = kubernetes("v1", Resources.ENDPOINTS, skip, "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", "127.0.0.1");
    https(subset.putArray("ports").addObject(), port);
    replace(client, Resources.ENDPOINTS, endpoints);

    String owner = "kubernetes.io/service-name";
    ObjectNode slice =
        kubernetes("discovery.k8s.io/v1", Resources.ENDPOINT_SLICES, owner, "kubernetes");
    slice.put("addressType", "IPv4");
    ObjectNode endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add("127.0.0.1");
    endpoint.putObject("conditions").put("ready", true);
    https(slice.putArray("ports").addObject(), port);
    replace(client, Resources.ENDPOINT_SLICES, slice);
  }

  private static void https(ObjectNode target, int port) {
    target.put("name", "https").put("port", port).put("protocol", "TCP");
  }

  private static ObjectNode kubernetes(
      String apiVersion, Resource resource, String label, String value) {
    ObjectNode object = object(apiVersion, resource, "kubernetes");
    ((ObjectNode) object.path("metadata")).put("namespace", "default");
    labels(object).put(label, value);
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return ((ObjectNode) object.path("metadata")).withObject("labels");
  }

  private static void replace(ApiClient client, Resource resource, ObjectNode object) {
    if (client.find(resource, "default", "kubernetes").isEmpty()) {
      client.create(resource, "default", object);
    } else {
      client.patch(resource.path("default", "kubernetes"), ApiClient.PatchType.MERGE, object);
    }
  }

  private static void createAccount(ApiClient client) {
    ObjectNode account = object("v1", Resources.SERVICE_ACCOUNTS, "default");
    try {
      client.create(Resources.SERVICE_ACCOUNTS, "default", account);
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }

  /** Whoever may edit or view a namespace's pods may do so with its training jobs. */
  private static ObjectNode kubeflow(String role, List<String> verbs) {
    ObjectNode object = object("rbac.authorization.k8s.io/v1", CLUSTER_ROLES, "kubeflow-" + role);
    ((ObjectNode) object.path("metadata"))
        .putObject("labels")
        .put("rbac.authorization.k8s.io/aggregate-to-" + role, "true");
    ObjectNode rule = object.putArray("rules").addObject();
    rule.putArray("apiGroups").add("kubeflow.org");
    rule.putArray("resources").add("*");
    verbs.forEach(rule.putArray("verbs")::add);
    return object;
  }

  /** Whether it was not there before. */
  private static boolean create(ApiClient client, Resource resource, ObjectNode object) {
    try {
      client.create(resource, "", object);
      return true;
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
      return false;
    }
  }

  private static ObjectNode object(String apiVersion, Resource resource, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", resource.kind());
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode priority(String name, int value, String description) {
    return object("scheduling.k8s.io/v1", Resources.PRIORITY_CLASSES, name)
        .put("value", value)
        .put("description", description);
  }

  private static ObjectNode defaultStorageClass() {
    ObjectNode object = object("storage.k8s.io/v1", Resources.STORAGE_CLASSES, "standard");
    ((ObjectNode) object.path("metadata"))
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    return object
        .put("provisioner", "mlk.dev/directory")
        .put("reclaimPolicy", "Delete")
        .put("volumeBindingMode", "Immediate");
  }
}
