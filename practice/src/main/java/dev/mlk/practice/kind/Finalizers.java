package dev.mlk.practice.kind;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The finalizers in an object's metadata. */
final class Finalizers {
  private Finalizers() {}

  /** Adds one unless it is there. */
  static void add(ObjectNode object, String finalizer) {
    ArrayNode finalizers = Tree.list(Tree.object(object, "metadata"), "finalizers");
    if (!Tree.texts(finalizers).contains(finalizer)) {
      finalizers.add(finalizer);
    }
  }
}
