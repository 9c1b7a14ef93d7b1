package dev.mlk.practice.api.catalog;

import dev.mlk.practice.schema.Bodies.Body;
import dev.mlk.practice.schema.Decoding;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a custom resource definition says of one version beyond names and rules. */
public interface CustomKind {
  /** The version in which objects are stored. */
  String storageVersion();

  /** The warning for users of this version, empty for none. */
  String deprecation();

  /** Holds a body against the schema: unknown and duplicate fields, types of the metadata. */
  Decoding.Result check(Body body);

  /** Drops the fields that the schema does not have. */
  void prune(ObjectNode object);

  /** The schema as the definition has it. */
  ObjectNode openApi();

  /** Where the scale subresource finds its numbers; empty when there is none. */
  Optional<ScalePaths> scale();

  /**
   * Paths of the scale subresource, such as {@code .spec.replicas}.
   *
   * @param specReplicas the wanted number
   * @param statusReplicas the actual number
   * @param selector the label selector's text, empty for none
   */
  record ScalePaths(String specReplicas, String statusReplicas, String selector) {}
}
