package dev.mlk.practice.api.crd;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the catalogue's custom kinds as the definitions in the store say, tells the definitions'
 * authors by their conditions, and clears up after deleted ones.
 */
public final class CustomKinds implements AutoCloseable {
  /** Holds a deleted definition until its objects are gone. */
  public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private static final Logger LOG = System.getLogger(CustomKinds.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private final Objects objects;
  private final InstantSource clock;
  private final Watch watch;

  /** Whether a definition waits for its objects to go; only the following thread looks. */
  private volatile boolean unfinished;

  private CustomKinds(Objects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
    Served definitions = objects.catalog().require(Resources.CUSTOM_RESOURCES);
    this.watch = objects.store().watch(definitions.prefix(""), objects.store().revision());
  }

  /** Serves the kinds that are defined now, and from then on follows every change. */
  public static CustomKinds start(Objects objects, InstantSource clock) {
    CustomKinds kinds = new CustomKinds(objects, clock);
    kinds.reconcile();
    Thread.ofVirtual().name("custom-kinds").start(kinds::follow);
    return kinds;
  }

  private void follow() {
    while (!watch.closed()) {
      try {
        if (!watch.next(LOOK_AGAIN).isEmpty() || unfinished) {
          reconcile();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (StoreException.Broken e) {
        LOG.log(Level.WARNING, "custom kinds are no longer followed: " + e.getMessage());
        return;
      }
    }
  }

  private void reconcile() {
    List<Served> served = new ArrayList<>();
    for (ObjectNode definition : objects.list(Resources.CUSTOM_RESOURCES, "")) {
      List<Served> versions = CustomVersion.of(definition);
      served.addAll(versions);
    }
    objects.catalog().setCustom(served);
    boolean waits = false;
    for (ObjectNode definition : objects.list(Resources.CUSTOM_RESOURCES, "")) {
      if (Metadata.terminating(definition)) {
        waits = true;
        clear(definition);
      } else if (!condition(definition, "Established")) {
        change(definition, this::establish);
      }
    }
    unfinished = waits;
  }

  private static boolean condition(JsonNode definition, String type) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private ObjectNode establish(ObjectNode definition) {
    ObjectNode status = Json.child(definition, "status");
    ArrayNode conditions = status.putArray("conditions");
    condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
    condition(
        conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted");
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
    return definition;
  }

  private void condition(ArrayNode conditions, String type, String reason, String message) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", Metadata.time(clock.instant()))
        .put("reason", reason)
        .put("message", message);
  }

  /** Deletes the objects of a deleted definition, then lets it go. */
  private void clear(ObjectNode definition) {
    if (!Metadata.finalizers(definition).contains(CLEANUP)) {
      return;
    }
    List<Served> versions = CustomVersion.of(definition);
    boolean left = false;
    if (!versions.isEmpty()) {
      Served served = versions.getFirst();
      for (var stored : objects.store().list(served.prefix("")).values()) {
        left |= !remove(served, objects.decode(served, stored));
      }
    }
    if (!left) {
      change(
          definition,
          changed -> {
            List<String> finalizers = new ArrayList<>(Metadata.finalizers(changed));
            finalizers.remove(CLEANUP);
            Metadata.setFinalizers(changed, finalizers);
            return changed;
          });
    }
  }

  /** Whether the object is gone. */
  private boolean remove(Served served, ObjectNode object) {
    long revision = Objects.revision(object);
    if (Metadata.finalizers(object).isEmpty()) {
      return objects.delete(served, object, revision).isPresent();
    }
    if (!Metadata.terminating(object)) {
      Metadata.of(object).put("deletionTimestamp", Metadata.time(clock.instant()));
      Metadata.of(object).put("deletionGracePeriodSeconds", 0);
      objects.update(served, object, revision);
    }
    return false;
  }

  /** Changes a definition as it is; when somebody was faster, the next look does it. */
  private void change(ObjectNode definition, UnaryOperator<ObjectNode> change) {
    Served served = objects.catalog().require(Resources.CUSTOM_RESOURCES);
    ObjectNode changed = change.apply(definition.deepCopy());
    long revision = Objects.revision(definition);
    boolean ends = Metadata.terminating(changed) && Metadata.finalizers(changed).isEmpty();
    if (ends) {
      objects.delete(served, changed, revision);
    } else {
      objects.update(served, changed, revision);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
