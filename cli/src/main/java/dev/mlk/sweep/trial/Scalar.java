package dev.mlk.sweep.trial;

import dev.mlk.sweep.store.Curve;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A scalar of a trial's event files.
 *
 * @param run its run as TensorBoard calls it; {@code .} for the log folder itself
 * @param tag its tag
 * @param last the last number; empty when there is none
 * @param curve the finite numbers over the steps
 * @param odd what is odd about it, one sentence each
 */
record Scalar(String run, String tag, OptionalDouble last, Curve curve, List<String> odd) {
  Scalar {
    odd = List.copyOf(odd);
  }

  /** {@code test/accuracy}; without a run the tag alone. */
  String name() {
    return run.equals(".") ? tag : run + "/" + tag;
  }
}
