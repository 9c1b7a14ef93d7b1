package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;
import dev.mlk.facts.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is said of a node and its GPUs after its smoke pod has ended.
 *
 * @param findings the verdicts
 * @param gpus the GPUs that were verified; none when nothing ran
 */
record Judgement(List<Finding> findings, List<Smoked> gpus) {
  Judgement {
    findings = List.copyOf(findings);
    gpus = List.copyOf(gpus);
  }

  /**
   * Judges.
   *
   * @param sandbox the handler of the pod's runtime class, such as {@code kata-qemu}; empty for the
   *     usual one
   */
  static Judgement of(SmokePlan plan, SmokeEnd end, String sandbox) {
    return switch (end) {
      case SmokeEnd.NotRun not ->
          only(plan, Verdict.fail("", not.why(), not.expected(), not.next()));
      case SmokeEnd.NotAllowed not -> only(plan, missing(not.right()));
      case SmokeEnd.Ran ran -> ran(plan, ran, sandbox);
    };
  }

  private static Judgement only(SmokePlan plan, Verdict verdict) {
    List<Finding> findings = new ArrayList<>(plan.findings());
    findings.add(new Finding(Question.RUN, plan.node().words(), Finding.WHOLE, verdict));
    return new Judgement(findings, List.of());
  }

  /** What cannot be known for want of a right. */
  static Verdict missing(String right) {
    return Verdict.skip(
        "no smoke pod: you may not " + right + "; only what labels say is known",
        "kubectl auth can-i " + right + "; a cluster administrator can grant it");
  }

  private static Judgement ran(SmokePlan plan, SmokeEnd.Ran ran, String sandbox) {
    List<Finding> findings = new ArrayList<>(plan.findings());
    String name = plan.node().name().isEmpty() ? ran.node() : plan.node().name();
    SmokeLog first = ran.logs().getFirst();
    findings.add(new Finding(Question.RUN, name, Finding.WHOLE, run(plan, ran)));
    if (!first.has("start")) {
      return new Judgement(findings, List.of());
    }
    sandbox(plan.node(), first, sandbox)
        .forEach(v -> findings.add(new Finding(Question.SANDBOX, name, Finding.WHOLE, v)));
    fabric(plan.node(), first)
        .forEach(v -> findings.add(new Finding(Question.FABRIC, name, Finding.WHOLE, v)));
    List<Smoked> gpus = Smoked.of(plan, ran.logs());
    for (Smoked gpu : gpus) {
      gpu(gpu, ran.logs())
          .forEach(
              (question, verdict) ->
                  findings.add(new Finding(question, name, gpu.number(), verdict)));
      for (JsonNode peer : gpu.log().all("peer")) {
        if (peer.path("from").asInt(-1) == gpu.index()) {
          findings.add(
              new Finding(Question.PEERS, name, gpu.number(), ArithmeticVerdicts.peer(gpu, peer)));
        }
      }
    }
    return new Judgement(findings, gpus);
  }

  private static Map<Question, Verdict> gpu(Smoked gpu, List<SmokeLog> logs) {
    Map<Question, Verdict> verdicts = new EnumMap<>(Question.class);
    verdicts.put(Question.VISIBLE, DeviceVerdicts.visible(gpu));
    verdicts.put(Question.DRIVER, DeviceVerdicts.driver(gpu));
    verdicts.put(Question.TENSORFLOW, ArithmeticVerdicts.tensorflow(gpu));
    verdicts.put(Question.PRODUCT, ArithmeticVerdicts.product(gpu));
    verdicts.put(Question.SPEED, ArithmeticVerdicts.speed(gpu));
    verdicts.put(Question.MEMORY, ArithmeticVerdicts.memory(gpu));
    verdicts.put(Question.SHARING, DeviceVerdicts.sharing(gpu, logs));
    String error = gpu.log().error("peer", gpu.index());
    if (!error.isEmpty()) {
      verdicts.put(
          Question.PEERS,
          Verdict.fail(
              "",
              "cannot send to another GPU: " + error,
              "a copy that arrives",
              "nvidia-smi topo -p2p r on " + gpu.node().words()));
    }
    return verdicts;
  }

  private static Verdict run(SmokePlan plan, SmokeEnd.Ran ran) {
    SmokeLog first = ran.logs().getFirst();
    String logs = "kubectl logs " + ran.pod();
    if (!ran.failure().isEmpty()) {
      String last = first.lastWords();
      return Verdict.fail(
          "",
          "the smoke pod failed: " + ran.failure() + (last.isEmpty() ? "" : "; last said: " + last),
          "it ends by itself",
          "mlk gpu verify --node " + plan.node().words() + " --image ANOTHER/IMAGE");
    }
    if (!first.has("start")) {
      String last = first.lastWords();
      return Verdict.fail(
          "",
          "the pod said nothing of GPUs" + (last.isEmpty() ? "" : ": " + last),
          "lines of the smoke program",
          logs);
    }
    if (first.simulated() && !plan.node().simulated() && !plan.node().unseen()) {
      return Verdict.fail(
          "",
          "the image only simulates GPUs, and the node is not one of a practice cluster",
          "an image with TensorFlow for GPUs",
          "mlk gpu verify --image " + SmokeImage.NVIDIA.reference());
    }
    boolean ended = ran.logs().stream().allMatch(log -> log.has("end"));
    return ended
        ? Verdict.pass("ran to its end with " + Names.count(plan.verified(), "GPU"))
        : Verdict.fail(
            "",
            "its lines break off: " + first.lastWords(),
            "a last line {\"fact\":\"end\"}",
            logs);
  }

  private static List<Verdict> sandbox(GpuNode node, SmokeLog log, String handler) {
    String inside = log.first("start").path("kernel").asString("");
    String outside = node.object().at("/status/nodeInfo/kernelVersion").asString("");
    String seen = log.first("start").path("sandbox").asString("");
    if (inside.isEmpty() || outside.isEmpty()) {
      return List.of();
    }
    boolean own = !inside.equals(outside) || !seen.isEmpty();
    if (!handler.isEmpty() && !own) {
      return List.of(
          Verdict.fail(
              "",
              "runtime class " + handler + ", yet the pod runs on the node's own kernel " + outside,
              "a kernel of its own",
              "kubectl describe runtimeclass; crictl info on " + node.words()));
    }
    return own
        ? List.of(
            Verdict.pass(
                "sandboxed"
                    + (handler.isEmpty() ? "" : " by " + handler)
                    + ": kernel "
                    + inside
                    + " inside, "
                    + outside
                    + " on the node"))
        : List.of();
  }

  private static List<Verdict> fabric(GpuNode node, SmokeLog log) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Offer offer : node.fabric()) {
      if (offer.allocatable() == 0 || offer.free() == 0) {
        verdicts.add(
            Verdict.skip(
                offer.resource()
                    + ": none is free"
                    + (offer.holders().isEmpty() ? "" : ", held by " + offer.holdersInWords()),
                ""));
      }
    }
    if (verdicts.size() == node.fabric().size()) {
      return verdicts;
    }
    List<JsonNode> ports = log.all("rdma");
    if (ports.isEmpty()) {
      verdicts.add(
          Verdict.fail(
              "",
              "the container was given RDMA and sees no port of it",
              "a device in /sys/class/infiniband",
              "kubectl -n network-operator get pods -o wide"));
    }
    for (JsonNode port : ports) {
      String words =
          port.path("device").asString("")
              + " port "
              + port.path("port").asString("")
              + ": "
              + port.path("state").asString("")
              + ", "
              + port.path("rate").asString("rate unknown");
      verdicts.add(
          port.path("state").asString("").contains("ACTIVE")
              ? Verdict.pass(words)
              : Verdict.fail(
                  "",
                  words,
                  "ACTIVE",
                  "ibstat on " + node.words() + "; a cable, or no subnet manager"));
    }
    return verdicts;
  }
}
