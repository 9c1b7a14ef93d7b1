package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all controllers share: the client, one informer for each resource, the time. */
final class Shared implements AutoCloseable {
  private final ApiClient client;
  private final Informers informers;
  private final InstantSource clock;
  private final Index podsByOwner;
  private final List<AutoCloseable> running = new ArrayList<>();

  Shared(ApiClient client, Informers informers, InstantSource clock) {
    this.client = client;
    this.informers = informers;
    this.clock = clock;
    podsByOwner =
        new Index(
            informers.on(Resources.PODS),
            pod ->
                Owners.controllerOf(pod)
                    .map(owner -> List.of(Fields.text(owner, "uid")))
                    .orElse(List.of()));
  }

  ApiClient client() {
    return client;
  }

  Informers informers() {
    return informers;
  }

  Informer informer(Resource resource) {
    return informers.on(resource);
  }

  /** The pods that this object controls. */
  Collection<ObjectNode> podsOf(JsonNode owner) {
    return podsByOwner.get(Fields.uid(owner));
  }

  InstantSource clock() {
    return clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** The time as the API writes it. */
  String timestamp() {
    return now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How long until a moment; not negative. */
  Duration until(Instant moment) {
    Duration left = Duration.between(now(), moment);
    return left.isNegative() ? Duration.ZERO : left;
  }

  EventRecorder events(String component) {
    EventRecorder recorder = EventRecorder.of(client, component, clock);
    running.add(recorder);
    return recorder;
  }

  /** Starts a controller; it works only once these resources are known. */
  Controller start(
      String name, int workers, List<Resource> needed, Controller.Reconciler reconciler) {
    List<Informer> sources = needed.stream().map(informers::on).toList();
    Controller controller =
        Controller.start(
            name,
            workers,
            key -> {
              for (Informer source : sources) {
                source.awaitSynced();
              }
              return reconciler.reconcile(key);
            });
    running.add(controller);
    return controller;
  }

  /** Has a controller look at an owner whenever one of its pods changes. */
  void followPods(Controller controller, String ownerKind) {
    follow(controller, Resources.PODS, ownerKind);
  }

  /** Has a controller look at an owner whenever something of this resource that it owns changes. */
  void follow(Controller controller, Resource resource, String ownerKind) {
    informer(resource)
        .onChange(
            (_, before, now) -> {
              enqueueOwner(controller, now, ownerKind);
              if (before != null && !Owners.controllerOf(before).equals(Owners.controllerOf(now))) {
                enqueueOwner(controller, before, ownerKind);
              }
            });
  }

  private static void enqueueOwner(Controller controller, JsonNode object, String ownerKind) {
    Optional<JsonNode> owner = Owners.controllerOf(object);
    if (owner.isPresent() && Fields.text(owner.get(), "kind").equals(ownerKind)) {
      controller.enqueue(new Key(Key.of(object).namespace(), Fields.text(owner.get(), "name")));
    }
  }

  @Override
  public void close() {
    for (AutoCloseable one : running.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        System.getLogger(Shared.class.getName())
            .log(System.Logger.Level.DEBUG, "closing a controller", e);
      }
    }
  }
}
