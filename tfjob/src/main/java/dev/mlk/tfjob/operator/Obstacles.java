package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job can never run as it is written. Admission keeps most of this away; where it is not
 * switched on, such a job fails at once with these words instead of being tried for ever.
 */
final class Obstacles {
  private static final int MAX_SERVICE_NAME = 63;

  private Obstacles() {}

  static List<String> of(Job job) {
    List<String> obstacles = new ArrayList<>();
    for (ReplicaGroup group : job.groups()) {
      if (group.replicas() < 0) {
        obstacles.add(group.key() + " asks for " + group.replicas() + " replicas");
      }
      if (group.trainer().isEmpty()) {
        obstacles.add(group.key() + " has no container named " + JobLabels.CONTAINER);
      }
      if (group.replicas() > 0) {
        String longest = JobLabels.replicaName(job.name(), group.key(), group.replicas() - 1);
        if (longest.length() > MAX_SERVICE_NAME) {
          obstacles.add(
              "the name "
                  + longest
                  + " has "
                  + longest.length()
                  + " characters, a service may have "
                  + MAX_SERVICE_NAME);
        }
      }
    }
    return obstacles;
  }
}
