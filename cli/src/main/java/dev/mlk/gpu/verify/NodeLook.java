package dev.mlk.gpu.verify;

import dev.mlk.connect.Connection;
import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What a pod with all free GPUs of a node sees there, without any arithmetic: the facts that {@code
 * gpu verify} begins with. The pod goes the same way, and is taken away whatever happens.
 */
public final class NodeLook {
  private final Connection connection;
  private final String image;
  private final Duration patience;
  private final String run;
  private final Consumer<String> progress;

  /**
   * A look.
   *
   * @param image the pod's image; empty for the usual one
   * @param patience how long it may take
   * @param run names the run, unlike any other
   * @param progress is told what is waited for
   */
  public NodeLook(
      Connection connection,
      String image,
      Duration patience,
      String run,
      Consumer<String> progress) {
    this.connection = connection;
    this.image = image;
    this.patience = patience;
    this.run = run;
    this.progress = progress;
  }

  /** The facts that the pod printed, or why there are none. */
  public Known<List<JsonNode>> at(String node) {
    Reader reader = new Reader(connection.client());
    Known<JsonNode> object =
        reader.attempt("get nodes", r -> r.get(Resources.NODES.path("", node)));
    return object.either(
        found -> look(found, reader),
        unknown -> new Known.Unknown<>(unknown.why(), unknown.next()));
  }

  private Known<List<JsonNode>> look(JsonNode found, Reader reader) {
    Dra dra = reader.attempt("list resourceslices", Dra::read).or(Dra.NONE);
    Known<Holders> holders =
        reader.attempt("list pods of all namespaces", r -> Holders.read(r, dra));
    GpuNode node = GpuNode.of(found, holders.or(Holders.NONE), dra);
    SmokePlan plan = SmokePlan.of(node).onlyLooking();
    if (!plan.runs()) {
      return new Known.Unknown<>(
          "no GPU of " + Nodes.name(found) + " is free for a pod that looks", "mlk gpu top");
    }
    SmokeImage chosen = image.isEmpty() ? SmokeImage.of(node) : new SmokeImage(image);
    RuntimeClasses.Choice runtime = RuntimeClasses.read(reader).choose(node, "");
    progress.accept(
        "Looking at "
            + node.words()
            + " with "
            + chosen.reference()
            + "; Ctrl-C takes the pod away.");
    try (SmokeRun smoke =
        new SmokeRun(
            connection.client(),
            connection.namespace(),
            run,
            patience,
            (_, what) -> progress.accept(node.words() + ": " + what))) {
      return facts(
          smoke.run(List.of(SmokeJob.of(plan, chosen, runtime.name(), run, 0, patience))).get(0));
    }
  }

  private static Known<List<JsonNode>> facts(SmokeEnd end) {
    return switch (end) {
      case SmokeEnd.NotRun not ->
          new Known.Unknown<>("no pod could look: " + not.why(), not.next());
      case SmokeEnd.NotAllowed not ->
          new Known.Unknown<>(
              "you may not " + not.right(), "a cluster administrator can grant that right");
      case SmokeEnd.Ran ran when !ran.failure().isEmpty() ->
          new Known.Unknown<>("the pod that looked failed: " + ran.failure(), "");
      case SmokeEnd.Ran ran ->
          new Known.Fact<>(ran.logs().stream().flatMap(log -> log.facts().stream()).toList());
    };
  }
}
