package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoint slices. */
final class EndpointSliceRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    for (ObjectNode port : Tree.objects(object.path("ports"))) {
      if (!Tree.has(port, "name")) {
        port.put("name", "");
      }
      Tree.fill(port, "protocol", "TCP");
    }
    if (!Tree.has(object, "endpoints")) {
      object.putNull("endpoints");
    }
    if (!Tree.has(object, "ports")) {
      object.putNull("ports");
    }
    for (ObjectNode endpoint : Tree.objects(object.path("endpoints"))) {
      Tree.object(endpoint, "conditions");
    }
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public boolean generationDiffers(ObjectNode object, ObjectNode old) {
    return !object.path("endpoints").equals(old.path("endpoints"))
        || !object.path("ports").equals(old.path("ports"))
        || !object.path("addressType").equals(old.path("addressType"))
        || !object.path("metadata").path("labels").equals(old.path("metadata").path("labels"));
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    findings.oneOf(object, "addressType", "", "FQDN", "IPv4", "IPv6");
    List<String> names = new ArrayList<>();
    int index = 0;
    for (ObjectNode port : Tree.objects(object.path("ports"))) {
      String path = "ports[" + index++ + "]";
      String name = Tree.text(port, "name");
      if (!name.isEmpty()) {
        findings.invalid(path + ".name", name, Names.label(name, false));
      }
      if (names.contains(name)) {
        findings.duplicate(path + ".name", name);
      }
      names.add(name);
      findings.oneOf(port, "protocol", path, "SCTP", "TCP", "UDP");
    }
    index = 0;
    for (ObjectNode endpoint : Tree.objects(object.path("endpoints"))) {
      addresses(endpoint, "endpoints[" + index++ + "].addresses", object, findings);
    }
    return findings.list();
  }

  private static void addresses(
      ObjectNode endpoint, String path, ObjectNode slice, Findings findings) {
    List<String> addresses = Tree.texts(endpoint.path("addresses"));
    if (addresses.isEmpty()) {
      findings.required(path, "must contain at least 1 address");
    }
    if (Tree.text(slice, "addressType").equals("FQDN")) {
      return;
    }
    for (int i = 0; i < addresses.size(); i++) {
      Addresses.check(addresses.get(i), path + "[" + i + "]", findings);
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    if (!object.path("addressType").equals(old.path("addressType"))) {
      findings.invalid("addressType", Tree.text(object, "addressType"), "field is immutable");
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("AddressType", "Ports", "Endpoints", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    List<String> ports = new ArrayList<>();
    for (ObjectNode port : Tree.objects(object.path("ports"))) {
      String name = Tree.has(port, "name") ? Tree.text(port, "name") : "*";
      ports.add(Tree.has(port, "port") ? Long.toString(Tree.number(port, "port")) : name);
    }
    List<String> addresses = new ArrayList<>();
    for (ObjectNode endpoint : Tree.objects(object.path("endpoints"))) {
      addresses.addAll(Tree.texts(endpoint.path("addresses")));
    }
    return Row.named(object, now)
        .text(Tree.text(object, "addressType"))
        .textOr(EndpointsRules.shortened(ports), "<unset>")
        .textOr(EndpointsRules.shortened(addresses), "<unset>")
        .age()
        .cells();
  }
}
