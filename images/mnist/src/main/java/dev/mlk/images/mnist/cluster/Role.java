package dev.mlk.images.mnist.cluster;

import java.util.Locale;

/** What a process does in a cluster. */
public enum Role {
  /** Trains alone. */
  LOCAL,
  /** Trains, keeps the checkpoints, and ends the training. */
  CHIEF,
  /** The chief, by its older name. */
  MASTER,
  /** Trains. */
  WORKER,
  /** Parameter server: holds the variables. */
  PS,
  /** Measures the checkpoints that the chief leaves. */
  EVALUATOR;

  /** As TF_CONFIG writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
