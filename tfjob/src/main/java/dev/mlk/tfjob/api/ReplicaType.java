package dev.mlk.tfjob.api;

import java.util.Optional;

/**
 * The replica types that mean something to the operator, in the order in which it looks at them.
 */
public enum ReplicaType {
  /** Leads the others; its end is the job's end. */
  CHIEF("Chief"),
  /** Evaluates checkpoints beside the training. */
  EVALUATOR("Evaluator"),
  /** The older name of the chief. */
  MASTER("Master"),
  /** Parameter server. */
  PS("PS"),
  /** Computes training steps. */
  WORKER("Worker");

  private final String key;

  ReplicaType(String key) {
    this.key = key;
  }

  /** The canonical key in {@code tfReplicaSpecs}. */
  public String key() {
    return key;
  }

  /** The type that a key means, whatever its case. */
  public static Optional<ReplicaType> of(String key) {
    for (ReplicaType type : values()) {
      if (type.key.equalsIgnoreCase(key)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether pods of this type lead the job: Chief or Master. */
  public boolean leads() {
    return this == CHIEF || this == MASTER;
  }
}
