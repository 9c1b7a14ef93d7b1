package dev.mlk.practice.node;

import java.time.Instant;
import java.util.Optional;

/**
 * How often a container tried to get one image, and when it may try again. Another image is tried
 * at once, as by the kubelet, which counts for each pod and image.
 */
final class PullTries {
  final BackOff backOff = new BackOff();

  /** When the pull that is under way began and until when it takes. */
  Optional<Instant> began = Optional.empty();

  Optional<Instant> through = Optional.empty();
  Optional<Instant> failed = Optional.empty();
  String failure = "";
  int count;
}
