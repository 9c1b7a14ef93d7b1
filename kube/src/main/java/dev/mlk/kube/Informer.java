package dev.mlk.kube;

import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of all objects of one resource, kept current by a watch, or by asking again and again
 * where watching is not allowed. What it hands out is shared: look, {@code deepCopy} to change.
 */
public interface Informer {
  /** What happened to an object. */
  enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }

  /** Told of every change, in order, on the informer's thread; it must not block. */
  @FunctionalInterface
  interface Handler {
    /**
     * One change.
     *
     * @param before the object before, null when added
     * @param now the object now, or as it last was when deleted
     */
    void changed(Change change, ObjectNode before, ObjectNode now);
  }

  /** All objects known now. */
  Collection<ObjectNode> all();

  /** All objects of a namespace known now. */
  Collection<ObjectNode> in(String namespace);

  /** One object; the namespace is empty for cluster-wide resources. */
  Optional<ObjectNode> get(String namespace, String name);

  /**
   * How far this copy has come: everything up to this resourceVersion is in it. Whoever wrote an
   * object can tell from the answer's resourceVersion whether the copy knows of it already.
   */
  long resourceVersion();

  /**
   * Adds a handler; it is first told of everything already there as added, on the caller's thread.
   */
  void onChange(Handler handler);

  /**
   * Whether the copy is kept current by asking for the list every second, because the server lets
   * this user list but not watch.
   */
  boolean polls();

  /** Waits until the first list has arrived. */
  void awaitSynced() throws InterruptedException;
}
