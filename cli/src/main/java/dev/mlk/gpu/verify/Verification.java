package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;
import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Verifies the GPUs of nodes: reads what can be read, runs a smoke pod on each, judges. */
final class Verification {
  /**
   * What is asked for.
   *
   * @param node the only node; empty for all that have a GPU
   * @param image the smoke pods' image; empty for the usual one of each node
   * @param runtimeClass the smoke pods' runtime class; empty for the usual one
   * @param patience how long all of it may take
   * @param run names the run, unlike any other
   * @param practice whether it is a practice cluster
   */
  record Wanted(
      String node,
      String image,
      String runtimeClass,
      Duration patience,
      String run,
      boolean practice) {}

  private static final Resource ACCESS =
      Resource.cluster(
          "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");

  /** {@code verb resource}, as kubectl auth can-i takes it, with what the API calls them. */
  private static final List<String[]> RIGHTS =
      List.of(
          new String[] {"create jobs.batch", "create", "batch", "jobs", ""},
          new String[] {"delete jobs.batch", "delete", "batch", "jobs", ""},
          new String[] {"list pods", "list", "", "pods", ""},
          new String[] {"get pods/log", "get", "", "pods", "log"});

  private static final Duration PLUGIN_STARTS = Duration.ofSeconds(10);
  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ApiClient client;
  private final InstantSource clock;
  private final Reader reader;
  private final String namespace;
  private final Wanted wanted;
  private final Consumer<String> progress;

  Verification(
      ApiClient client,
      String namespace,
      InstantSource clock,
      Wanted wanted,
      Consumer<String> progress) {
    this.client = client;
    this.clock = clock;
    this.reader = new Reader(client);
    this.namespace = namespace;
    this.wanted = wanted;
    this.progress = progress;
  }

  /** Verifies; the judgements in the order of the nodes' names. */
  List<Judgement> run() {
    List<SmokePlan> plans = plans();
    if (plans.isEmpty()) {
      Verdict none =
          Verdict.fail(
              "",
              "no node has a GPU, or a label of one",
              "GPU nodes, and a device plugin on them",
              "mlk cluster check --only gpu");
      return List.of(
          new Judgement(
              List.of(new Finding(Question.OFFERED, "all nodes", Finding.WHOLE, none)), List.of()));
    }
    Optional<String> missing = missingRight();
    List<SmokePlan> running = plans.stream().filter(SmokePlan::runs).toList();
    if (running.isEmpty() || missing.isPresent()) {
      return plans.stream().map(plan -> unrun(plan, missing)).toList();
    }
    progress.accept(
        "Verifying GPUs of "
            + Names.count(running.size(), "node")
            + " with "
            + image(running.getFirst()).reference()
            + "; Ctrl-C takes the pods away.");
    RuntimeClasses classes = RuntimeClasses.read(reader);
    long start = System.nanoTime();
    Map<SmokePlan, Judgement> judged = smoke(running, classes, wanted.patience);
    Duration left = wanted.patience.minusNanos(System.nanoTime() - start);
    List<SmokePlan> again = running.stream().filter(plan -> judged.get(plan) == null).toList();
    if (!again.isEmpty()) {
      List<SmokePlan> sliced = again.stream().map(SmokePlan::sliced).toList();
      Duration rest = left.isNegative() ? Duration.ZERO : left;
      Map<SmokePlan, Judgement> second = smoke(sliced, classes, rest);
      for (int i = 0; i < again.size(); i++) {
        judged.put(again.get(i), second.get(sliced.get(i)));
      }
    }
    return plans.stream()
        .map(plan -> judged.getOrDefault(plan, new Judgement(plan.findings(), List.of())))
        .toList();
  }

  /** Runs the plans at the same time; no judgement of what must be asked for one by one. */
  private Map<SmokePlan, Judgement> smoke(
      List<SmokePlan> plans, RuntimeClasses classes, Duration patience) {
    List<SmokeJob> jobs = new ArrayList<>();
    List<String> handlers = new ArrayList<>();
    for (SmokePlan plan : plans) {
      RuntimeClasses.Choice choice = classes.choose(plan.node(), wanted.runtimeClass);
      handlers.add(choice.sandbox());
      jobs.add(SmokeJob.of(plan, image(plan), choice.name(), wanted.run, jobs.size(), patience));
    }
    Map<Integer, SmokeEnd> ends;
    try (SmokeRun smoke =
        new SmokeRun(
            client,
            namespace,
            wanted.run,
            patience,
            (place, what) -> progress.accept(plans.get(place).node().words() + ": " + what))) {
      ends = smoke.run(jobs);
    }
    Map<SmokePlan, Judgement> judged = new HashMap<>();
    for (int place = 0; place < plans.size(); place++) {
      SmokePlan plan = plans.get(place);
      SmokeEnd end = ends.get(place);
      boolean oneByOne =
          end instanceof SmokeEnd.Ran ran
              && ran.failure().contains("maximum request size for shared resources");
      if (!oneByOne || plan.verified() == 1) {
        judged.put(plan, Judgement.of(plan, end, handlers.get(place)));
      }
    }
    return judged;
  }

  private SmokeImage image(SmokePlan plan) {
    return wanted.image.isEmpty() ? SmokeImage.of(plan.node()) : new SmokeImage(wanted.image);
  }

  private static Judgement unrun(SmokePlan plan, Optional<String> missing) {
    return missing.isPresent() && plan.runs()
        ? Judgement.of(plan, new SmokeEnd.NotAllowed(missing.get()), "")
        : new Judgement(plan.findings(), List.of());
  }

  /** A device plugin needs a moment on a node that has just come, or been started again. */
  private Known<List<JsonNode>> nodes(Dra dra) {
    long end = System.nanoTime() + PLUGIN_STARTS.toNanos();
    while (true) {
      Known<List<JsonNode>> known =
          reader.attempt("list nodes", r -> r.pages(Resources.NODES.path("")));
      boolean settled = known.or(List.of()).stream().noneMatch(node -> pluginStarts(node, dra));
      if (settled || System.nanoTime() > end) {
        return known;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean pluginStarts(JsonNode node, Dra dra) {
    String created = node.path("metadata").path("creationTimestamp").asString("");
    boolean young =
        !created.isEmpty() && Instant.parse(created).isAfter(clock.instant().minus(YOUNG));
    boolean mayStart = young || !Nodes.label(node, "mlk.dev/simulated-gpu").isEmpty();
    boolean offers = Nodes.gpus(node, "allocatable") > 0 || !dra.of(Nodes.name(node)).isEmpty();
    return Nodes.saysGpu(node) && !offers && mayStart;
  }

  private List<SmokePlan> plans() {
    Dra dra = reader.attempt("list resourceslices", Dra::read).or(Dra.NONE);
    Known<List<JsonNode>> known = nodes(dra);
    if (!(known instanceof Known.Fact<List<JsonNode>> fact)) {
      SmokePlan blind = SmokePlan.of(GpuNode.unseen(wanted.node, wanted.practice));
      return List.of(
          blind.with(
              Question.FREE,
              Verdict.skip(
                  "you may not list nodes: one GPU is verified, "
                      + (wanted.node.isEmpty()
                          ? "wherever the scheduler finds one"
                          : "if one is free"),
                  "a cluster administrator can grant list nodes")));
    }
    Known<Holders> holders =
        reader.attempt("list pods of all namespaces", r -> Holders.read(r, dra));
    List<SmokePlan> plans = new ArrayList<>();
    for (JsonNode node : chosen(fact.value(), dra)) {
      GpuNode seen = GpuNode.of(node, holders.or(Holders.NONE), dra);
      plans.add(holders.known() ? SmokePlan.of(seen) : SmokePlan.of(seen).atMostOne());
    }
    return plans;
  }

  private List<JsonNode> chosen(List<JsonNode> nodes, Dra dra) {
    if (wanted.node.isEmpty()) {
      return nodes.stream()
          .filter(node -> Nodes.saysGpu(node) || !dra.of(Nodes.name(node)).isEmpty())
          .toList();
    }
    for (JsonNode node : nodes) {
      if (Nodes.name(node).equals(wanted.node)) {
        return List.of(node);
      }
    }
    throw new Problem.NotFound(
        Explanation.of("no node is called \"" + wanted.node + "\"")
            .because(
                "nodes with GPUs: "
                    + Names.some(nodes.stream().filter(Nodes::saysGpu).map(Nodes::name).toList()))
            .next("kubectl get nodes"));
  }

  /** The first right that is missing, in words; reviews that are refused count as granted. */
  private Optional<String> missingRight() {
    for (String[] right : RIGHTS) {
      ObjectNode question = Json.object().put("apiVersion", "authorization.k8s.io/v1");
      question.put("kind", "SelfSubjectAccessReview");
      ObjectNode attributes = question.putObject("spec").putObject("resourceAttributes");
      attributes.put("namespace", namespace).put("verb", right[1]).put("group", right[2]);
      attributes.put("resource", right[3]).put("subresource", right[4]);
      try {
        ObjectNode answer = client.create(ACCESS, "", question);
        if (!answer.path("status").path("allowed").asBoolean(false)) {
          return Optional.of(right[0] + " -n " + namespace);
        }
      } catch (ApiException e) {
        if (e.code() != 403 && !e.notFound()) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }
}
