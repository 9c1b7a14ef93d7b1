package dev.mlk.practice.node;

import dev.mlk.practice.node.image.Catalog;
import dev.mlk.practice.node.image.Image;
import dev.mlk.practice.node.image.PullError;
import dev.mlk.practice.node.image.PullRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Gets a container its image, or says why not, in the words of the kubelet and of containerd.
 * Nothing is transferred; how long it seems to take and what goes wrong can be set.
 */
final class ImagePuller {
  private final NodeRoom room;
  private final PullSecrets secrets;

  ImagePuller(NodeRoom room) {
    this.room = room;
    this.secrets = new PullSecrets(room);
  }

  /**
   * The image of a container.
   *
   * @param spec the pod's
   * @throws StartException while there is none, with the reason that the status shows
   */
  Image pull(PodRef pod, ContainerSlot slot, JsonNode spec) throws StartException {
    String name = slot.spec().path("image").asString("");
    if (!Catalog.valid(name)) {
      String why =
          "Failed to apply default image tag \""
              + name
              + "\": couldn't parse image name \""
              + name
              + "\": invalid reference format";
      warning(pod, slot, "InspectFailed", why);
      throw failed(pod, slot, "InvalidImageName", why);
    }
    Optional<PullRule> set = room.pulls().of(name);
    Optional<Image> image =
        room.catalog().find(set.map(PullRule::as).filter(each -> !each.isEmpty()).orElse(name));
    PullRule rule = set.or(() -> image.map(Image::pull)).orElse(PullRule.PLAIN);
    String policy = slot.spec().path("imagePullPolicy").asString("IfNotPresent");
    boolean present = room.images().containsKey(name) && image.isPresent();
    boolean allowed = !rule.secret() || secrets.allow(pod, spec, name);
    if (present && allowed && !policy.equals("Always")) {
      String message =
          "Container image \""
              + name
              + "\" already present on machine and can be accessed by the pod";
      normal(pod, slot, "Pulled", message);
      return image.get();
    }
    if (policy.equals("Never")) {
      String message = "Container image \"" + name + "\" is not present with pull policy of Never";
      warning(pod, slot, "ErrImageNeverPull", message);
      throw failed(pod, slot, "ErrImageNeverPull", message);
    }
    begin(pod, slot, name, present ? Duration.ZERO : rule.takes());
    Optional<String> problem = problem(rule, slot, name, allowed);
    if (problem.isPresent() || image.isEmpty()) {
      throw notPulled(pod, slot, name, problem.orElseGet(() -> room.catalog().absence(name)));
    }
    return pulled(pod, slot, image.get(), rule);
  }

  private static Optional<String> problem(
      PullRule rule, ContainerSlot slot, String name, boolean allowed) {
    if (!allowed) {
      return Optional.of(PullError.UNAUTHORIZED.message(name));
    }
    boolean now = rule.times() == 0 || slot.pulls().count <= rule.times();
    return rule.error().filter(_ -> now).map(error -> error.message(name));
  }

  /** Returns when the pull is through, and not at all while it waits. */
  private void begin(PodRef pod, ContainerSlot slot, String name, Duration takes)
      throws StartException {
    Instant now = room.ticker().instant();
    PullTries tries = slot.pulls();
    if (tries.through.isPresent()) {
      if (now.isBefore(tries.through.get())) {
        throw new StartException("ContainerCreating", "");
      }
      return;
    }
    if (tries.failed.filter(at -> now.isBefore(tries.backOff.until(at))).isPresent()) {
      String message = "Back-off pulling image \"" + name + "\"";
      StartException again = new StartException("ImagePullBackOff", message + ": " + tries.failure);
      if (slot.state.equals(new ContainerState.Waiting(again.reason(), again.getMessage()))) {
        throw again;
      }
      normal(pod, slot, "BackOff", message);
      throw failed(pod, slot, again.reason(), again.getMessage());
    }
    normal(pod, slot, "Pulling", "Pulling image \"" + name + "\"");
    tries.count++;
    tries.began = Optional.of(now);
    if (takes.isPositive()) {
      tries.through = Optional.of(now.plus(takes));
      throw new StartException("ContainerCreating", "");
    }
  }

  private StartException notPulled(PodRef pod, ContainerSlot slot, String name, String why) {
    Instant now = room.ticker().instant();
    PullTries tries = slot.pulls();
    tries.through = Optional.empty();
    tries.failed = Optional.of(now);
    tries.backOff.next(now, now);
    tries.failure = "ErrImagePull: " + why;
    warning(pod, slot, "Failed", "Failed to pull image \"" + name + "\": " + why);
    return failed(pod, slot, "ErrImagePull", why);
  }

  private Image pulled(PodRef pod, ContainerSlot slot, Image image, PullRule rule) {
    String name = slot.spec().path("image").asString("");
    PullTries tries = slot.pulls();
    Duration took = Duration.between(tries.began.orElseThrow(), room.ticker().instant());
    boolean pretended = tries.through.isPresent();
    String time = pretended ? GoDuration.text(took) : "0s";
    tries.began = Optional.empty();
    tries.through = Optional.empty();
    tries.failed = Optional.empty();
    room.images().put(name, true);
    normal(
        pod,
        slot,
        "Pulled",
        "Successfully pulled image \""
            + name
            + "\" in "
            + time
            + " ("
            + time
            + " including waiting). Image size: "
            + rule.bytes()
            + " bytes."
            + (pretended ? " (simulated registry)" : ""));
    return image;
  }

  private StartException failed(PodRef pod, ContainerSlot slot, String reason, String message) {
    warning(pod, slot, "Failed", "Error: " + reason);
    return new StartException(reason, message);
  }

  private void normal(PodRef pod, ContainerSlot slot, String reason, String message) {
    room.events().normal(pod.about(slot.list(), slot.name()), reason, message);
  }

  private void warning(PodRef pod, ContainerSlot slot, String reason, String message) {
    room.events().warning(pod.about(slot.list(), slot.name()), reason, message);
  }
}
