package dev.mlk.course.diagnosis;

import dev.mlk.course.Check.Words;
import dev.mlk.course.Workload;
import dev.mlk.course.check.Kinds;
import dev.mlk.course.check.LearnerFiles;
import dev.mlk.course.check.Objects;
import dev.mlk.course.check.Scene;
import dev.mlk.course.check.Trial;
import dev.mlk.facts.Nodes;
import dev.mlk.format.Nearest;
import dev.mlk.manifest.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Why a workload is not there. */
final class Missing {
  private final Workload workload;
  private final Scene scene;
  private final Objects objects;
  private final String called;
  private final Set<String> others;

  Missing(Workload workload, Scene scene, Set<String> others) {
    this.others = others;
    this.workload = workload;
    this.scene = scene;
    this.objects = new Objects(scene);
    this.called = workload.kind() + " " + workload.name();
  }

  /** The first reason that applies; empty when nothing was done yet. */
  Optional<Words> why() {
    List<Supplier<Optional<Words>>> reasons =
        List.of(this::namespace, this::elsewhere, this::otherKind, this::nearName, this::file);
    return reasons.stream().flatMap(reason -> reason.get().stream()).findFirst();
  }

  private Optional<Words> namespace() {
    String name = scene.learner().namespace();
    boolean there =
        scene
            .cluster()
            .reader()
            .attempt("read namespaces", r -> r.find("/api/v1/namespaces/" + name).isPresent())
            .or(true);
    return there
        ? Optional.empty()
        : Optional.of(
            new Words(
                "NS-MISSING",
                "there is no namespace " + name,
                "the namespace " + name,
                "all objects of the workshop live in a namespace of your own",
                "kubectl create namespace " + name));
  }

  private Optional<Words> elsewhere() {
    String own = scene.learner().namespace();
    for (JsonNode object : objects.everywhere(workload.kind())) {
      String namespace = object.path("metadata").path("namespace").asString("");
      // Other learners have objects of the same name in namespaces of their own.
      boolean usual = namespace.equals("default") || namespace.equals("mlk");
      if (Nodes.name(object).equals(workload.name()) && !namespace.equals(own) && usual) {
        return Optional.of(
            new Words(
                "NS-WRONG",
                called + " is in the namespace " + namespace,
                called + " in the namespace " + own,
                "without -n, kubectl takes the namespace of the context",
                "kubectl delete "
                    + workload.kind().toLowerCase(Locale.ROOT)
                    + " -n "
                    + namespace
                    + " "
                    + workload.name()
                    + ", then apply it with -n "
                    + own));
      }
    }
    return Optional.empty();
  }

  private Optional<Words> otherKind() {
    for (String kind : Kinds.WORKLOADS.stream().sorted().toList()) {
      boolean there =
          !kind.equals(workload.kind())
              && objects.select(kind, "", "").stream()
                  .anyMatch(object -> Nodes.name(object).equals(workload.name()));
      if (there) {
        return Optional.of(
            new Words(
                "KIND-" + kind.toUpperCase(Locale.ROOT),
                "there is a " + kind + " " + workload.name(),
                called,
                instead(kind),
                "kubectl delete "
                    + kind.toLowerCase(Locale.ROOT)
                    + " -n ${namespace} "
                    + workload.name()
                    + ", then change kind in your file to "
                    + workload.kind()));
      }
    }
    return Optional.empty();
  }

  private String instead(String kind) {
    return switch (kind) {
      case "Deployment" ->
          "a Deployment keeps its pods running for ever: what has ended is started again";
      case "Pod" -> "a bare Pod is not made again when its node fails or it is evicted";
      case "Job" -> "a Job knows nothing of replicas that must find each other";
      default -> "the step is about a " + workload.kind();
    };
  }

  private Optional<Words> nearName() {
    List<String> names =
        objects.select(workload.kind(), "", "").stream()
            .map(Nodes::name)
            .filter(name -> !others.contains(name))
            .toList();
    return Nearest.to(workload.name(), names)
        .map(
            near ->
                new Words(
                    "NAME-NEAR",
                    "there is a " + workload.kind() + " " + near,
                    called,
                    "the checks look for the object by its name",
                    "correct metadata.name in your file, apply it, and delete " + near));
  }

  private Optional<Words> file() {
    if (workload.file().isEmpty()) {
      return Optional.empty();
    }
    Optional<Manifest> manifest =
        new LearnerFiles(scene.learner().folder()).manifest(workload.file());
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    if (!manifest.get().findings().isEmpty()) {
      return Optional.of(
          new Words(
              "FILE-YAML",
              manifest.get().findings().getFirst().line(),
              "YAML",
              "",
              "correct the file at that line; blanks, not tabs, indent"));
    }
    boolean about =
        manifest.get().documents().stream()
            .anyMatch(document -> document.name().equals(workload.name()));
    return new Trial(scene)
        .refusal(manifest.get())
        .map(this::refused)
        .or(() -> about ? Optional.of(notApplied()) : Optional.empty());
  }

  private Words refused(Trial.Refusal refusal) {
    String seen = refusal.place() + ": " + refusal.message();
    if (refusal.old() || refusal.message().contains("is of the past")) {
      return new Words(
          "API-OLD",
          seen,
          "an apiVersion that this cluster serves",
          "API versions of the past are gone from today's clusters",
          "kubectl api-resources lists what is served");
    }
    return Refusals.known(refusal.message())
        .map(w -> new Words(w.code(), seen, w.expected(), w.why(), w.next()))
        .orElse(
            new Words(
                "REJECTED",
                seen,
                "that the API server accepts it",
                "",
                "kubectl apply -n ${namespace} --dry-run=server -f " + workload.file()));
  }

  private Words notApplied() {
    return new Words(
        "NOT-APPLIED",
        workload.file() + " is right, but the cluster does not have it yet",
        called,
        "a file is only a wish until it is sent to the API server",
        "kubectl apply -n ${namespace} -f " + workload.file());
  }
}
