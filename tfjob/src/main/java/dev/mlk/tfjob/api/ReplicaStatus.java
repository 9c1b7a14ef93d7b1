package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;

/**
 * Counted pods of one replica type. A count of zero is null, so that it is left out on the wire.
 *
 * @param active pods that run
 * @param succeeded pods that ended with success
 * @param failed pods that ended with an error
 * @param restarts failed pods that were replaced since the job started or was resumed; a member of
 *     this project's own
 * @param selector kept for other operators; not written by this one
 * @param labelSelector kept for other operators; not written by this one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplicaStatus(
    Integer active,
    Integer succeeded,
    Integer failed,
    Integer restarts,
    String selector,
    LabelSelector labelSelector) {
  /** Counts, with zeros left out. */
  public static ReplicaStatus of(int active, int succeeded, int failed, int restarts) {
    return new ReplicaStatus(
        orNull(active), orNull(succeeded), orNull(failed), orNull(restarts), null, null);
  }

  private static Integer orNull(int count) {
    return count == 0 ? null : Integer.valueOf(count);
  }

  /** {@link #active}, 0 if left out. */
  public int activeCount() {
    return active == null ? 0 : active;
  }

  /** {@link #succeeded}, 0 if left out. */
  public int succeededCount() {
    return succeeded == null ? 0 : succeeded;
  }

  /** {@link #failed}, 0 if left out. */
  public int failedCount() {
    return failed == null ? 0 : failed;
  }

  /** {@link #restarts}, 0 if left out. */
  public int restartCount() {
    return restarts == null ? 0 : restarts;
  }
}
