package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of a kind with a status subresource: the main path does not touch the status, and the
 * status path touches nothing else but metadata.
 */
abstract class WithStatus implements KindRules {
  @Override
  public void prepareCreate(ObjectNode object) {
    object.remove("status");
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    Tree.keep(object, old, "status");
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    List<String> names = new ArrayList<>(object.propertyNames());
    names.addAll(old.propertyNames());
    for (String name : names) {
      if (!List.of("status", "metadata", "kind", "apiVersion").contains(name)) {
        Tree.keep(object, old, name);
      }
    }
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }
}
