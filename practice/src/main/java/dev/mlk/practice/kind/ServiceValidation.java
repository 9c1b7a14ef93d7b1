package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spec of a service. */
final class ServiceValidation {
  private static final Set<String> WITH_ADDRESS = Set.of("ClusterIP", "NodePort", "LoadBalancer");

  private ServiceValidation() {}

  static void service(JsonNode spec, Findings findings) {
    String type = Tree.text(spec, "type");
    boolean headless = Tree.text(spec, "clusterIP").equals("None");
    List<ObjectNode> ports = Tree.objects(spec.path("ports"));
    if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
      findings.required("spec.ports");
    }
    if (headless && (type.equals("NodePort") || type.equals("LoadBalancer"))) {
      findings.invalid(
          "spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
    }
    if (type.equals("ExternalName")) {
      external(spec, findings);
    }
    ports(ports, findings);
    LabelValidation.labels(spec.path("selector"), "spec.selector", findings);
    findings.oneOf(spec, "sessionAffinity", "spec", "ClientIP", "None");
    address(spec, findings);
    int index = 0;
    for (String address : Tree.texts(spec.path("externalIPs"))) {
      Addresses.check(address, "spec.externalIPs[" + index++ + "]", findings);
    }
    findings.oneOf(spec, "type", "spec", "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    nodePorts(type, ports, findings);
    policies(spec, type, findings);
  }

  private static void external(JsonNode spec, Findings findings) {
    for (String name : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      if (Tree.has(spec, name)) {
        findings.forbidden("spec." + name, "may not be set for ExternalName services");
      }
    }
    String name = Tree.text(spec, "externalName").replaceFirst("\\.$", "");
    if (name.isEmpty()) {
      findings.required("spec.externalName");
    } else {
      findings.invalid("spec.externalName", name, Names.subdomain(name, false));
    }
  }

  private static void ports(List<ObjectNode> ports, Findings findings) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      ObjectNode port = ports.get(i);
      String path = "spec.ports[" + i + "]";
      String name = Tree.text(port, "name");
      if (!name.isEmpty()) {
        findings.invalid(path + ".name", name, Names.label(name, false));
        if (!names.add(name)) {
          findings.duplicate(path + ".name", name);
        }
      } else if (ports.size() > 1) {
        findings.required(path + ".name");
      }
      findings.port(Tree.number(port, "port"), path + ".port");
      findings.oneOf(port, "protocol", path, "SCTP", "TCP", "UDP");
      findings.portOrName(port.path("targetPort"), path + ".targetPort");
    }
  }

  private static void address(JsonNode spec, Findings findings) {
    List<String> addresses = Tree.texts(spec.path("clusterIPs"));
    String first = Tree.text(spec, "clusterIP");
    if (!addresses.isEmpty() && !addresses.getFirst().equals(first)) {
      findings.invalid(
          "spec.clusterIPs", spec.path("clusterIPs"), "first value must match `clusterIP`");
    }
    for (int i = 0; i < addresses.size(); i++) {
      if (!addresses.get(i).equals("None")) {
        Addresses.check(addresses.get(i), "spec.clusterIPs[" + i + "]", findings);
      }
    }
  }

  private static void nodePorts(String type, List<ObjectNode> ports, Findings findings) {
    Set<String> seenNodePorts = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      ObjectNode port = ports.get(i);
      String path = "spec.ports[" + i + "]";
      String protocol = Tree.text(port, "protocol");
      long nodePort = Tree.number(port, "nodePort");
      if (nodePort != 0 && type.equals("ClusterIP")) {
        findings.forbidden(path + ".nodePort", "may not be used when `type` is 'ClusterIP'");
      }
      if (nodePort != 0 && !seenNodePorts.add(protocol + nodePort)) {
        findings.add(FieldError.duplicate(path + ".nodePort", Long.toString(nodePort)));
      }
      if (!seen.add(protocol + "/" + Tree.number(port, "port"))) {
        findings.add(FieldError.duplicate(path, shown(port).toString()));
      }
    }
  }

  /** A port as Kubernetes' own type shows it: every field, names with capitals. */
  private static ObjectNode shown(ObjectNode port) {
    ObjectNode shown = port.objectNode();
    shown.put("Name", "");
    shown.put("Protocol", Tree.text(port, "protocol"));
    shown.putNull("AppProtocol");
    shown.put("Port", Tree.number(port, "port"));
    shown.put("TargetPort", 0);
    shown.put("NodePort", 0);
    return shown;
  }

  private static void policies(JsonNode spec, String type, Findings findings) {
    if (Tree.has(spec, "allocateLoadBalancerNodePorts") && !type.equals("LoadBalancer")) {
      findings.forbidden(
          "spec.allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'");
    }
    boolean outside = type.equals("NodePort") || type.equals("LoadBalancer");
    if (Tree.has(spec, "externalTrafficPolicy") && !outside) {
      findings.invalid(
          "spec.externalTrafficPolicy",
          Tree.text(spec, "externalTrafficPolicy"),
          "may only be set for externally-accessible services");
    } else {
      findings.oneOfIfPresent(spec, "externalTrafficPolicy", "spec", "Cluster", "Local");
    }
    findings.oneOfIfPresent(spec, "internalTrafficPolicy", "spec", "Cluster", "Local");
  }

  static void update(JsonNode spec, JsonNode old, Findings findings) {
    String before = Tree.text(old, "clusterIP");
    String after = Tree.text(spec, "clusterIP");
    boolean addressed =
        WITH_ADDRESS.contains(Tree.text(spec, "type"))
            && WITH_ADDRESS.contains(Tree.text(old, "type"));
    if (addressed && !before.isEmpty() && !before.equals(after)) {
      findings.invalid("spec.clusterIPs[0]", spec.path("clusterIPs"), "may not change once set");
    }
    service(spec, findings);
  }
}
