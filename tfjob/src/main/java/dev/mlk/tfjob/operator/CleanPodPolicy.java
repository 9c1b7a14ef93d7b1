package dev.mlk.tfjob.operator;

import java.util.Optional;

/** Which pods are deleted when a job has ended. */
public enum CleanPodPolicy {
  /** None: even those that still run stay. */
  NONE,
  /** Those that run or wait; those that have ended stay, with their logs. */
  RUNNING,
  /** All of them. */
  ALL;

  /** The policy that a manifest names; a word that means nothing is taken for All, as ever. */
  static Optional<CleanPodPolicy> of(String word) {
    if (word == null || word.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word) {
          case "None" -> NONE;
          case "Running" -> RUNNING;
          default -> ALL;
        });
  }
}
