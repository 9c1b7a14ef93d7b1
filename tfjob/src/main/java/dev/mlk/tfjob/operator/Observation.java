package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * All that is seen of one job at one moment.
 *
 * @param pods the job's own pods
 * @param services the job's own services
 * @param now the moment
 */
record Observation(TfJob job, List<Pod> pods, List<Service> services, Instant now) {
  /** Keeps only what the job controls: others may carry the same labels. */
  static Observation of(
      TfJob job, Collection<Pod> pods, Collection<Service> services, Instant now) {
    return new Observation(
        job,
        pods.stream().filter(pod -> controls(job, pod)).toList(),
        services.stream().filter(service -> controls(job, service)).toList(),
        now);
  }

  private static boolean controls(TfJob job, HasMetadata child) {
    for (OwnerReference owner : child.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())
          && owner.getUid().equals(job.getMetadata().getUid())) {
        return true;
      }
    }
    return false;
  }
}
