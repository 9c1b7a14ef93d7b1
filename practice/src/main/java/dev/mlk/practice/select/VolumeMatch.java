package dev.mlk.practice.select;

import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which persistent volume suits a claim. */
public final class VolumeMatch {
  private VolumeMatch() {}

  /**
   * The volume that is reserved for the claim, else the smallest free one that is large enough.
   *
   * @param also what else must hold, such as the node's reach
   */
  public static Optional<ObjectNode> find(
      JsonNode claim, Iterable<ObjectNode> volumes, Predicate<ObjectNode> also) {
    ObjectNode best = null;
    for (ObjectNode volume : volumes) {
      if (!also.test(volume)) {
        continue;
      }
      if (reservedFor(volume, claim)) {
        return Optional.of(volume);
      }
      if (free(volume) && suits(volume, claim) && (best == null || size(volume) < size(best))) {
        best = volume;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Whether the volume's claimRef names the claim. */
  public static boolean reservedFor(JsonNode volume, JsonNode claim) {
    JsonNode reference = volume.path("spec").path("claimRef");
    JsonNode metadata = claim.path("metadata");
    String uid = reference.path("uid").asString("");
    return reference.isObject()
        && reference.path("namespace").equals(metadata.path("namespace"))
        && reference.path("name").equals(metadata.path("name"))
        && (uid.isEmpty() || uid.equals(metadata.path("uid").asString("")));
  }

  private static boolean free(JsonNode volume) {
    return !volume.path("spec").path("claimRef").isObject()
        && !volume.path("metadata").has("deletionTimestamp")
        && volume.path("status").path("phase").asString("").equals("Available");
  }

  /** Class, access modes, volume mode, size and labels are what the claim asks for. */
  private static boolean suits(JsonNode volume, JsonNode claim) {
    JsonNode offered = volume.path("spec");
    JsonNode wanted = claim.path("spec");
    return offered
            .path("storageClassName")
            .asString("")
            .equals(wanted.path("storageClassName").asString(""))
        && offered
            .path("volumeMode")
            .asString("Filesystem")
            .equals(wanted.path("volumeMode").asString("Filesystem"))
        && offersModes(offered.path("accessModes"), wanted.path("accessModes"))
        && size(volume) >= requested(claim)
        && (!wanted.path("selector").isObject()
            || LabelSelector.matches(
                wanted.path("selector"), volume.path("metadata").path("labels")));
  }

  private static boolean offersModes(JsonNode offered, JsonNode wanted) {
    for (JsonNode mode : wanted) {
      boolean there = false;
      for (JsonNode one : offered) {
        there |= one.equals(mode);
      }
      if (!there) {
        return false;
      }
    }
    return true;
  }

  /** The bytes that a claim asks for. */
  public static long requested(JsonNode claim) {
    JsonNode requests = claim.path("spec").path("resources").path("requests");
    return PodResources.amount("storage", requests.path("storage"));
  }

  private static long size(JsonNode volume) {
    JsonNode capacity = volume.path("spec").path("capacity");
    return PodResources.amount("storage", capacity.path("storage"));
  }
}
