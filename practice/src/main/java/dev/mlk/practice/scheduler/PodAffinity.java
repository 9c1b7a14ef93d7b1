package dev.mlk.practice.scheduler;

import dev.mlk.practice.select.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Affinity and anti-affinity between one pod and the pods that are placed already. */
final class PodAffinity {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  /** A term, with the topology domains in which pods match it. */
  private record Near(JsonNode term, String topologyKey, Set<String> domains) {
    boolean holds(NodeState node) {
      String domain = node.labels().path(topologyKey).asString(null);
      return domain != null && domains.contains(domain);
    }
  }

  private record Weighted(Near near, int weight) {}

  private final Placed pod;
  private final Function<String, JsonNode> namespaceLabels;
  private final Collection<NodeState> nodes;
  private final List<Near> together = new ArrayList<>();
  private final List<Near> apart = new ArrayList<>();
  private final List<Weighted> preferred = new ArrayList<>();
  private final Map<String, Set<String>> keptAway = new HashMap<>();

  /**
   * What counts for the pod.
   *
   * @param nodes all nodes with their pods
   * @param unsociable the placed pods that have anti-affinity, with their nodes
   * @param namespaceLabels a namespace's labels by its name
   */
  PodAffinity(
      Placed pod,
      Collection<NodeState> nodes,
      Map<Placed, NodeState> unsociable,
      Function<String, JsonNode> namespaceLabels) {
    this.pod = pod;
    this.nodes = nodes;
    this.namespaceLabels = namespaceLabels;
    JsonNode affinity = pod.spec().path("affinity");
    for (JsonNode term : affinity.path("podAffinity").path(REQUIRED)) {
      together.add(near(term));
    }
    for (JsonNode term : pod.antiAffinity()) {
      apart.add(near(term));
    }
    for (JsonNode term : affinity.path("podAffinity").path(PREFERRED)) {
      preferred.add(weighted(term, 1));
    }
    for (JsonNode term : affinity.path("podAntiAffinity").path(PREFERRED)) {
      preferred.add(weighted(term, -1));
    }
    unsociable.forEach(this::keepAway);
  }

  Verdict check(NodeState node) {
    for (Near near : together) {
      // The first of a group that wants to be together may go anywhere.
      if (!near.holds(node) && !(near.domains.isEmpty() && selects(near.term, pod, pod))) {
        return Verdict.never("node(s) didn't match pod affinity rules");
      }
    }
    for (Near near : apart) {
      if (near.holds(node)) {
        return Verdict.notNow("node(s) didn't match pod anti-affinity rules");
      }
    }
    for (Map.Entry<String, Set<String>> entry : keptAway.entrySet()) {
      String domain = node.labels().path(entry.getKey()).asString(null);
      if (domain != null && entry.getValue().contains(domain)) {
        return Verdict.notNow("node(s) didn't satisfy existing pods anti-affinity rules");
      }
    }
    return Verdict.FITS;
  }

  /** The sum of the weights of the preferences that the node meets. */
  int preference(NodeState node) {
    int sum = 0;
    for (Weighted one : preferred) {
      sum += one.near.holds(node) ? one.weight : 0;
    }
    return sum;
  }

  private Weighted weighted(JsonNode preference, int sign) {
    return new Weighted(
        near(preference.path("podAffinityTerm")), sign * preference.path("weight").asInt(0));
  }

  private Near near(JsonNode term) {
    String topologyKey = term.path("topologyKey").asString("");
    Set<String> domains = new HashSet<>();
    for (NodeState node : nodes) {
      String domain = node.labels().path(topologyKey).asString(null);
      if (domain != null && !domains.contains(domain)) {
        for (Placed other : node.pods()) {
          if (selects(term, pod, other)) {
            domains.add(domain);
            break;
          }
        }
      }
    }
    return new Near(term, topologyKey, domains);
  }

  private void keepAway(Placed other, NodeState node) {
    if (node.node() == null) {
      return;
    }
    for (JsonNode term : other.antiAffinity()) {
      String topologyKey = term.path("topologyKey").asString("");
      String domain = node.labels().path(topologyKey).asString(null);
      if (domain != null && selects(term, other, pod)) {
        keptAway.computeIfAbsent(topologyKey, _ -> new HashSet<>()).add(domain);
      }
    }
  }

  /** Whether a term of one pod means another pod. */
  private boolean selects(JsonNode term, Placed owner, Placed other) {
    return inNamespaces(term, owner, other.key().namespace())
        && LabelSelector.matches(term.path("labelSelector"), orEmpty(other.labels()));
  }

  private boolean inNamespaces(JsonNode term, Placed owner, String namespace) {
    JsonNode names = term.path("namespaces");
    JsonNode selector = term.path("namespaceSelector");
    if (names.isEmpty() && !selector.isObject()) {
      return owner.key().namespace().equals(namespace);
    }
    for (JsonNode name : names) {
      if (name.asString("").equals(namespace)) {
        return true;
      }
    }
    return selector.isObject()
        && LabelSelector.matches(selector, orEmpty(namespaceLabels.apply(namespace)));
  }

  private static JsonNode orEmpty(JsonNode labels) {
    return labels.isObject() ? labels : JsonNodeFactory.instance.objectNode();
  }
}
