package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.store.Stored;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a collection.
 *
 * @param revision the moment that it shows
 * @param values its objects
 * @param next where the next part begins, empty after the last one
 * @param remaining how many objects come after it; 0 also when nobody has counted them
 */
record Page(long revision, List<Stored> values, Optional<String> next, long remaining) {
  /**
   * The list's metadata.
   *
   * @param always whether the last page has a {@code continue} as well
   */
  ObjectNode metadata(boolean always) {
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", Long.toString(revision));
    if (next.isPresent()) {
      metadata.put("continue", next.get());
      if (remaining > 0) {
        metadata.put("remainingItemCount", remaining);
      }
    } else if (always) {
      metadata.put("continue", "");
    }
    return metadata;
  }
}
