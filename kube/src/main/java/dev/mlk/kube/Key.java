package dev.mlk.kube;

import tools.jackson.databind.JsonNode;

/**
 * An object's name within its resource.
 *
 * @param namespace its namespace, empty for cluster-wide resources
 * @param name its name
 */
public record Key(String namespace, String name) {
  /** The key of an object. */
  public static Key of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new Key(metadata.path("namespace").asString(""), metadata.path("name").asString(""));
  }

  /** {@code namespace/name}, or just the name. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
