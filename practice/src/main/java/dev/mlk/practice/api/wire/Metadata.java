package dev.mlk.practice.api.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to what the server needs of an object's metadata. */
public final class Metadata {
  private Metadata() {}

  /** The metadata, made when it is not there. */
  public static ObjectNode of(ObjectNode object) {
    return Json.child(object, "metadata");
  }

  /** A text of the metadata, empty when it is not there. */
  public static String text(JsonNode object, String name) {
    return object.path("metadata").path(name).asString("");
  }

  /** {@code metadata.name}. */
  public static String name(JsonNode object) {
    return text(object, "name");
  }

  /** {@code metadata.namespace}. */
  public static String namespace(JsonNode object) {
    return text(object, "namespace");
  }

  /** {@code metadata.uid}. */
  public static String uid(JsonNode object) {
    return text(object, "uid");
  }

  /** Whether deletion has begun. */
  public static boolean terminating(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  /** The finalizers, in order. */
  public static List<String> finalizers(JsonNode object) {
    List<String> found = new ArrayList<>();
    for (JsonNode finalizer : object.path("metadata").path("finalizers")) {
      found.add(finalizer.asString());
    }
    return found;
  }

  /** Sets the finalizers; none removes the member. */
  public static void setFinalizers(ObjectNode object, List<String> finalizers) {
    ObjectNode metadata = of(object);
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
      return;
    }
    ArrayNode list = metadata.putArray("finalizers");
    finalizers.forEach(list::add);
  }

  /** A moment as Kubernetes writes it: seconds, UTC. */
  public static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
