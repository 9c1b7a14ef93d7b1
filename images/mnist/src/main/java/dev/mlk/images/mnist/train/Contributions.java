package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.cluster.Membership;
import dev.mlk.images.mnist.cluster.Role;
import dev.mlk.images.mnist.report.Line;

/** Who made how many of the steps. */
final class Contributions {
  private Contributions() {}

  /**
   * The chief's line about it. A worker of the cluster that came too late to make any is named with
   * 0: who looks for it should not have to guess.
   *
   * @param step the global step
   * @param steps made by the chief, then by each worker
   */
  static Line line(long step, long[] steps, Membership membership) {
    Line line = Line.of("global_step", step);
    if (steps[0] > 0) {
      line.with(membership.label(), steps[0]);
    }
    for (int worker = 0; worker < steps.length - 1; worker++) {
      if (steps[worker + 1] > 0 || membership.of(Role.WORKER).containsKey(worker)) {
        line.with(Role.WORKER.label() + "-" + worker, steps[worker + 1]);
      }
    }
    return line;
  }
}
