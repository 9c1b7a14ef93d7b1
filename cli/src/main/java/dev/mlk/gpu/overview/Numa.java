package dev.mlk.gpu.overview;

import dev.mlk.practice.select.PodResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The NUMA zones of one node, from its NodeResourceTopology (topology.node.k8s.io/v1alpha2).
 *
 * @param policy the kubelet's topology manager policy; empty when not told
 * @param zones the zones, by name
 */
record Numa(String policy, List<Zone> zones) {
  /**
   * One zone.
   *
   * @param name its name, such as {@code node-0}
   * @param capacity what it has: CPU in thousandths, everything else in units of one
   * @param available what of it is free
   * @param costs how far it is to each zone; 10 is itself
   */
  record Zone(
      String name,
      Map<String, Long> capacity,
      Map<String, Long> available,
      Map<String, Long> costs) {
    Zone {
      capacity = new TreeMap<>(capacity);
      available = new TreeMap<>(available);
      costs = new TreeMap<>(costs);
    }
  }

  Numa {
    zones = List.copyOf(zones);
  }

  /** The zones of all nodes, by the node's name. */
  static Map<String, Numa> read(JsonNode list) {
    Map<String, Numa> all = new HashMap<>();
    for (JsonNode item : list.path("items")) {
      all.put(item.path("metadata").path("name").asString(""), of(item));
    }
    return all;
  }

  private static Numa of(JsonNode topology) {
    String policy = topology.path("topologyPolicies").path(0).asString("");
    for (JsonNode attribute : topology.path("attributes")) {
      if (attribute.path("name").asString("").equals("topologyManagerPolicy")) {
        policy = attribute.path("value").asString("");
      }
    }
    List<Zone> zones = new ArrayList<>();
    for (JsonNode zone : topology.path("zones")) {
      if (zone.path("type").asString("").equals("Node")) {
        zones.add(zone(zone));
      }
    }
    return new Numa(policy, zones);
  }

  private static Zone zone(JsonNode zone) {
    Map<String, Long> capacity = new HashMap<>();
    Map<String, Long> available = new HashMap<>();
    for (JsonNode resource : zone.path("resources")) {
      String name = resource.path("name").asString("");
      capacity.put(name, PodResources.amount(name, resource.path("capacity")));
      available.put(name, PodResources.amount(name, resource.path("available")));
    }
    Map<String, Long> costs = new HashMap<>();
    for (JsonNode cost : zone.path("costs")) {
      costs.put(cost.path("name").asString(""), cost.path("value").asLong(0));
    }
    return new Zone(zone.path("name").asString(""), capacity, available, costs);
  }
}
