package dev.mlk.images.mnist.model;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * State that outlives a step, perhaps in another process.
 *
 * @param name under which all processes and checkpoints know it
 * @param ops makes operations that are computed where the variable is held
 * @param handle refers to it
 * @param read its value
 */
public record Variable<T extends TType>(
    String name, Class<T> type, Shape shape, Ops ops, VarHandleOp handle, ReadVariableOp<T> read) {

  /** Sets the value. */
  public Op assign(Operand<? extends TType> value) {
    return ops.assignVariableOp(handle, value);
  }

  /** The value as it is after other operations. */
  ReadVariableOp<T> readAfter(Op other) {
    return ops.withControlDependencies(other).readVariableOp(handle, type);
  }
}
