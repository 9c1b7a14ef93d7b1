package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, deletes and adopts the pods of one kind of owner, and remembers what it did. */
final class PodControl {
  private final Shared shared;
  private final EventRecorder events;
  private final Expectations expectations;

  PodControl(Shared shared, EventRecorder events) {
    this.shared = shared;
    this.events = events;
    expectations = new Expectations(shared.informer(Resources.PODS));
  }

  /** Whether the informer shows all that was done for this owner. */
  boolean settled(Key owner) {
    return expectations.met(owner);
  }

  void forget(Key owner) {
    expectations.forget(owner);
  }

  ObjectNode create(Key key, JsonNode owner, ObjectNode pod) {
    try {
      ObjectNode made = shared.client().create(Resources.PODS, key.namespace(), pod);
      expectations.created(key, made);
      events.normal(owner, "SuccessfulCreate", "Created pod: " + Fields.name(made));
      return made;
    } catch (ApiException e) {
      if (!terminating(e)) {
        events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
      }
      throw e;
    }
  }

  private static boolean terminating(ApiException e) {
    return e.code() == 403
        && Fields.at(e.status(), "details", "causes").toString().contains("NamespaceTerminating");
  }

  void delete(Key key, JsonNode owner, ObjectNode pod) {
    if (remove(key, pod)) {
      events.normal(owner, "SuccessfulDelete", "Deleted pod: " + Fields.name(pod));
    }
  }

  /** Deletes a pod without an event; returns whether it was there. */
  boolean remove(Key key, ObjectNode pod) {
    try {
      shared
          .client()
          .delete(
              Resources.PODS,
              Fields.namespace(pod),
              Fields.name(pod),
              Fields.deleteOptions(pod, "Background"));
      expectations.deleted(key, pod);
      return true;
    } catch (ApiException e) {
      if (e.notFound() || e.conflict()) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The pods of an owner: those it controls and still selects, with orphans that it selects adopted
   * and those it no longer selects released.
   */
  List<ObjectNode> claimed(ObjectNode owner) {
    JsonNode selector = Fields.at(owner, "spec", "selector");
    List<ObjectNode> mine = new ArrayList<>();
    for (ObjectNode pod : shared.podsOf(owner)) {
      if (LabelSelector.matches(selector, Fields.at(pod, "metadata", "labels"))) {
        mine.add(pod);
      } else if (!Fields.deleting(pod) && !Fields.deleting(owner)) {
        release(owner, pod);
      }
    }
    if (Fields.deleting(owner)) {
      return mine;
    }
    for (ObjectNode pod : shared.informer(Resources.PODS).in(Fields.namespace(owner))) {
      if (Owners.controllerOf(pod).isEmpty()
          && Pods.active(pod)
          && LabelSelector.matches(selector, Fields.at(pod, "metadata", "labels"))) {
        mine.add(adopt(owner, pod));
      }
    }
    return mine;
  }

  private ObjectNode adopt(ObjectNode owner, ObjectNode pod) {
    ObjectNode changed = Fields.newObject();
    Owners.own(owner, changed);
    ObjectNode metadata = Fields.object(changed, "metadata");
    metadata.put("uid", Fields.uid(pod));
    return shared
        .client()
        .patch(
            Resources.PODS.path(Fields.namespace(pod), Fields.name(pod)),
            ApiClient.PatchType.STRATEGIC,
            changed);
  }

  private void release(ObjectNode owner, ObjectNode pod) {
    ObjectNode patch = Fields.newObject();
    ObjectNode metadata = patch.putObject("metadata").put("uid", Fields.uid(pod));
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("$patch", "delete")
        .put("uid", Fields.uid(owner));
    try {
      shared
          .client()
          .patch(
              Resources.PODS.path(Fields.namespace(pod), Fields.name(pod)),
              ApiClient.PatchType.STRATEGIC,
              patch);
    } catch (ApiException e) {
      if (!e.notFound() && e.code() != 422) {
        throw e;
      }
    }
  }
}
