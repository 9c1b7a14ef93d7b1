package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.crd.CustomKinds;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.Stored;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Delete: at once, after a grace period, or when the last finalizer is gone. */
final class Removing {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";
  private static final long DEFAULT_GRACE = 30;

  /** Kinds whose deletion answers the object. */
  private static final Set<String> ANSWERED_WHOLE =
      Set.of(
          "pods",
          "services",
          "namespaces",
          "serviceaccounts",
          "persistentvolumes",
          "persistentvolumeclaims",
          "podtemplates",
          "resourcequotas",
          "customresourcedefinitions");

  private final Objects objects;
  private final Admission admission;
  private final Rendering rendering;
  private final Lists lists;
  private final InstantSource clock;

  Removing(Objects objects, Admission admission, Rendering rendering, InstantSource clock) {
    this.objects = objects;
    this.admission = admission;
    this.rendering = rendering;
    this.lists = new Lists(objects, rendering);
    this.clock = clock;
  }

  /** An object after deletion and whether it is gone. */
  private record Outcome(ObjectNode object, boolean gone) {}

  /** Whether a write that leaves the object like this is its end. */
  static boolean endsWith(ObjectNode object) {
    return Metadata.terminating(object)
        && Metadata.finalizers(object).isEmpty()
        && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
        && !(object.path("kind").asString("").equals("Namespace")
            && !object.path("spec").path("finalizers").isEmpty());
  }

  Answer delete(Action action) {
    DeleteOptions options = DeleteOptions.of(action.call());
    Outcome outcome = remove(action, options);
    Resource resource = action.served().resource();
    boolean whole =
        !outcome.gone()
            || (ANSWERED_WHOLE.contains(resource.plural()) && action.served().custom().isEmpty());
    if (whole) {
      return rendering.one(action, 200, outcome.object());
    }
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = ApiError.details(resource, action.name());
    details.put("uid", Metadata.uid(outcome.object()));
    status.set("details", details);
    return rendering.one(action, 200, status);
  }

  /** Deletes what is selected, and answers it as it was before. */
  Answer deleteCollection(Action action) {
    DeleteOptions options = DeleteOptions.of(action.call());
    Reading.Selection selection = Reading.Selection.of(action);
    Served served = action.served();
    Snapshot all = objects.candidates(served, action.namespace(), selection.words());
    List<Stored> chosen =
        all.values().stream()
            .filter(stored -> selection.matches(objects.selectable(served, stored)))
            .toList();
    for (Stored stored : chosen) {
      ObjectNode object = objects.decode(served, stored);
      removeIfThere(
          new Action(
              action.call(),
              action.user(),
              served,
              Metadata.namespace(object),
              Metadata.name(object),
              "",
              action.accepts(),
              action.warnings()),
          options);
    }
    return lists.answer(action, new Page(all.revision(), chosen, Optional.empty(), 0));
  }

  private void removeIfThere(Action action, DeleteOptions options) {
    try {
      remove(action, options);
    } catch (ApiError e) {
      if (e.code() != 404) {
        throw e;
      }
    }
  }

  /** Deletes one object. */
  private Outcome remove(Action action, DeleteOptions options) {
    Served served = action.served();
    Optional<ObjectNode> before = Optional.empty();
    while (true) {
      Optional<ObjectNode> found = objects.find(served, action.namespace(), action.name());
      if (found.isEmpty() && before.isPresent() && served.resource().equals(Resources.PODS)) {
        // Our mark was seen by the pod's node, which was quicker to remove it than this loop.
        return new Outcome(before.get(), true);
      }
      ObjectNode old = found.orElseThrow(() -> ApiError.notFound(served.resource(), action.name()));
      before = found;
      checkPreconditions(served, old, options);
      Attempt attempt =
          new Attempt(
              Attempt.Operation.DELETE,
              served,
              "",
              Metadata.namespace(old),
              Metadata.name(old),
              served.resource(),
              old,
              Optional.of(old),
              WriteOptions.of(action, Attempt.Operation.DELETE),
              action.user(),
              options.dryRun(),
              action.warnings());
      admission.mutate(attempt);
      admission.validate(attempt);
      Optional<Outcome> outcome = once(action, options, old);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
  }

  /** Empty when somebody changed the object meanwhile. */
  private Optional<Outcome> once(Action action, DeleteOptions options, ObjectNode old) {
    Served served = action.served();
    ObjectNode marked = old.deepCopy();
    mark(action, options, marked);
    boolean ends = endsWith(marked) || endsAtOnce(served, marked);
    if (options.dryRun()) {
      return Optional.of(new Outcome(marked, ends));
    }
    long revision = Objects.revision(old);
    if (Changes.none(marked, old) && !ends) {
      return Optional.of(new Outcome(old, false));
    }
    boolean changes = !Changes.none(marked, old);
    if (!ends || (changes && served.resource().equals(Resources.PODS))) {
      Optional<ObjectNode> written = objects.update(served, marked, revision);
      if (written.isEmpty() || !ends) {
        return written.map(object -> new Outcome(object, false));
      }
      revision = Objects.revision(written.get());
    }
    return objects.delete(served, marked, revision).map(object -> new Outcome(object, true));
  }

  /** Kinds without grace and finalizers never get a deletionTimestamp. */
  private static boolean endsAtOnce(Served served, ObjectNode marked) {
    return !Metadata.terminating(marked)
        && Metadata.finalizers(marked).isEmpty()
        && !served.resource().equals(Resources.NAMESPACES);
  }

  private void mark(Action action, DeleteOptions options, ObjectNode object) {
    Resource resource = action.served().resource();
    Metadata.setFinalizers(object, finalizers(action, options, object));
    if (resource.equals(Resources.NAMESPACES)) {
      if (!Metadata.terminating(object)) {
        Metadata.of(object).put("deletionTimestamp", Metadata.time(clock.instant()));
        Json.child(object, "status").put("phase", "Terminating");
      }
      return;
    }
    if (resource.equals(Resources.PODS)) {
      markPod(options, object);
      return;
    }
    if (resource.equals(Resources.CUSTOM_RESOURCES)) {
      holdForCleanup(object);
    }
    if (!Metadata.finalizers(object).isEmpty() && !Metadata.terminating(object)) {
      setDeletion(object, clock.instant(), 0);
    }
  }

  /** A definition stays until the objects of its kind are gone. */
  private static void holdForCleanup(ObjectNode definition) {
    List<String> finalizers = new ArrayList<>(Metadata.finalizers(definition));
    if (!Metadata.terminating(definition) && !finalizers.contains(CustomKinds.CLEANUP)) {
      finalizers.add(CustomKinds.CLEANUP);
      Metadata.setFinalizers(definition, finalizers);
    }
  }

  private void markPod(DeleteOptions options, ObjectNode pod) {
    long grace = podGrace(options, pod);
    if (!Metadata.terminating(pod)) {
      setDeletion(pod, clock.instant().plusSeconds(grace), grace);
      return;
    }
    long before = pod.path("metadata").path("deletionGracePeriodSeconds").asLong(0);
    if (options.grace().isPresent() && grace < before) {
      Instant at = Instant.parse(Metadata.text(pod, "deletionTimestamp"));
      setDeletion(pod, at.minusSeconds(before - grace), grace);
    }
  }

  private static long podGrace(DeleteOptions options, ObjectNode pod) {
    String phase = pod.path("status").path("phase").asString("");
    boolean unscheduled = pod.path("spec").path("nodeName").asString("").isEmpty();
    if (unscheduled || phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    return options
        .grace()
        .orElseGet(
            () -> pod.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE));
  }

  private static void setDeletion(ObjectNode object, Instant at, long grace) {
    ObjectNode metadata = Metadata.of(object);
    boolean first = !metadata.has("deletionTimestamp");
    metadata.put("deletionTimestamp", Metadata.time(at));
    metadata.put("deletionGracePeriodSeconds", grace);
    if (first && metadata.path("generation").asLong(0) > 0) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }

  /** The finalizers after the deletion's propagation policy had its say. */
  private static List<String> finalizers(Action action, DeleteOptions options, ObjectNode object) {
    List<String> finalizers = new ArrayList<>(Metadata.finalizers(object));
    String policy = options.policy();
    boolean decided = finalizers.contains(ORPHAN) || finalizers.contains(FOREGROUND);
    if (policy.isEmpty()) {
      if (!decided && action.served().resource().equals(Resources.JOBS)) {
        policy = "Orphan";
        action
            .warnings()
            .add(
                "child pods are preserved by default when jobs are deleted; set"
                    + " propagationPolicy=Background to remove them or set"
                    + " propagationPolicy=Orphan to suppress this warning");
      } else {
        return finalizers;
      }
    }
    finalizers.remove(ORPHAN);
    finalizers.remove(FOREGROUND);
    switch (policy) {
      case "Orphan" -> finalizers.add(ORPHAN);
      case "Foreground" -> finalizers.add(FOREGROUND);
      default -> {
        // Background: the garbage collector finds the dependents without a finalizer.
      }
    }
    return finalizers;
  }

  private static void checkPreconditions(Served served, ObjectNode old, DeleteOptions options) {
    String name = Metadata.name(old);
    Resource resource = served.resource();
    Resource asKind =
        new Resource(resource.group(), resource.version(), resource.kind(), resource.kind(), true);
    String uid = Metadata.uid(old);
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      throw ApiError.conflict(
          asKind,
          name,
          "the UID in the precondition ("
              + options.uid()
              + ") does not match the UID in record ("
              + uid
              + "). The object might have been deleted and then recreated");
    }
    String version = Metadata.text(old, "resourceVersion");
    if (!options.version().isEmpty() && !options.version().equals(version)) {
      throw ApiError.conflict(
          asKind,
          name,
          "the ResourceVersion in the precondition ("
              + options.version()
              + ") does not match the ResourceVersion in record ("
              + version
              + "). The object might have been modified");
    }
  }
}
