package dev.mlk.manifest;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a file.
 *
 * @param object the object, the caller's own to change
 * @param places where each value stands, by path ({@code spec.containers[0].image}); the place of a
 *     member is that of its key
 * @param start where the document begins
 */
public record Document(ObjectNode object, Map<String, Place> places, Place start) {
  /** The place of a path, or of the nearest ancestor that the file has. */
  public Place place(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
      at = parent(at);
    }
    return start;
  }

  private static String parent(String path) {
    int end = path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.');
    return end < 0 ? "" : path.substring(0, end);
  }

  /** The object's kind, empty when it has none. */
  public String kind() {
    return object.path("kind").asString("");
  }

  /** The object's apiVersion, empty when it has none. */
  public String apiVersion() {
    return object.path("apiVersion").asString("");
  }

  /** The object's name, empty when it has none. */
  public String name() {
    return object.path("metadata").path("name").asString("");
  }
}
