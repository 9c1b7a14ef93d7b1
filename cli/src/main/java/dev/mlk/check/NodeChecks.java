package dev.mlk.check;

import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Whether the nodes can take work. */
final class NodeChecks {
  private static final List<String> PRESSURES =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

  /** How many minor versions a kubelet may be older than its API server. */
  private static final int SKEW = 3;

  private NodeChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>("nodes", "ready", "all nodes are Ready", NodeChecks::ready),
        new Check<>("nodes", "pressure", "none is short of memory or disk", NodeChecks::pressure),
        new Check<>("nodes", "cordoned", "none is closed to new pods", NodeChecks::cordoned),
        new Check<>("nodes", "taints", "pods without tolerations have a place", NodeChecks::taints),
        new Check<>("nodes", "kubelet", "kubelets fit the API server", NodeChecks::kubelet));
  }

  private static List<Verdict> ready(Facts facts) {
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              if (nodes.isEmpty()) {
                return List.of(
                    Verdict.fail(
                        "",
                        "the cluster has no nodes",
                        "at least one node that runs pods",
                        facts.practice()
                            ? "mlk cluster reset, then mlk cluster start --nodes 3"
                            : "add a node: kubeadm join, or a node pool at your provider"));
              }
              List<String> bad =
                  nodes.stream().filter(node -> !Nodes.ready(node)).map(Nodes::name).toList();
              if (bad.isEmpty()) {
                return List.of(
                    Verdict.pass(Names.count(nodes.size(), "node") + ", all of them Ready"));
              }
              return List.of(
                  Verdict.fail(
                      "node/" + bad.getFirst(),
                      bad.size() + " of " + nodes.size() + " nodes not Ready: " + Names.some(bad),
                      "all nodes Ready",
                      "kubectl describe node " + bad.getFirst()));
            },
            Verdict::unknown);
  }

  private static List<Verdict> pressure(Facts facts) {
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              List<Verdict> verdicts = new ArrayList<>();
              for (String type : PRESSURES) {
                List<String> bad =
                    nodes.stream()
                        .filter(
                            n ->
                                "True".equals(Nodes.condition(n, type).path("status").asString("")))
                        .map(Nodes::name)
                        .toList();
                if (!bad.isEmpty()) {
                  verdicts.add(
                      Verdict.fail(
                          "node/" + bad.getFirst(),
                          type + " on " + Names.some(bad),
                          "no node under pressure: its pods are evicted",
                          "kubectl describe node " + bad.getFirst()));
                }
              }
              return verdicts.isEmpty()
                  ? List.of(Verdict.pass("no node is short of memory, disk or process ids"))
                  : verdicts;
            },
            Verdict::unknown);
  }

  private static List<Verdict> cordoned(Facts facts) {
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              List<String> closed =
                  nodes.stream().filter(Nodes::cordoned).map(Nodes::name).toList();
              return List.of(
                  closed.isEmpty()
                      ? Verdict.pass("no node is cordoned")
                      : Verdict.warn(
                          "node/" + closed.getFirst(),
                          Names.some(closed) + (closed.size() == 1 ? " is" : " are") + " cordoned",
                          "nodes open to new pods",
                          "kubectl uncordon " + String.join(" ", closed)));
            },
            Verdict::unknown);
  }

  private static List<Verdict> taints(Facts facts) {
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              Map<String, List<String>> byTaint = new TreeMap<>();
              int open = 0;
              for (JsonNode node : nodes) {
                List<String> repelling = repelling(node);
                open += repelling.isEmpty() ? 1 : 0;
                repelling.forEach(
                    taint ->
                        byTaint
                            .computeIfAbsent(taint, _ -> new ArrayList<>())
                            .add(Nodes.name(node)));
              }
              if (open == 0 && !nodes.isEmpty()) {
                String taint = byTaint.keySet().iterator().next();
                return List.of(
                    Verdict.fail(
                        "node/" + byTaint.get(taint).getFirst(),
                        "every node has a taint, such as " + taint,
                        "a node for pods without tolerations, or tolerations in every job",
                        "kubectl taint nodes "
                            + byTaint.get(taint).getFirst()
                            + " "
                            + taint
                            + "-"));
              }
              if (byTaint.isEmpty()) {
                return List.of(Verdict.pass("no node has a taint that keeps pods away"));
              }
              List<String> seen = new ArrayList<>();
              byTaint.forEach((taint, on) -> seen.add(taint + " on " + Names.some(on)));
              return List.of(
                  Verdict.pass(String.join("; ", seen) + ": jobs for those nodes tolerate it"));
            },
            Verdict::unknown);
  }

  private static List<String> repelling(JsonNode node) {
    List<String> taints = new ArrayList<>();
    for (JsonNode taint : node.path("spec").path("taints")) {
      String effect = taint.path("effect").asString("");
      String key = taint.path("key").asString("");
      // What the control plane sets by itself has a check of its own.
      if (!effect.equals("PreferNoSchedule") && !key.startsWith("node.kubernetes.io/")) {
        String value = taint.path("value").asString("");
        taints.add(key + (value.isEmpty() ? "" : "=" + value) + ":" + effect);
      }
    }
    return taints;
  }

  private static List<Verdict> kubelet(Facts facts) {
    int server = facts.server().minor();
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              Map<String, List<String>> byVersion = new TreeMap<>();
              List<String> odd = new ArrayList<>();
              for (JsonNode node : nodes) {
                String version =
                    node.path("status").path("nodeInfo").path("kubeletVersion").asString("unknown");
                byVersion.computeIfAbsent(version, _ -> new ArrayList<>()).add(Nodes.name(node));
                int dot = version.indexOf('.');
                int minor = dot < 0 ? -1 : Server.minor(version.substring(dot + 1));
                if (minor >= 0 && server >= 0 && (minor > server || server - minor > SKEW)) {
                  odd.add(Nodes.name(node));
                }
              }
              String seen = "kubelets are " + String.join(", ", byVersion.keySet());
              if (nodes.isEmpty()) {
                return List.of(Verdict.skip("there is no kubelet", ""));
              }
              return List.of(
                  odd.isEmpty()
                      ? Verdict.pass(seen)
                      : Verdict.fail(
                          "node/" + odd.getFirst(),
                          seen + "; the API server is " + facts.server().version(),
                          "at most " + SKEW + " minor versions older, and never newer",
                          "upgrade the kubelet of " + Names.some(odd)));
            },
            Verdict::unknown);
  }
}
