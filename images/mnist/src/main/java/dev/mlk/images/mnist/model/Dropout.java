package dev.mlk.images.mnist.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Leaves units out at random while training. Which ones depends on seed and step alone, so that
 * training can be repeated and resumed.
 */
final class Dropout {
  private final Ops ops;
  private final long seed;
  private final Operand<TInt64> step;
  private final PlaceholderWithDefault<TFloat32> rate;
  private final boolean used;

  Dropout(Ops ops, long seed, Operand<TInt64> step, boolean used) {
    this.ops = ops;
    this.seed = seed;
    this.step = step;
    this.used = used;
    // Nothing is left out unless a training step says so: measuring takes all units.
    this.rate = ops.placeholderWithDefault(ops.constant(0f), Shape.scalar());
  }

  PlaceholderWithDefault<TFloat32> rate() {
    return rate;
  }

  Operand<TFloat32> apply(Operand<TFloat32> units) {
    if (!used) {
      return units;
    }
    Operand<TInt64> seeds = ops.stack(List.of(ops.constant(seed), step));
    Operand<TFloat32> kept = ops.math.sub(ops.constant(1f), rate);
    Operand<TFloat32> chance = ops.random.statelessRandomUniform(ops.shape(units), seeds);
    Operand<TFloat32> mask = ops.math.floor(ops.math.add(chance, kept));
    return ops.math.div(ops.math.mul(units, mask), kept);
  }
}
