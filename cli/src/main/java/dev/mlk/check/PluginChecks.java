package dev.mlk.check;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Who offers the GPUs to Kubernetes: a device plugin, a DRA driver, the operator of either. */
final class PluginChecks {
  static final String INSTALL =
      "helm install gpu-operator nvidia/gpu-operator -n gpu-operator --create-namespace";

  private static final Resource POLICIES =
      Resource.cluster("nvidia.com", "v1", "clusterpolicies", "ClusterPolicy");

  private PluginChecks() {}

  static Check<Facts> plugin() {
    return new Check<>(
        "gpu", "plugin", "a device plugin offers them, and is well", PluginChecks::plugin);
  }

  static Check<Facts> operator() {
    return new Check<>(
        "gpu", "operator", "the GPU operator has installed its parts", PluginChecks::operator);
  }

  private static List<Verdict> plugin(Facts facts) {
    return GpuChecks.gpuNodes(facts)
        .either(
            nodes -> {
              if (nodes.isEmpty()) {
                return List.of(
                    Verdict.skip("no node has a GPU, so none needs a device plugin", ""));
              }
              return facts
                  .list(Resources.DAEMON_SETS)
                  .either(sets -> plugin(facts, nodes, sets), Verdict::unknown);
            },
            Verdict::unknown);
  }

  private static List<Verdict> plugin(Facts facts, List<JsonNode> nodes, List<JsonNode> sets) {
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode set : sets) {
      if (isPlugin(set)) {
        verdicts.add(plugin(set));
      }
    }
    Dra dra = facts.dra().or(Dra.NONE);
    boolean offered =
        nodes.stream().anyMatch(node -> GpuChecks.gpus(facts, node, "allocatable") > 0);
    if (verdicts.isEmpty() && !dra.isEmpty()) {
      return List.of(
          Verdict.pass(
              "DRA driver " + Names.some(dra.drivers()) + " offers GPUs, there is no plugin"));
    }
    if (verdicts.isEmpty()) {
      return List.of(
          offered
              ? Verdict.warn(
                  "",
                  "GPUs are allocatable, but no device plugin is known to run",
                  "a device plugin's DaemonSet, or a DRA driver",
                  "kubectl get daemonsets -A")
              : Verdict.fail(
                  "", "no device plugin and no DRA driver", "one that offers the GPUs", INSTALL));
    }
    return verdicts;
  }

  private static Verdict plugin(JsonNode set) {
    String namespace = set.path("metadata").path("namespace").asString("");
    String object = "daemonset/" + Nodes.name(set);
    long wanted = set.path("status").path("desiredNumberScheduled").asLong(0);
    long ready = set.path("status").path("numberReady").asLong(0);
    String seen = object + " in " + namespace + ": " + ready + " of " + wanted + " pods ready";
    return ready < wanted || wanted == 0
        ? Verdict.fail(
            object,
            seen,
            wanted == 0 ? "a pod on each GPU node" : "all of them ready",
            "kubectl -n " + namespace + " describe " + object)
        : Verdict.pass(object, seen);
  }

  private static boolean isPlugin(JsonNode set) {
    String text = Nodes.name(set).toLowerCase(Locale.ROOT);
    return text.contains("device-plugin")
        || text.contains("gpu-plugin")
        || text.contains("dra-driver");
  }

  /** The operator says in its ClusterPolicy whether all that it installs is ready. */
  private static List<Verdict> operator(Facts facts) {
    Known<List<JsonNode>> policies = facts.list(POLICIES);
    return policies.either(
        all -> {
          List<Verdict> verdicts = new ArrayList<>();
          for (JsonNode policy : all) {
            String object = "clusterpolicy/" + Nodes.name(policy);
            String state = policy.path("status").path("state").asString("");
            verdicts.add(
                state.equals("ready")
                    ? Verdict.pass(object, object + " is ready")
                    : state.equals("ignored")
                        ? Verdict.skip(object + " is ignored: there is another one", "")
                        : Verdict.fail(
                            object,
                            unready(object, policy),
                            "state ready",
                            "kubectl describe " + object));
          }
          return verdicts.isEmpty()
              ? List.of(Verdict.skip("no GPU operator: what it brings is looked at by itself", ""))
              : verdicts;
        },
        Verdict::unknown);
  }

  private static String unready(String object, JsonNode policy) {
    String state = policy.path("status").path("state").asString("");
    String why = Nodes.condition(policy, "Error").path("message").asString("");
    if (why.isEmpty()) {
      why = Nodes.condition(policy, "Ready").path("message").asString("");
    }
    return object
        + (state.isEmpty() ? " has no state: its operator does not run" : " is " + state)
        + (why.isEmpty() ? "" : ": " + why);
  }
}
