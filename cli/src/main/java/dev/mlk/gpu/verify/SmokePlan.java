package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What to run on a node, or why nothing.
 *
 * @param node the node
 * @param parts the containers of the smoke pod; none when nothing can be run
 * @param findings what can be said before anything runs
 */
record SmokePlan(GpuNode node, List<Part> parts, List<Finding> findings) {
  /** More containers in one pod would be slow to start and tell no more. */
  private static final long MOST_WITNESSES = 8;

  /**
   * A container.
   *
   * @param resource what it is given
   * @param count how many of it
   * @param witness whether it only says which devices it got
   */
  record Part(String resource, long count, boolean witness) {
    /** Whether it is asked for by a claim. */
    boolean claimed() {
      return Offer.isClaimed(resource);
    }

    /** Whether it is of NVIDIA's, whoever gives it out. */
    boolean nvidia() {
      return resource.startsWith("nvidia.com/") || resource.endsWith(".nvidia.com");
    }
  }

  SmokePlan {
    parts = List.copyOf(parts);
    findings = List.copyOf(findings);
  }

  boolean runs() {
    return !parts.isEmpty();
  }

  /** How many GPUs of the node are verified by arithmetic. */
  long verified() {
    return parts.stream()
        .filter(part -> !part.witness && Offer.isGpu(part.resource))
        .mapToLong(Part::count)
        .sum();
  }

  /** The same with one more thing to say. */
  SmokePlan with(Question question, Verdict verdict) {
    List<Finding> more = new ArrayList<>(findings);
    more.add(finding(node, question, verdict));
    return new SmokePlan(node, parts, more);
  }

  /** For somebody who may not see which GPUs are free: one will be, sooner than all. */
  SmokePlan atMostOne() {
    List<Part> one =
        parts.stream().limit(1).map(part -> new Part(part.resource, 1, false)).toList();
    List<Finding> known =
        findings.stream().filter(finding -> finding.question() != Question.FREE).toList();
    return new SmokePlan(node, one, known)
        .with(
            Question.FREE,
            Verdict.skip(
                "you may not list pods of all namespaces: one GPU is verified, if one is free",
                "a cluster administrator can grant list pods"));
  }

  /** The same without arithmetic. */
  SmokePlan onlyLooking() {
    List<Part> looking =
        parts.stream().map(part -> new Part(part.resource, part.count, true)).toList();
    return new SmokePlan(node, looking, findings);
  }

  /** For a node whose device plugin gives a container no more than one slice of a GPU. */
  SmokePlan sliced() {
    List<Part> two = new ArrayList<>();
    Part first = parts.getFirst();
    two.add(new Part(first.resource, 1, false));
    if (first.count > 1) {
      two.add(new Part(first.resource, 1, true));
    }
    return new SmokePlan(node, two, findings)
        .with(
            Question.SHARING,
            Verdict.warn(
                "",
                "the device plugin gives a container one at a time: its GPUs are shared",
                "one pod a GPU: memory is not divided, one pod can take all of it",
                "kubectl get node " + node.words() + " -o yaml | grep nvidia.com/gpu"));
  }

  static SmokePlan of(GpuNode node) {
    List<Finding> findings = new ArrayList<>();
    if (node.unseen()) {
      return new SmokePlan(node, parts(node), findings);
    }
    boolean takes = state(node, findings);
    if (node.gpus().stream().mapToLong(Offer::allocatable).sum() == 0) {
      findings.add(finding(node, Question.OFFERED, none(node)));
      return new SmokePlan(node, List.of(), findings);
    }
    for (Offer offer : node.gpus()) {
      if (offer.capacity() == 0) {
        continue; // all of it is cut into MIG devices
      }
      offered(node, offer, findings);
      if (takes) {
        free(node, offer, findings);
      }
    }
    return new SmokePlan(node, takes ? parts(node) : List.of(), findings);
  }

  private static Verdict none(GpuNode node) {
    long capacity = node.gpus().stream().mapToLong(Offer::capacity).sum();
    String seen = "it has no GPU, and no label says that it should";
    if (capacity > 0) {
      seen =
          "0 of its "
              + Names.count(capacity, "GPU")
              + " can be given out: its device plugin is not well";
    } else if (Nodes.saysGpu(node.object())) {
      seen = "labels say that it has a GPU, and it offers none: no device plugin runs here";
    }
    return Verdict.fail("", seen, "GPUs in status.allocatable", "mlk cluster check --only gpu");
  }

  private static boolean state(GpuNode node, List<Finding> findings) {
    JsonNode object = node.object();
    if (!Nodes.ready(object)) {
      JsonNode ready = Nodes.condition(object, "Ready");
      String why = ready.path("message").asString(ready.path("reason").asString("no condition"));
      findings.add(
          finding(
              node,
              Question.STATE,
              Verdict.fail(
                  "",
                  "NotReady: " + why,
                  "a node that is Ready",
                  "kubectl describe node " + node.name())));
      return false;
    }
    if (Nodes.cordoned(object)) {
      findings.add(
          finding(
              node,
              Question.STATE,
              Verdict.skip("cordoned: takes no new pods", "kubectl uncordon " + node.name())));
      return false;
    }
    if (!node.troubles().isEmpty()) {
      findings.add(
          finding(
              node,
              Question.STATE,
              Verdict.fail(
                  "",
                  "keeps pods away by itself: " + String.join(", ", node.troubles()),
                  "a node without such taints",
                  "kubectl describe node " + node.name())));
      return false;
    }
    findings.add(finding(node, Question.STATE, Verdict.pass(ready(node))));
    return true;
  }

  private static String ready(GpuNode node) {
    List<String> taints = new ArrayList<>();
    for (JsonNode taint : node.taints()) {
      taints.add(taint.path("key").asString(""));
    }
    return taints.isEmpty()
        ? "Ready"
        : "Ready; pods must tolerate " + String.join(", ", taints) + ", as the smoke pod does";
  }

  private static void offered(GpuNode node, Offer offer, List<Finding> findings) {
    String all = offer.capacity() + " " + offer.resource();
    findings.add(
        finding(
            node,
            Question.OFFERED,
            offer.allocatable() < offer.capacity()
                ? Verdict.fail(
                    "",
                    "offers "
                        + offer.allocatable()
                        + " of its "
                        + all
                        + ": the others are unhealthy",
                    "all of them healthy",
                    Offer.isClaimed(offer.resource())
                        ? "kubectl get resourceslices -o yaml, for the devices' taints"
                        : "kubectl -n kube-system logs -l name=nvidia-device-plugin-ds, for the Xid"
                            + " error")
                : Verdict.pass("offers " + all)));
  }

  private static void free(GpuNode node, Offer offer, List<Finding> findings) {
    if (offer.held() == 0) {
      findings.add(finding(node, Question.FREE, Verdict.pass("all of them are free")));
      return;
    }
    String held = Math.min(offer.held(), offer.allocatable()) + " of " + offer.allocatable();
    findings.add(
        finding(
            node,
            Question.FREE,
            Verdict.skip(
                held
                    + " "
                    + offer.resource()
                    + " held by "
                    + offer.holdersInWords()
                    + (offer.free() == 0
                        ? ": nothing to verify now"
                        : ": only the others are verified"),
                "mlk gpu top")));
  }

  /** A container a resource: CUDA shows a process with a MIG device nothing else. */
  private static List<Part> parts(GpuNode node) {
    List<Part> parts = new ArrayList<>();
    for (Offer offer : node.gpus()) {
      if (offer.free() == 0) {
        continue;
      }
      if (node.replicas() > 1 && !offer.mig() && !Offer.isClaimed(offer.resource())) {
        // One more than there are GPUs: two of them must get the same one, if slices are what they
        // are.
        parts.add(new Part(offer.resource(), 1, false));
        long wanted = Math.min(offer.free() - 1, Math.max(1, node.physical()));
        for (long i = 0; i < Math.min(wanted, MOST_WITNESSES); i++) {
          parts.add(new Part(offer.resource(), 1, true));
        }
      } else {
        parts.add(new Part(offer.resource(), offer.free(), false));
      }
    }
    return parts;
  }

  private static Finding finding(GpuNode node, Question question, Verdict verdict) {
    return new Finding(question, node.words(), Finding.WHOLE, verdict);
  }
}
