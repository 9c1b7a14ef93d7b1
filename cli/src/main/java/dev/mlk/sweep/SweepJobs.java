package dev.mlk.sweep;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.store.SweepStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The TFJobs of a sweep, by its label. */
final class SweepJobs {
  private final ApiClient api;
  private final String namespace;
  private final String sweep;

  SweepJobs(ApiClient api, String namespace, String sweep) {
    this.api = api;
    this.namespace = namespace;
    this.sweep = sweep;
  }

  /** All that are in the cluster now, by name. */
  Map<String, Job> all() {
    Map<String, Job> jobs = new LinkedHashMap<>();
    api.list(Resources.TFJOBS, namespace, Map.of("labelSelector", SweepStore.LABEL + "=" + sweep))
        .path("items")
        .forEach(
            item -> {
              Job job = new Job(item);
              jobs.put(job.name(), job);
            });
    return jobs;
  }

  /** Deletes those that are meant. How many there were. */
  int delete(Predicate<Job> meant) {
    int deleted = 0;
    for (Job job : all().values()) {
      if (meant.test(job)) {
        api.deleteIfThere(Resources.TFJOBS, namespace, job.name());
        deleted++;
      }
    }
    return deleted;
  }
}
