package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services. Giving out cluster IPs and node ports is the server's business. */
final class ServiceRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.fill(spec, "sessionAffinity", "None");
    if (Tree.text(spec, "sessionAffinity").equals("None")) {
      spec.remove("sessionAffinityConfig");
    } else {
      ObjectNode config = Tree.object(spec, "sessionAffinityConfig");
      Tree.fill(Tree.object(config, "clientIP"), "timeoutSeconds", 10800);
    }
    Tree.fill(spec, "type", "ClusterIP");
    for (ObjectNode port : Tree.objects(spec.path("ports"))) {
      Tree.fill(port, "protocol", "TCP");
      Tree.dropEmpty(port, "name", "targetPort");
      if (!Tree.has(port, "targetPort") || isZero(port.get("targetPort"))) {
        port.set("targetPort", port.path("port").deepCopy());
      }
      if (port.has("nodePort") && Tree.number(port, "nodePort") == 0) {
        port.remove("nodePort");
      }
    }
    Tree.dropEmpty(spec, "ports", "selector", "externalIPs", "clusterIP", "clusterIPs");
    typeDefaults(spec);
    Tree.object(Tree.object(object, "status"), "loadBalancer");
  }

  private static void typeDefaults(ObjectNode spec) {
    String type = Tree.text(spec, "type");
    if (type.equals("ExternalName")) {
      return;
    }
    if (type.equals("NodePort") || type.equals("LoadBalancer")) {
      Tree.fill(spec, "externalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      Tree.fill(spec, "allocateLoadBalancerNodePorts", true);
    }
    Tree.fill(spec, "internalTrafficPolicy", "Cluster");
    if (!Tree.blank(spec, "clusterIP") && !Tree.has(spec, "clusterIPs")) {
      spec.putArray("clusterIPs").add(Tree.text(spec, "clusterIP"));
    }
    // Without selector a headless service is for endpoints of its owner's making, of either family.
    boolean headless = Tree.text(spec, "clusterIP").equals("None");
    boolean both = headless && spec.path("selector").isEmpty();
    Tree.fill(spec, "ipFamilyPolicy", both ? "RequireDualStack" : "SingleStack");
    if (!Tree.has(spec, "ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
      if (both && Tree.text(spec, "ipFamilyPolicy").equals("RequireDualStack")) {
        Tree.list(spec, "ipFamilies").add("IPv6");
      }
    }
  }

  private static boolean isZero(JsonNode port) {
    return port.isNumber() && port.asLong(0) == 0;
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    super.prepareUpdate(object, old);
    ObjectNode spec = Tree.object(object, "spec");
    ObjectNode oldSpec = Tree.object(old, "spec");
    String type = Tree.text(spec, "type");
    // A client that never learnt these values does not lose them by an update without them.
    if (!type.equals("ExternalName")
        && !Tree.text(oldSpec, "type").equals("ExternalName")
        && Tree.blank(spec, "clusterIP")) {
      Tree.keep(spec, oldSpec, "clusterIP");
      Tree.keep(spec, oldSpec, "clusterIPs");
    }
    if (type.equals("ExternalName") && !Tree.text(oldSpec, "type").equals("ExternalName")) {
      for (String name :
          List.of(
              "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")) {
        if (spec.path(name).equals(oldSpec.path(name))) {
          spec.remove(name);
        }
      }
    }
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<String> validateName(String name, boolean prefix) {
    return Names.serviceLabel(name, prefix);
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ServiceValidation.service(object.path("spec"), findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    ServiceValidation.update(object.path("spec"), old.path("spec"), findings);
    return findings.list();
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    return Map.of(
        "spec.clusterIP", Tree.text(object, "spec", "clusterIP"),
        "spec.type", Tree.text(object, "spec", "type"));
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Type", "Cluster-IP", "External-IP", "Port(s)", "Age")
        .wide("Selector")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    return Row.named(object, now)
        .text(Tree.text(spec, "type"))
        .textOr(spec.path("clusterIPs").path(0).asString(""), "<none>")
        .text(external(object))
        .textOr(ports(spec), "<none>")
        .age()
        .text(Labels.format(spec.path("selector")))
        .cells();
  }

  private static String external(ObjectNode service) {
    JsonNode spec = service.path("spec");
    List<String> addresses = new ArrayList<>();
    String type = Tree.text(spec, "type");
    if (type.equals("ExternalName")) {
      return Tree.text(spec, "externalName");
    }
    if (type.equals("LoadBalancer")) {
      for (ObjectNode ingress :
          Tree.objects(Tree.at(service, "status", "loadBalancer", "ingress"))) {
        String ip = Tree.text(ingress, "ip");
        addresses.add(ip.isEmpty() ? Tree.text(ingress, "hostname") : ip);
      }
    }
    addresses.addAll(Tree.texts(spec.path("externalIPs")));
    if (!addresses.isEmpty()) {
      return String.join(",", addresses);
    }
    return type.equals("LoadBalancer") ? "<pending>" : "<none>";
  }

  private static String ports(JsonNode spec) {
    List<String> ports = new ArrayList<>();
    for (ObjectNode port : Tree.objects(spec.path("ports"))) {
      long nodePort = Tree.number(port, "nodePort");
      ports.add(
          Tree.number(port, "port")
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + Tree.text(port, "protocol"));
    }
    return String.join(",", ports);
  }
}
