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
import java.util.Set;
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
  private static final Set<String> OWN = Set.of("NamesAccepted", "Established");
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
    List<ObjectNode> stored = objects.list(Resources.CUSTOM_RESOURCES, "");
    List<ObjectNode> definitions = new ArrayList<>(stored);
    List<Served> served = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      if (!Metadata.terminating(stored.get(i))) {
        // Those that come later see the names that this one has got.
        definitions.set(i, named(stored.get(i), definitions));
      }
      if (condition(definitions.get(i), "Established")) {
        served.addAll(CustomVersion.of(byAcceptedNames(definitions.get(i))));
      }
    }
    // Served before anybody is told.
    objects.catalog().setCustom(served);
    boolean waits = false;
    for (int i = 0; i < stored.size(); i++) {
      ObjectNode decided = definitions.get(i);
      if (Metadata.terminating(decided)) {
        waits = true;
        clear(decided);
      } else if (!decided.equals(stored.get(i))) {
        change(stored.get(i), _ -> decided);
      }
    }
    unfinished = waits;
  }

  /** The definition with the names that it gets. */
  private ObjectNode named(ObjectNode definition, List<ObjectNode> all) {
    AcceptedNames accepted = AcceptedNames.of(definition, all);
    ObjectNode named = definition.deepCopy();
    ObjectNode status = Json.child(named, "status");
    List<JsonNode> before = new ArrayList<>();
    status.path("conditions").forEach(before::add);
    ArrayNode conditions = status.putArray("conditions");
    boolean good = accepted.conflict().isEmpty();
    conditions.add(
        condition(
            before,
            "NamesAccepted",
            good,
            accepted.conflict().map(AcceptedNames.Conflict::reason).orElse("NoConflicts"),
            accepted.conflict().map(AcceptedNames.Conflict::message).orElse("no conflicts found")));
    // Once it is served it stays so, with the names that it has.
    boolean established = good || condition(definition, "Established");
    conditions.add(
        condition(
            before,
            "Established",
            established,
            established ? "InitialNamesAccepted" : "NotAccepted",
            established ? "the initial names have been accepted" : "not all names are accepted"));
    before.stream()
        .filter(other -> !OWN.contains(other.path("type").asString("")))
        .forEach(conditions::add);
    status.set("acceptedNames", accepted.names());
    return named;
  }

  private static ObjectNode byAcceptedNames(ObjectNode definition) {
    ObjectNode shown = definition.deepCopy();
    Json.child(shown, "spec").set("names", shown.path("status").path("acceptedNames"));
    return shown;
  }

  private static boolean condition(JsonNode definition, String type) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  /** A condition, as it was when it says the same. */
  private JsonNode condition(
      List<JsonNode> before, String type, boolean status, String reason, String message) {
    ObjectNode condition = Json.object().put("type", type).put("status", status ? "True" : "False");
    for (JsonNode old : before) {
      boolean same =
          old.path("type").equals(condition.path("type"))
              && old.path("status").equals(condition.path("status"));
      if (same
          && old.path("reason").asString("").equals(reason)
          && old.path("message").asString("").equals(message)) {
        return old;
      }
    }
    return condition
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
