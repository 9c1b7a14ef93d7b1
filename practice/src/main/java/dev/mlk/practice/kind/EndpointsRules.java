package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints. */
final class EndpointsRules implements KindRules {
  private static final int SHOWN = 3;

  @Override
  public void defaults(ObjectNode object) {
    for (ObjectNode subset : Tree.objects(object.path("subsets"))) {
      for (ObjectNode port : Tree.objects(subset.path("ports"))) {
        Tree.fill(port, "protocol", "TCP");
        Tree.dropEmpty(port, "name");
      }
      Tree.dropEmpty(subset, "addresses", "notReadyAddresses", "ports");
    }
    Tree.dropEmpty(object, "subsets");
  }

  @Override
  public String deprecation() {
    return "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Endpoints", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(addresses(object)).age().cells();
  }

  private static String addresses(ObjectNode endpoints) {
    if (endpoints.path("subsets").isEmpty()) {
      return "<none>";
    }
    List<String> all = new ArrayList<>();
    for (ObjectNode subset : Tree.objects(endpoints.path("subsets"))) {
      List<ObjectNode> addresses = Tree.objects(subset.path("addresses"));
      List<ObjectNode> ports = Tree.objects(subset.path("ports"));
      for (ObjectNode port : ports) {
        for (ObjectNode address : addresses) {
          all.add(Tree.text(address, "ip") + ":" + Tree.number(port, "port"));
        }
      }
      if (ports.isEmpty()) {
        addresses.forEach(address -> all.add(Tree.text(address, "ip")));
      }
    }
    return shortened(all);
  }

  /** The first few, and how many more there are. */
  static String shortened(List<String> all) {
    if (all.size() <= SHOWN) {
      return String.join(",", all);
    }
    return String.join(",", all.subList(0, SHOWN)) + " + " + (all.size() - SHOWN) + " more...";
  }
}
