package dev.mlk.images.mnist.model;

import java.util.List;
import java.util.Optional;
import org.tensorflow.DeviceSpec;
import org.tensorflow.op.Ops;

/**
 * Which process holds what.
 *
 * @param holders the processes that variables are spread over; empty: this one
 * @param self the process that computes; empty: this one, outside any cluster
 */
public record Placement(List<DeviceSpec> holders, Optional<DeviceSpec> self) {
  /** Keeps a copy of the list. */
  public Placement {
    holders = List.copyOf(holders);
  }

  /** Everything in this process. */
  public static Placement local() {
    return new Placement(List.of(), Optional.empty());
  }

  /** Operations that this process computes. */
  public Ops own(Ops ops) {
    return self.map(ops::withDevice).orElse(ops);
  }

  /** Operations of the n-th variable, computed where it is held. */
  Ops holder(Ops ops, int n) {
    return holders.isEmpty() ? own(ops) : ops.withDevice(holders.get(n % holders.size()));
  }
}
