package dev.mlk.practice.api.access;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles and their bindings: who has which rules where. */
final class Rbac {
  static final String GROUP = "rbac.authorization.k8s.io";
  static final Resource ROLES = Resource.namespaced(GROUP, "v1", "roles", "Role");
  static final Resource CLUSTER_ROLES =
      Resource.cluster(GROUP, "v1", "clusterroles", "ClusterRole");
  static final Resource ROLE_BINDINGS =
      Resource.namespaced(GROUP, "v1", "rolebindings", "RoleBinding");
  static final Resource CLUSTER_ROLE_BINDINGS =
      Resource.cluster(GROUP, "v1", "clusterrolebindings", "ClusterRoleBinding");
  private final Objects objects;

  Rbac(Objects objects) {
    this.objects = objects;
  }

  /** A rule that somebody has, and why. */
  record Held(JsonNode rule, String reason) {}

  /**
   * The answer to a wish.
   *
   * @param reason why it is allowed
   * @param errors what was wrong with bindings on the way
   */
  record Verdict(boolean allowed, String reason, List<String> errors) {}

  Verdict decide(User user, Wish wish) {
    List<String> errors = new ArrayList<>();
    for (Held held : held(user, wish.namespace(), errors)) {
      if (Rules.allow(held.rule(), wish)) {
        return new Verdict(true, held.reason(), List.of());
      }
    }
    return new Verdict(false, "", errors);
  }

  /** All rules that the user has in the namespace, cluster-wide ones included. */
  List<Held> held(User user, String namespace, List<String> errors) {
    List<Held> held = new ArrayList<>();
    for (ObjectNode binding : objects.list(CLUSTER_ROLE_BINDINGS, "")) {
      collect(user, binding, "", held, errors);
    }
    if (!namespace.isEmpty()) {
      for (ObjectNode binding : objects.list(ROLE_BINDINGS, namespace)) {
        collect(user, binding, namespace, held, errors);
      }
    }
    return held;
  }

  private void collect(
      User user, ObjectNode binding, String namespace, List<Held> held, List<String> errors) {
    Optional<String> subject = subject(user, binding, namespace);
    if (subject.isEmpty()) {
      return;
    }
    String kind = binding.path("roleRef").path("kind").asString("");
    String role = binding.path("roleRef").path("name").asString("");
    Optional<ObjectNode> found = role(kind, namespace, role);
    if (found.isEmpty()) {
      String missing = kind.equals("Role") ? "role" : "clusterrole";
      errors.add(missing + "." + GROUP + " \"" + role + "\" not found");
      return;
    }
    String name = Metadata.name(binding);
    String reason =
        "RBAC: allowed by "
            + (namespace.isEmpty()
                ? "ClusterRoleBinding \"" + name + "\""
                : "RoleBinding \"" + name + "/" + namespace + "\"")
            + " of "
            + kind
            + " \""
            + role
            + "\" to "
            + subject.get();
    found.get().path("rules").forEach(rule -> held.add(new Held(rule, reason)));
  }

  /** A role, with the rules of those that it aggregates. */
  Optional<ObjectNode> role(String kind, String namespace, String name) {
    return kind.equals("Role")
        ? objects.find(ROLES, namespace, name)
        : objects.find(CLUSTER_ROLES, "", name);
  }

  /** How the binding names the user; empty when it does not. */
  private static Optional<String> subject(User user, JsonNode binding, String namespace) {
    for (JsonNode subject : binding.path("subjects")) {
      String name = subject.path("name").asString("");
      String kind = subject.path("kind").asString("");
      boolean meant =
          switch (kind) {
            case "User" -> user.name().equals(name);
            case "Group" -> user.groups().contains(name);
            case "ServiceAccount" ->
                user.name()
                    .equals(
                        "system:serviceaccount:"
                            + subject.path("namespace").asString(namespace)
                            + ":"
                            + name);
            default -> false;
          };
      if (meant) {
        String shown =
            kind.equals("ServiceAccount")
                ? name + "/" + subject.path("namespace").asString(namespace)
                : name;
        return Optional.of(kind + " \"" + shown + "\"");
      }
    }
    return Optional.empty();
  }
}
