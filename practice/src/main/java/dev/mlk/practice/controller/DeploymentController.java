package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Index;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rolls out deployments: one replica set for each template, replicas moved between them. */
final class DeploymentController {
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";
  private static final String MAX = "deployment.kubernetes.io/max-replicas";
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private final Shared shared;
  private final EventRecorder events;
  private final Index setsByOwner;
  private final Expectations written;
  private final DeploymentStatus statuses;

  private DeploymentController(Shared shared) {
    this.shared = shared;
    events = shared.events("deployment-controller");
    written = new Expectations(shared.informer(Resources.REPLICA_SETS));
    statuses = new DeploymentStatus(shared);
    setsByOwner =
        new Index(
            shared.informer(Resources.REPLICA_SETS),
            set ->
                Owners.controllerOf(set)
                    .map(owner -> List.of(Fields.text(owner, "uid")))
                    .orElse(List.of()));
  }

  static void start(Shared shared) {
    var deployments = new DeploymentController(shared);
    Controller controller =
        shared.start(
            "deployment",
            4,
            List.of(Resources.DEPLOYMENTS, Resources.REPLICA_SETS, Resources.PODS),
            deployments::reconcile);
    controller.follow(shared.informer(Resources.DEPLOYMENTS));
    shared.follow(controller, Resources.REPLICA_SETS, "Deployment");
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.DEPLOYMENTS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      written.forget(key);
      return Optional.empty();
    }
    ObjectNode deployment = found.get();
    if (!written.met(key) || Fields.deleting(deployment)) {
      return Optional.empty();
    }
    List<ObjectNode> sets = new ArrayList<>(setsByOwner.get(Fields.uid(deployment)));
    sets.removeIf(Fields::deleting);
    sets.sort(Rollout.OLDEST_FIRST);
    JsonNode template = Fields.at(deployment, "spec", "template");
    Optional<ObjectNode> fresh =
        sets.stream()
            .filter(set -> TemplateHash.same(Fields.at(set, "spec", "template"), template))
            .findFirst();
    boolean paused = Fields.at(deployment, "spec", "paused").asBoolean(false);
    if (paused) {
      Rollout.scaleOnly(deployment, sets)
          .forEach((set, number) -> scale(key, deployment, set, number));
      return statuses.write(deployment, fresh, sets);
    }
    if (fresh.isEmpty()) {
      if (!recreationWaits(deployment, sets)) {
        create(key, deployment, sets);
      }
      return statuses.write(deployment, Optional.empty(), sets);
    }
    List<ObjectNode> old = new ArrayList<>(sets);
    old.remove(fresh.get());
    if (revise(key, deployment, fresh.get(), old)) {
      // The changed set comes back by its informer, and the rollout goes on with it.
      return statuses.write(deployment, fresh, sets);
    }
    roll(key, deployment, fresh.get(), old);
    cleanUp(deployment, old, fresh.get());
    return statuses.write(deployment, fresh, sets);
  }

  /** Recreate starts nothing new before the last old pod is gone. */
  private boolean recreationWaits(ObjectNode deployment, List<ObjectNode> sets) {
    if (!Rollout.recreates(deployment)) {
      return false;
    }
    boolean waits = false;
    for (ObjectNode set : sets) {
      if (Rollout.wanted(set) > 0) {
        scale(Key.of(deployment), deployment, set, 0);
      }
      waits |=
          Rollout.wanted(set) > 0 || shared.podsOf(set).stream().anyMatch(p -> !Pods.finished(p));
    }
    return waits;
  }

  private void create(Key key, ObjectNode deployment, List<ObjectNode> sets) {
    int collisions = Fields.number(deployment, 0, "status", "collisionCount");
    String hash = TemplateHash.of(Fields.at(deployment, "spec", "template"), collisions);
    ObjectNode set = Fields.of("apps/v1", "ReplicaSet");
    ObjectNode metadata = set.putObject("metadata");
    metadata.put("name", key.name() + "-" + hash);
    JsonNode template = Fields.at(deployment, "spec", "template");
    ObjectNode labels = metadata.putObject("labels");
    Fields.at(template, "metadata", "labels")
        .properties()
        .forEach(label -> labels.set(label.getKey(), label.getValue()));
    labels.put(TemplateHash.LABEL, hash);
    int revision = sets.stream().mapToInt(Rollout::revision).max().orElse(0) + 1;
    annotate(Fields.object(metadata, "annotations"), deployment, revision);
    Owners.own(deployment, set);
    ObjectNode spec = set.putObject("spec");
    spec.put(
        "replicas",
        new Rollout(deployment, withReplicas(0), sets)
            .next().values().stream().filter(number -> number > 0).findFirst().orElse(0));
    spec.put("minReadySeconds", Fields.number(deployment, 0, "spec", "minReadySeconds"));
    ObjectNode selector = (ObjectNode) Fields.at(deployment, "spec", "selector").deepCopy();
    Fields.object(selector, "matchLabels").put(TemplateHash.LABEL, hash);
    spec.set("selector", selector);
    ObjectNode copy = (ObjectNode) template.deepCopy();
    Fields.object(Fields.object(copy, "metadata"), "labels").put(TemplateHash.LABEL, hash);
    spec.set("template", copy);
    try {
      ObjectNode made = shared.client().create(Resources.REPLICA_SETS, key.namespace(), set);
      written.created(key, made);
      int replicas = Rollout.wanted(made);
      if (replicas > 0) {
        scaled(deployment, Fields.name(made), 0, replicas);
      }
    } catch (ApiException e) {
      collided(key, deployment, metadata.path("name").asString(""), collisions, e);
    }
  }

  private static ObjectNode withReplicas(int replicas) {
    ObjectNode set = Fields.newObject();
    set.putObject("spec").put("replicas", replicas);
    return set;
  }

  /** The name is taken by another template's set: the next try hashes differently. */
  private void collided(
      Key key, ObjectNode deployment, String name, int collisions, ApiException e) {
    Optional<ObjectNode> there =
        e.conflict()
            ? shared.client().find(Resources.REPLICA_SETS, key.namespace(), name)
            : Optional.empty();
    if (there.isPresent() && !Owners.controls(deployment, there.get())) {
      ObjectNode changed = deployment.deepCopy();
      Fields.object(changed, "status").put("collisionCount", collisions + 1);
      shared.client().updateStatus(Resources.DEPLOYMENTS, changed);
    }
    throw e;
  }

  private static void annotate(ObjectNode annotations, ObjectNode deployment, int revision) {
    annotations.setAll(handedOn(deployment));
    int replicas = Fields.number(deployment, 1, "spec", "replicas");
    annotations.put(REVISION, Integer.toString(revision));
    annotations.put(DESIRED, Integer.toString(replicas));
    annotations.put(MAX, Integer.toString(replicas + Rollout.surge(deployment)));
  }

  /** A deployment's annotations that its current set has as well, such as the change's cause. */
  private static ObjectNode handedOn(ObjectNode deployment) {
    ObjectNode all = Fields.newObject();
    Fields.at(deployment, "metadata", "annotations")
        .properties()
        .forEach(one -> all.set(one.getKey(), one.getValue()));
    return all.remove(List.of(APPLIED, REVISION, DESIRED, MAX));
  }

  /**
   * Gives the current set the highest revision, as a rollback makes an old one new again, and the
   * deployment's annotations. Returns whether there was anything to write.
   */
  private boolean revise(Key key, ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    int highest = old.stream().mapToInt(Rollout::revision).max().orElse(0);
    int revision = Math.max(Rollout.revision(fresh), highest + 1);
    JsonNode there = Fields.at(fresh, "metadata", "annotations");
    boolean same =
        revision == Rollout.revision(fresh)
            && handedOn(deployment).properties().stream()
                .allMatch(one -> one.getValue().equals(there.path(one.getKey())));
    if (!same) {
      ObjectNode patch = Fields.newObject();
      ObjectNode annotations = Fields.object(patch.putObject("metadata"), "annotations");
      annotate(annotations, deployment, revision);
      String before = Integer.toString(Rollout.revision(fresh));
      String history = Fields.at(fresh, "metadata", "annotations").path(HISTORY).asString("");
      if (!before.equals("0")) {
        annotations.put(HISTORY, history.isEmpty() ? before : history + "," + before);
      }
      patch(key, fresh, patch);
    }
    return !same;
  }

  private void roll(Key key, ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    if (!recreationWaits(deployment, old)) {
      new Rollout(deployment, fresh, old)
          .next()
          .forEach((set, number) -> scale(key, deployment, set, number));
    }
  }

  private void scale(Key key, ObjectNode deployment, ObjectNode set, int number) {
    ObjectNode patch = Fields.newObject();
    int replicas = Fields.number(deployment, 1, "spec", "replicas");
    patch
        .putObject("metadata")
        .put("resourceVersion", Fields.text(set, "metadata", "resourceVersion"))
        .putObject("annotations")
        .put(DESIRED, Integer.toString(replicas))
        .put(MAX, Integer.toString(replicas + Rollout.surge(deployment)));
    patch.putObject("spec").put("replicas", number);
    patch(key, set, patch);
    scaled(deployment, Fields.name(set), Rollout.wanted(set), number);
  }

  private void patch(Key key, ObjectNode set, ObjectNode patch) {
    ObjectNode now =
        shared
            .client()
            .patch(
                Resources.REPLICA_SETS.path(key.namespace(), Fields.name(set)),
                ApiClient.PatchType.MERGE,
                patch);
    written.created(key, now);
  }

  private void scaled(ObjectNode deployment, String set, int from, int to) {
    events.normal(
        deployment,
        "ScalingReplicaSet",
        "Scaled "
            + (to > from ? "up" : "down")
            + " replica set "
            + set
            + " from "
            + from
            + " to "
            + to);
  }

  /** Drops the oldest empty sets beyond the revision history. */
  private void cleanUp(ObjectNode deployment, List<ObjectNode> old, ObjectNode fresh) {
    if (Rollout.available(fresh) < Fields.number(deployment, 1, "spec", "replicas")) {
      return;
    }
    int kept = Fields.number(deployment, 10, "spec", "revisionHistoryLimit");
    List<ObjectNode> empty = new ArrayList<>(old);
    empty.removeIf(
        set -> Rollout.wanted(set) > 0 || Fields.number(set, 0, "status", "replicas") > 0);
    for (int i = 0; i < empty.size() - kept; i++) {
      shared
          .client()
          .deleteIfThere(
              Resources.REPLICA_SETS, Fields.namespace(deployment), Fields.name(empty.get(i)));
    }
  }
}
