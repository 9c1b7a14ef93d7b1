package dev.mlk.tfjob.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a job in the queue. */
record JobKey(String namespace, String name) {
  static JobKey of(HasMetadata job) {
    return new JobKey(job.getMetadata().getNamespace(), job.getMetadata().getName());
  }
}
