package dev.mlk.practice.api.catalog;

import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.schema.Bodies.Body;
import java.util.List;
import java.util.Optional;

/** What a custom resource definition says of one version beyond names and rules. */
public interface CustomKind {
  /** The version in which objects are stored. */
  String storageVersion();

  /** The warning for users of this version, empty for none. */
  String deprecation();

  /** Drops the fields that the schema does not have, and refuses or warns as the caller wants. */
  void checkFields(Call call, Body body, List<String> warnings);

  /** Drops unknown fields; gives the refusal when the caller wants one, else warns. */
  Optional<String> strictErrors(Call call, Body body, List<String> warnings);

  /** Where the scale subresource finds its numbers: dotted paths; empty when there is none. */
  Optional<ScalePaths> scale();

  /**
   * Paths of the scale subresource.
   *
   * @param specReplicas the wanted number
   * @param statusReplicas the actual number
   * @param selector the label selector's text, empty for none
   */
  record ScalePaths(String specReplicas, String statusReplicas, String selector) {}
}
