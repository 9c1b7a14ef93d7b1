package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bindings of roles, in a namespace or in the whole cluster. */
final class RoleBindingRules implements KindRules {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final boolean cluster;

  RoleBindingRules(boolean cluster) {
    this.cluster = cluster;
  }

  @Override
  public void defaults(ObjectNode object) {
    Tree.fill(Tree.object(object, "roleRef"), "apiGroup", GROUP);
    for (ObjectNode subject : Tree.objects(object.path("subjects"))) {
      String kind = Tree.text(subject, "kind");
      if (kind.equals("User") || kind.equals("Group")) {
        Tree.fill(subject, "apiGroup", GROUP);
      }
      Tree.dropEmpty(subject, "apiGroup", "namespace");
    }
    Tree.dropEmpty(object, "subjects");
  }

  @Override
  public List<String> validateName(String name, boolean prefix) {
    return Names.pathSegment(name, prefix);
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Role", "Age").wide("Users", "Groups", "ServiceAccounts").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode role = object.path("roleRef");
    return Row.named(object, now)
        .text(Tree.text(role, "kind") + "/" + Tree.text(role, "name"))
        .age()
        .text(subjects(object, "User"))
        .text(subjects(object, "Group"))
        .text(subjects(object, "ServiceAccount"))
        .cells();
  }

  private static String subjects(ObjectNode binding, String kind) {
    List<String> names = new ArrayList<>();
    for (ObjectNode subject : Tree.objects(binding.path("subjects"))) {
      if (Tree.text(subject, "kind").equals(kind)) {
        String namespace = Tree.text(subject, "namespace");
        String name = Tree.text(subject, "name");
        names.add(namespace.isEmpty() ? name : namespace + "/" + name);
      }
    }
    return String.join(", ", names);
  }

  /** Whether this is about the whole cluster: then service accounts must name their namespace. */
  boolean cluster() {
    return cluster;
  }
}
