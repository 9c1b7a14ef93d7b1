package dev.mlk.metrics;

import tools.jackson.databind.JsonNode;

/**
 * Where a job writes its event files, as the job itself says.
 *
 * @param prefix what to put before the names of its runs; empty for none
 * @param job the TFJob
 * @param place the folder
 */
public record JobLogs(String prefix, JsonNode job, LogPlace place) {
  /** The pod template's spec of the replicas that write there. */
  public JsonNode pod() {
    return job.path("spec")
        .path("tfReplicaSpecs")
        .path(place.replicaType())
        .path("template")
        .path("spec");
  }

  /** The container that trains. */
  public JsonNode container() {
    return LogPlace.container(pod());
  }

  /** The job's name. */
  public String jobName() {
    return job.path("metadata").path("name").asString("");
  }

  /** Whether another pod can reach the folder: a claim, NFS, an object store. */
  public boolean shared() {
    JsonNode volume = place.volume();
    return place.remote() || volume.has("persistentVolumeClaim") || volume.has("nfs");
  }

  /** The same beside those of other names: trials of a sweep have names of their own. */
  JobLogs of(String name) {
    return jobName().equals(name) ? new JobLogs(name, job, place) : this;
  }
}
