package dev.mlk.practice.api.admission;

import dev.mlk.practice.api.access.User;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Metadata;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write that is about to happen.
 *
 * @param operation what is done
 * @param served the kind
 * @param subresource the subresource, empty for the object itself
 * @param object the object as it is to be; the old one when it is deleted
 * @param old the object as it is, empty when created
 * @param user who does it
 * @param dryRun whether nothing will be stored
 * @param warnings where texts for the writer are added
 */
public record Attempt(
    Operation operation,
    Served served,
    String subresource,
    ObjectNode object,
    Optional<ObjectNode> old,
    User user,
    boolean dryRun,
    List<String> warnings) {
  /** What is done. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }

  /** Whether the object itself of that resource is created. */
  boolean creates(dev.mlk.kube.Resource resource) {
    return operation == Operation.CREATE && about(resource);
  }

  /** Whether it is about objects of that resource, not their subresources. */
  boolean about(dev.mlk.kube.Resource resource) {
    return subresource.isEmpty() && served.resource().equals(resource);
  }

  /** The object's namespace, empty for cluster-wide kinds. */
  String namespace() {
    return Metadata.namespace(object);
  }

  /** The object's name. */
  String name() {
    return Metadata.name(object);
  }
}
