package dev.mlk.course.check;

import dev.mlk.course.Capability;
import java.time.InstantSource;
import java.util.Set;

/**
 * All that the checks of one verification look at.
 *
 * @param cluster the cluster
 * @param learner the learner and the learner's files
 * @param can what the cluster is able to do
 * @param target which cluster it is
 * @param clock the time
 */
public record Scene(
    Snapshot cluster, Learner learner, Set<Capability> can, Target target, InstantSource clock) {
  public Scene {
    can = Set.copyOf(can);
  }
}
