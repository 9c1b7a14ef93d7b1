package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode role = object.path("roleRef");
    if (!Tree.text(role, "apiGroup").equals(GROUP)) {
      findings.notSupported("roleRef.apiGroup", Tree.text(role, "apiGroup"), GROUP);
    }
    String kind = Tree.text(role, "kind");
    if (cluster && !kind.equals("ClusterRole")) {
      findings.notSupported("roleRef.kind", kind, "ClusterRole");
    } else if (!kind.equals("Role") && !kind.equals("ClusterRole")) {
      findings.notSupported("roleRef.kind", kind, "Role", "ClusterRole");
    }
    String name = Tree.text(role, "name");
    if (name.isEmpty()) {
      findings.required("roleRef.name");
    } else {
      findings.invalid("roleRef.name", name, Names.pathSegment(name, false));
    }
    int index = 0;
    for (ObjectNode subject : Tree.objects(object.path("subjects"))) {
      subject(subject, "subjects[" + index++ + "]", findings);
    }
    return findings.list();
  }

  private void subject(ObjectNode subject, String path, Findings findings) {
    String name = Tree.text(subject, "name");
    String group = Tree.text(subject, "apiGroup");
    if (name.isEmpty()) {
      findings.required(path + ".name");
    }
    switch (Tree.text(subject, "kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          findings.invalid(path + ".name", name, Names.subdomain(name, false));
        }
        if (!group.isEmpty()) {
          findings.notSupported(path + ".apiGroup", group, "");
        }
        if (cluster && Tree.blank(subject, "namespace")) {
          findings.required(path + ".namespace");
        }
      }
      case "User", "Group" -> {
        if (!group.equals(GROUP)) {
          findings.notSupported(path + ".apiGroup", group, GROUP);
        }
      }
      case String kind ->
          findings.notSupported(path + ".kind", kind, "ServiceAccount", "User", "Group");
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    JsonNode role = object.path("roleRef");
    if (!role.equals(old.path("roleRef"))) {
      // Kubernetes shows its own type here, whose names begin with capitals.
      ObjectNode shown = object.objectNode();
      shown.put("APIGroup", Tree.text(role, "apiGroup"));
      shown.put("Kind", Tree.text(role, "kind"));
      shown.put("Name", Tree.text(role, "name"));
      findings.invalid("roleRef", shown, "cannot change roleRef");
    }
    return findings.list();
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
}
