package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.access.User;
import dev.mlk.practice.api.catalog.Served;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write that is about to happen.
 *
 * @param operation what is done
 * @param served the kind
 * @param subresource the subresource, empty for the object itself
 * @param namespace the object's namespace, empty for cluster-wide kinds
 * @param name the object's name
 * @param kind the kind of the object that is sent, another than the resource's for some
 *     subresources
 * @param object the object as it is to be; the old one when it is deleted
 * @param old the object as it is, empty when created
 * @param options the CreateOptions, UpdateOptions or DeleteOptions; null for connections
 * @param user who does it
 * @param dryRun whether nothing will be stored
 * @param warnings where texts for the writer are added
 */
public record Attempt(
    Operation operation,
    Served served,
    String subresource,
    String namespace,
    String name,
    Resource kind,
    ObjectNode object,
    Optional<ObjectNode> old,
    JsonNode options,
    User user,
    boolean dryRun,
    List<String> warnings) {
  /** What is done. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  /** Whether the object itself of that resource is created. */
  boolean creates(Resource resource) {
    return operation == Operation.CREATE && about(resource);
  }

  /** Whether it is about objects of that resource, not their subresources. */
  boolean about(Resource resource) {
    return subresource.isEmpty() && served.resource().equals(resource);
  }
}
