package dev.mlk.practice.controller;

import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Keeps a controller from acting on a picture that does not show its own last deeds yet, which
 * would make it create or delete twice. A creation shows once the informer has come to its
 * resourceVersion; a deletion once the pod is marked or gone.
 */
final class Expectations {
  private final Informer pods;
  private final Map<Key, Long> created = new ConcurrentHashMap<>();
  private final Map<Key, Map<String, Key>> deleted = new ConcurrentHashMap<>();

  Expectations(Informer pods) {
    this.pods = pods;
  }

  void created(Key owner, JsonNode pod) {
    created.merge(owner, Fields.version(pod), Math::max);
  }

  void deleted(Key owner, JsonNode pod) {
    deleted
        .computeIfAbsent(owner, _ -> new ConcurrentHashMap<>())
        .put(Fields.uid(pod), Key.of(pod));
  }

  /** Whether the informer shows everything done for this owner; if not, an event will follow. */
  boolean met(Key owner) {
    Long version = created.get(owner);
    if (version != null) {
      if (pods.resourceVersion() < version) {
        return false;
      }
      created.remove(owner);
    }
    Map<String, Key> gone = deleted.get(owner);
    if (gone != null) {
      gone.entrySet().removeIf(entry -> shows(entry.getKey(), entry.getValue()));
      if (!gone.isEmpty()) {
        return false;
      }
      deleted.remove(owner);
    }
    return true;
  }

  private boolean shows(String uid, Key pod) {
    return pods.get(pod.namespace(), pod.name())
        .filter(now -> Fields.uid(now).equals(uid) && !Fields.deleting(now))
        .isEmpty();
  }

  void forget(Key owner) {
    created.remove(owner);
    deleted.remove(owner);
  }
}
