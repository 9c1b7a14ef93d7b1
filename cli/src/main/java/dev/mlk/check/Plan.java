package dev.mlk.check;

import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Whether the cluster is large enough for so many people at once.
 *
 * @param people how many
 * @param gpus GPUs that each of them uses at the same time
 */
record Plan(int people, int gpus) {
  /** A distributed job of the course: chief, two workers and a parameter server. */
  private static final Quantity CPU = Quantity.parse("2").orElseThrow();

  private static final Quantity MEMORY = Quantity.parse("4Gi").orElseThrow();
  private static final int PODS = 8;

  List<Check<Facts>> checks() {
    String question = "there is room for " + Names.count(people, "person");
    return List.of(
        new Check<>("plan", "gpus", question, this::gpus),
        new Check<>("plan", "cpu", question, facts -> enough(facts, "cpu", CPU, "CPUs", "2 CPUs")),
        new Check<>(
            "plan", "memory", question, facts -> enough(facts, "memory", MEMORY, "memory", "4Gi")),
        new Check<>(
            "plan",
            "pods",
            question,
            facts -> enough(facts, "pods", Quantity.of(PODS), "pods", PODS + " pods")),
        new Check<>("plan", "namespaces", "a namespace a person", this::namespaces));
  }

  /** The namespace of one of them, from 1. */
  String namespace(int person) {
    String number = Integer.toString(person);
    String widest = Integer.toString(people);
    return "learner-" + "0".repeat(Math.max(0, widest.length() - number.length())) + number;
  }

  private static boolean takesPods(JsonNode node) {
    return Nodes.ready(node) && !Nodes.cordoned(node);
  }

  private List<Verdict> gpus(Facts facts) {
    if (gpus == 0) {
      return List.of(Verdict.skip("nobody asks for a GPU", ""));
    }
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              long all = 0;
              Map<Long, Integer> sizes = new TreeMap<>();
              for (JsonNode node : nodes) {
                long has = takesPods(node) ? GpuChecks.gpus(facts, node, "allocatable") : 0;
                all += has;
                if (has > 0) {
                  sizes.merge(has, 1, Integer::sum);
                }
              }
              long wanted = (long) people * gpus;
              String seen =
                  Names.count(all, "GPU")
                      + " on nodes that take pods: enough for "
                      + Names.count(all / gpus, "person")
                      + " with "
                      + gpus
                      + " each";
              if (all >= wanted) {
                return List.of(Verdict.pass(seen));
              }
              long size = sizes.isEmpty() ? 1 : ((TreeMap<Long, Integer>) sizes).lastKey();
              long nodesToAdd = (wanted - all + size - 1) / size;
              return List.of(
                  Verdict.fail(
                      "",
                      seen,
                      wanted + " GPUs for " + Names.count(people, "person"),
                      "add "
                          + Names.count(nodesToAdd, "node")
                          + " with "
                          + Names.count(size, "GPU")
                          + (all >= people
                              ? ", or take turns: --gpus-per-person " + all / people
                              : "")));
            },
            Verdict::unknown);
  }

  private List<Verdict> enough(
      Facts facts, String resource, Quantity each, String what, String eachInWords) {
    return facts
        .list(Resources.NODES)
        .either(
            nodes -> {
              long all = 0;
              long largest = 0;
              for (JsonNode node : nodes) {
                long has =
                    Quantity.parse(
                            node.path("status").path("allocatable").path(resource).asString("0"))
                        .map(Quantity::milli)
                        .orElse(0L);
                all += takesPods(node) ? has : 0;
                largest = Math.max(largest, has);
              }
              long fits = all / each.milli();
              String seen =
                  "room for "
                      + Names.count(fits, "person")
                      + " by "
                      + what
                      + ", at "
                      + eachInWords
                      + " each";
              if (fits >= people) {
                return List.of(Verdict.pass(seen));
              }
              long missing = each.milli() * people - all;
              long nodesToAdd = largest == 0 ? 1 : (missing + largest - 1) / largest;
              return List.of(
                  Verdict.fail(
                      "",
                      seen,
                      "room for " + Names.count(people, "person"),
                      "add " + Names.count(nodesToAdd, "node") + " like the largest there is"));
            },
            Verdict::unknown);
  }

  private List<Verdict> namespaces(Facts facts) {
    return facts
        .list(Resources.NAMESPACES)
        .either(
            found -> {
              List<String> names = found.stream().map(Nodes::name).toList();
              List<String> missing = new ArrayList<>();
              for (int person = 1; person <= people; person++) {
                if (!names.contains(namespace(person))) {
                  missing.add(namespace(person));
                }
              }
              return List.of(
                  missing.isEmpty()
                      ? Verdict.pass("the namespaces " + namespace(1) + " to " + namespace(people))
                      : Verdict.warn(
                          "namespace/" + missing.getFirst(),
                          "no namespace " + Names.some(missing),
                          "a namespace a person, with a quota",
                          "mlk cluster check --for "
                              + people
                              + " --write class.yaml && kubectl apply -f class.yaml"));
            },
            Verdict::unknown);
  }

  /** Namespaces, quotas and limits for everybody, as documents for {@code kubectl apply}. */
  String manifest() {
    var text = new StringBuilder();
    for (int person = 1; person <= people; person++) {
      text.append(
          """
          apiVersion: v1
          kind: Namespace
          metadata:
            name: %1$s
            labels: {mlk.dev/learner: "%2$d"}
          ---
          apiVersion: v1
          kind: ResourceQuota
          metadata: {name: learner, namespace: %1$s}
          spec:
            hard:
              requests.cpu: "%3$s"
              requests.memory: %4$s
              requests.nvidia.com/gpu: "%5$d"
              pods: "%6$d"
          ---
          apiVersion: v1
          kind: LimitRange
          metadata: {name: learner, namespace: %1$s}
          spec:
            limits:
            - type: Container
              defaultRequest: {cpu: 100m, memory: 256Mi}
              default: {memory: 2Gi}
          """
              .formatted(namespace(person), person, CPU, MEMORY, gpus, 2 * PODS));
      text.append(person < people ? "---\n" : "");
    }
    return text.toString();
  }
}
