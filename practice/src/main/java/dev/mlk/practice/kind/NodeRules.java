package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes. A node's creator may set its status: the node agent does. */
final class NodeRules extends WithStatus {
  private static final String ROLE_LABEL = "node-role.kubernetes.io/";

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.dropEmpty(spec, "taints", "podCIDR", "podCIDRs", "providerID");
    if (spec.has("unschedulable") && !Tree.flag(spec, "unschedulable")) {
      spec.remove("unschedulable");
    }
    ObjectNode status = Tree.object(object, "status");
    Amounts.canonicalMap(status.path("capacity"));
    if (!Tree.has(status, "allocatable") && Tree.has(status, "capacity")) {
      status.set("allocatable", status.path("capacity").deepCopy());
    }
    Amounts.canonicalMap(status.path("allocatable"));
    ObjectNode endpoint = Tree.object(Tree.object(status, "daemonEndpoints"), "kubeletEndpoint");
    Tree.fill(endpoint, "Port", 0);
    ObjectNode info = Tree.object(status, "nodeInfo");
    for (String name :
        List.of(
            "machineID",
            "systemUUID",
            "bootID",
            "kernelVersion",
            "osImage",
            "containerRuntimeVersion",
            "kubeletVersion",
            "kubeProxyVersion",
            "operatingSystem",
            "architecture")) {
      Tree.fill(info, name, "");
    }
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    List<String> seen = new ArrayList<>();
    int index = 0;
    for (ObjectNode taint : Tree.objects(object.path("spec").path("taints"))) {
      String path = "metadata.taints[" + index++ + "]";
      String key = Tree.text(taint, "key");
      findings.invalid(path + ".key", key, Names.qualifiedName(key));
      String value = Tree.text(taint, "value");
      findings.invalid(path + ".value", value, Names.labelValue(value));
      PlacementValidation.effect(taint, path, findings);
      String pair = key + "=" + Tree.text(taint, "effect");
      if (seen.contains(pair)) {
        findings.add(
            new FieldError(
                "FieldValueDuplicate",
                path,
                "Duplicate value: "
                    + internal(taint)
                    + ": taints must be unique by key and effect pair"));
      }
      seen.add(pair);
    }
    for (String name : List.of("capacity", "allocatable")) {
      if (object.path("status").get(name) instanceof ObjectNode amounts) {
        ResourceValidation.amounts(amounts, "status." + name, findings);
      }
    }
    return findings.list();
  }

  /** A taint as Kubernetes' own type shows it, which has other names than the wire. */
  private static String internal(ObjectNode taint) {
    ObjectNode shown = taint.objectNode();
    shown.put("Key", Tree.text(taint, "key")).put("Value", Tree.text(taint, "value"));
    shown.put("Effect", Tree.text(taint, "effect"));
    shown.set("TimeAdded", taint.has("timeAdded") ? taint.get("timeAdded") : taint.nullNode());
    return shown.toString();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    // Kubernetes checks a changed node as a new one and then once more as a changed one.
    List<FieldError> errors = new ArrayList<>(validate(object));
    errors.addAll(validate(object));
    return errors;
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    return Map.of(
        "spec.unschedulable", Boolean.toString(Tree.flag(object, "spec", "unschedulable")));
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Status", "Roles", "Age", "Version")
        .wide("Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode info = object.path("status").path("nodeInfo");
    return Row.named(object, now)
        .text(state(object))
        .textOr(String.join(",", roles(object)), "<none>")
        .age()
        .text(Tree.text(info, "kubeletVersion"))
        .text(address(object, "InternalIP"))
        .text(address(object, "ExternalIP"))
        .textOr(Tree.text(info, "osImage"), "<unknown>")
        .textOr(Tree.text(info, "kernelVersion"), "<unknown>")
        .textOr(Tree.text(info, "containerRuntimeVersion"), "<unknown>")
        .cells();
  }

  private static String state(ObjectNode node) {
    String state = "Unknown";
    for (ObjectNode condition : Tree.objects(node.path("status").path("conditions"))) {
      if (Tree.text(condition, "type").equals("Ready")) {
        state = Tree.text(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    return Tree.flag(node, "spec", "unschedulable") ? state + ",SchedulingDisabled" : state;
  }

  private static Set<String> roles(ObjectNode node) {
    Set<String> roles = new TreeSet<>();
    Tree.map(node.path("metadata").path("labels"))
        .forEach(
            (key, value) -> {
              if (key.startsWith(ROLE_LABEL) && key.length() > ROLE_LABEL.length()) {
                roles.add(key.substring(ROLE_LABEL.length()));
              } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
              }
            });
    return roles;
  }

  private static String address(ObjectNode node, String type) {
    for (ObjectNode address : Tree.objects(node.path("status").path("addresses"))) {
      if (Tree.text(address, "type").equals(type)) {
        return Tree.text(address, "address");
      }
    }
    return "<none>";
  }
}
