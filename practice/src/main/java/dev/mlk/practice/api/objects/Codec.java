package dev.mlk.practice.api.objects;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.store.Stored;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * How objects are kept: the JSON of a GET, kind and apiVersion first. So an answer is the bytes as
 * they are, and a list's item is the same bytes without a prefix of known length.
 */
public final class Codec {
  private Codec() {}

  /** The object's bytes at a revision. */
  static byte[] encode(ObjectNode object, String apiVersion, String kind, long revision) {
    ObjectNode ordered = Json.object();
    ordered.put("kind", kind).put("apiVersion", apiVersion);
    ordered.set("metadata", Metadata.of(object));
    ordered.setAll(object);
    ordered.put("kind", kind).put("apiVersion", apiVersion);
    Metadata.of(ordered).put("resourceVersion", Long.toString(revision));
    return Json.write(ordered);
  }

  /** The bytes that {@link #encode} begins with, up to the metadata. */
  public static byte[] head(String apiVersion, String kind) {
    return ("{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + apiVersion + "\",")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The stored object in the version that is served there. */
  static ObjectNode decode(Served served, Stored stored) {
    ObjectNode object = Json.readObject(stored.value());
    if (served.custom().isPresent()) {
      object.put("apiVersion", served.resource().apiVersion());
      served.rules().defaults(object);
    } else if (served.translated()) {
      object.put("apiVersion", served.resource().apiVersion());
    }
    return object;
  }
}
