package dev.mlk.practice.node;

import dev.mlk.practice.node.image.Image;
import java.time.Instant;
import java.util.Optional;

/** Gets a container its image, or says why not. */
final class ImagePuller {
  private final NodeRoom room;

  ImagePuller(NodeRoom room) {
    this.room = room;
  }

  /**
   * The image of a container.
   *
   * @throws StartException while there is none, with the reason that the status shows
   */
  Image pull(PodRef pod, ContainerSlot slot) throws StartException {
    String name = slot.spec().path("image").asString("");
    String policy = slot.spec().path("imagePullPolicy").asString("IfNotPresent");
    Optional<Image> image = room.catalog().find(name);
    boolean present = room.images().containsKey(name);
    if (present && image.isPresent() && !policy.equals("Always")) {
      normal(pod, slot, "Pulled", "Container image \"" + name + "\" already present on machine");
      return image.get();
    }
    if (policy.equals("Never")) {
      String message = "Container image \"" + name + "\" is not present with pull policy of Never";
      warning(pod, slot, "ErrImageNeverPull", message);
      throw new StartException("ErrImageNeverPull", message);
    }
    Instant now = room.ticker().instant();
    if (slot.pullFailed.filter(at -> now.isBefore(slot.pullBackOff().until(at))).isPresent()) {
      String message = "Back-off pulling image \"" + name + "\"";
      normal(pod, slot, "BackOff", message);
      throw new StartException("ImagePullBackOff", message + ": " + slot.pullFailure);
    }
    normal(pod, slot, "Pulling", "Pulling image \"" + name + "\"");
    if (image.isEmpty()) {
      String why = room.catalog().absence(name);
      slot.pullFailed = Optional.of(now);
      slot.pullBackOff().next(now);
      slot.pullFailure = "ErrImagePull: " + why;
      warning(pod, slot, "Failed", "Failed to pull image \"" + name + "\": " + why);
      warning(pod, slot, "Failed", "Error: ErrImagePull");
      throw new StartException("ErrImagePull", why);
    }
    slot.pullFailed = Optional.empty();
    room.images().put(name, true);
    String took = "0s (0s including waiting). Image size: 0 bytes.";
    normal(pod, slot, "Pulled", "Successfully pulled image \"" + name + "\" in " + took);
    return image.get();
  }

  private void normal(PodRef pod, ContainerSlot slot, String reason, String message) {
    room.events().normal(pod.about(slot.list(), slot.name()), reason, message);
  }

  private void warning(PodRef pod, ContainerSlot slot, String reason, String message) {
    room.events().warning(pod.about(slot.list(), slot.name()), reason, message);
  }
}
