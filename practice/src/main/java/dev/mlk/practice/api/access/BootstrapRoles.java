package dev.mlk.practice.api.access;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The roles and bindings that every cluster has: cluster-admin, admin, edit, view and a few more.
 */
public final class BootstrapRoles {
  static final String EVERYTHING =
      "{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}";
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE =
      List.of("create", "delete", "deletecollection", "patch", "update");
  private static final List<String> ALL = List.of("*");
  private static final List<String> CORE =
      List.of(
          "configmaps",
          "endpoints",
          "events",
          "persistentvolumeclaims",
          "persistentvolumeclaims/status",
          "pods",
          "pods/log",
          "pods/status",
          "replicationcontrollers",
          "resourcequotas",
          "limitranges",
          "serviceaccounts",
          "services",
          "services/status",
          "namespaces",
          "namespaces/status",
          "bindings");
  private static final List<String> WRITABLE_CORE =
      List.of(
          "configmaps",
          "endpoints",
          "events",
          "persistentvolumeclaims",
          "pods",
          "pods/attach",
          "pods/exec",
          "pods/portforward",
          "pods/eviction",
          "pods/proxy",
          "secrets",
          "serviceaccounts",
          "services",
          "services/proxy");

  /** An object that must be there. */
  public record Needed(Resource resource, ObjectNode object) {}

  private BootstrapRoles() {}

  /** Everything that must be there. */
  public static List<Needed> all() {
    List<Needed> needed = new ArrayList<>();
    ObjectNode admin = role("cluster-admin");
    rules(admin).add(rule(ALL, ALL, ALL));
    rules(admin).add(paths(ALL, ALL));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, admin));
    needed.add(binding("cluster-admin", "cluster-admin", User.MASTERS));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, viewing(role("view"), "edit")));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, editing(viewing(role("edit"), "admin"))));
    ObjectNode namespaceAdmin = editing(viewing(role("admin"), ""));
    rules(namespaceAdmin)
        .add(
            rule(
                List.of("rbac.authorization.k8s.io"),
                List.of("roles", "rolebindings"),
                both(READ, WRITE)));
    rules(namespaceAdmin)
        .add(
            rule(
                List.of("authorization.k8s.io"),
                List.of("localsubjectaccessreviews"),
                List.of("create")));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, namespaceAdmin));
    ObjectNode self = role("system:basic-user");
    rules(self)
        .add(
            rule(
                List.of("authorization.k8s.io"),
                List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                List.of("create")));
    rules(self)
        .add(
            rule(
                List.of("authentication.k8s.io"),
                List.of("selfsubjectreviews"),
                List.of("create")));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, self));
    needed.add(binding("system:basic-user", "system:basic-user", User.AUTHENTICATED));
    addDiscovery(needed);
    return needed;
  }

  private static void addDiscovery(List<Needed> needed) {
    ObjectNode discovery = role("system:discovery");
    rules(discovery)
        .add(
            paths(
                List.of(
                    "/api",
                    "/api/*",
                    "/apis",
                    "/apis/*",
                    "/healthz",
                    "/livez",
                    "/openapi",
                    "/openapi/*",
                    "/readyz",
                    "/version",
                    "/version/"),
                List.of("get")));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, discovery));
    needed.add(binding("system:discovery", "system:discovery", User.AUTHENTICATED));
    ObjectNode information = role("system:public-info-viewer");
    rules(information)
        .add(
            paths(
                List.of("/healthz", "/livez", "/readyz", "/version", "/version/"), List.of("get")));
    needed.add(new Needed(Rbac.CLUSTER_ROLES, information));
    needed.add(
        binding("system:public-info-viewer", "system:public-info-viewer", User.AUTHENTICATED));
  }

  private static ObjectNode viewing(ObjectNode role, String aggregatesTo) {
    String name = role.path("metadata").path("name").asString();
    if (!aggregatesTo.isEmpty()) {
      labels(role).put("rbac.authorization.k8s.io/aggregate-to-" + aggregatesTo, "true");
    }
    ObjectNode selector = Json.object();
    selector.putObject("matchLabels").put("rbac.authorization.k8s.io/aggregate-to-" + name, "true");
    role.putObject("aggregationRule").putArray("clusterRoleSelectors").add(selector);
    rules(role).add(rule(List.of(""), CORE, READ));
    rules(role)
        .add(
            rule(
                List.of(
                    "apps",
                    "batch",
                    "autoscaling",
                    "policy",
                    "discovery.k8s.io",
                    "kubeflow.org",
                    "metrics.k8s.io"),
                ALL,
                READ));
    return role;
  }

  private static ObjectNode editing(ObjectNode role) {
    rules(role).add(rule(List.of(""), WRITABLE_CORE, both(READ, WRITE)));
    rules(role).add(rule(List.of(""), List.of("serviceaccounts/token"), List.of("create")));
    rules(role).add(rule(List.of(""), List.of("serviceaccounts"), List.of("impersonate")));
    rules(role)
        .add(
            rule(
                List.of(
                    "apps",
                    "batch",
                    "autoscaling",
                    "policy",
                    "coordination.k8s.io",
                    "kubeflow.org"),
                ALL,
                both(READ, WRITE)));
    return role;
  }

  private static List<String> both(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static ObjectNode role(String name) {
    return object(Rbac.CLUSTER_ROLES, name);
  }

  private static ObjectNode object(Resource resource, String name) {
    ObjectNode object = Json.object();
    object.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    object.putObject("metadata").put("name", name);
    labels(object).put("kubernetes.io/bootstrapping", "rbac-defaults");
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return Json.child(Json.child(object, "metadata"), "labels");
  }

  private static Needed binding(String name, String role, String group) {
    ObjectNode binding = object(Rbac.CLUSTER_ROLE_BINDINGS, name);
    binding
        .putArray("subjects")
        .addObject()
        .put("kind", "Group")
        .put("apiGroup", Rbac.GROUP)
        .put("name", group);
    binding
        .putObject("roleRef")
        .put("apiGroup", Rbac.GROUP)
        .put("kind", "ClusterRole")
        .put("name", role);
    return new Needed(Rbac.CLUSTER_ROLE_BINDINGS, binding);
  }

  private static ArrayNode rules(ObjectNode role) {
    return role.get("rules") instanceof ArrayNode rules ? rules : role.putArray("rules");
  }

  private static ObjectNode rule(List<String> groups, List<String> resources, List<String> verbs) {
    ObjectNode rule = Json.object();
    verbs.forEach(rule.putArray("verbs")::add);
    groups.forEach(rule.putArray("apiGroups")::add);
    resources.forEach(rule.putArray("resources")::add);
    return rule;
  }

  private static ObjectNode paths(List<String> paths, List<String> verbs) {
    ObjectNode rule = Json.object();
    verbs.forEach(rule.putArray("verbs")::add);
    paths.forEach(rule.putArray("nonResourceURLs")::add);
    return rule;
  }
}
