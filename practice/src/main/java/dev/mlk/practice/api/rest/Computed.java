package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Objects of a kind that are not stored, but follow from what there is. */
interface Computed {
  /** All objects, of one namespace or, when it is empty, of all, in order. */
  List<ObjectNode> list(String namespace);

  /**
   * One object.
   *
   * @throws ApiError 404 when it is not there
   */
  ObjectNode get(String namespace, String name);

  /** The metadata of a list. */
  default ObjectNode listMetadata() {
    return Json.object();
  }
}
