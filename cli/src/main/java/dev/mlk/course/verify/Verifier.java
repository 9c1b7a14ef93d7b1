package dev.mlk.course.verify;

import dev.mlk.course.Capability;
import dev.mlk.course.Check;
import dev.mlk.course.Status;
import dev.mlk.course.Step;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.check.Checks;
import dev.mlk.course.check.Observation;
import dev.mlk.course.check.Scene;
import dev.mlk.course.diagnosis.Diagnosis;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Judges a step in one scene; it changes nothing. */
public final class Verifier {
  private final Scene scene;
  private final Checks checks;
  private final Diagnosis diagnosis;

  /**
   * In this scene.
   *
   * @param names the names of all objects that the module speaks of
   */
  public Verifier(Scene scene, Set<String> names) {
    this.scene = scene;
    this.checks = new Checks(scene);
    this.diagnosis = new Diagnosis(checks, names);
  }

  /**
   * The verdict on a step.
   *
   * @param passedBefore whether it has passed once
   */
  public StepVerdict verify(Step step, boolean passedBefore) {
    Instant start = scene.clock().instant();
    int requests = scene.cluster().requests();
    List<Verdict> verdicts = new ArrayList<>();
    boolean explained = false;
    for (Check check : step.checks()) {
      Verdict verdict = verdict(step, check, explained);
      explained |= verdict.status() == Status.FAIL;
      verdicts.add(verdict);
    }
    return new StepVerdict(
        step,
        status(verdicts, passedBefore),
        verdicts,
        scene.cluster().requests() - requests,
        Duration.between(start, scene.clock().instant()).toMillis());
  }

  private Verdict verdict(Step step, Check check, boolean explained) {
    Optional<String> lacking =
        lacking(step.requires()).or(() -> lacking(check.requires())).or(() -> undefined(step));
    if (lacking.isPresent()) {
      return Verdict.skip(check.says(), lacking.get());
    }
    Observation observation = checks.look(check.verb(), check.arguments());
    return switch (observation.outcome()) {
      case HOLDS -> Verdict.pass(check.says(), observation.seen());
      case UNKNOWN -> Verdict.skip(check.says(), observation.seen());
      case NOT -> {
        Check.Words words =
            explained ? diagnosis.own(check, observation) : diagnosis.of(step, check, observation);
        yield new Verdict(
            Status.FAIL,
            check.says(),
            words.code(),
            words.seen(),
            words.expected(),
            words.why(),
            words.next());
      }
    };
  }

  private Optional<String> lacking(Set<Capability> required) {
    return required.stream()
        .filter(one -> !scene.can().contains(one))
        .sorted()
        .findFirst()
        .map(one -> "needs " + one.words());
  }

  private Optional<String> undefined(Step step) {
    List<JsonNode> known =
        step.definitions().isEmpty()
            ? List.of()
            : scene.cluster().list(Resources.CUSTOM_RESOURCES, "");
    return step.definitions().stream()
        .filter(name -> known.stream().noneMatch(one -> Nodes.name(one).equals(name)))
        .findFirst()
        .map(name -> "the cluster does not know " + name);
  }

  private static Status status(List<Verdict> verdicts, boolean passedBefore) {
    boolean failed = verdicts.stream().anyMatch(one -> one.status() == Status.FAIL);
    boolean passed = verdicts.stream().anyMatch(one -> one.status() == Status.PASS);
    if (failed) {
      return passedBefore ? Status.REGRESSED : Status.FAIL;
    }
    return passed ? Status.PASS : Status.SKIP;
  }
}
