package dev.mlk.images.mnist.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** All variables of a graph, in the order in which they were made. */
public final class Variables {
  private final Ops root;
  private final Placement placement;
  private final List<Variable<?>> all = new ArrayList<>();
  private final List<Op> initialisations = new ArrayList<>();

  Variables(Ops root, Placement placement) {
    this.root = root;
    this.placement = placement;
  }

  /** All of them. */
  public List<Variable<?>> all() {
    return List.copyOf(all);
  }

  /** A variable that starts as zeros. */
  <T extends TType> Variable<T> zeros(String name, Class<T> type, Shape shape) {
    return zeros(declare(name, type, shape, placement.holder(root, all.size())));
  }

  /** Zeros of the shape of a weight, held by the same process: updates need both at once. */
  Variable<TFloat32> zerosBeside(Variable<TFloat32> weight, String name) {
    return zeros(declare(weight.name() + "/" + name, TFloat32.class, weight.shape(), weight.ops()));
  }

  private <T extends TType> Variable<T> zeros(Variable<T> variable) {
    Ops ops = variable.ops();
    Operand<T> zero = ops.dtypes.cast(ops.constant(0), variable.type());
    Operand<T> zeros = ops.fill(ops.constant(variable.shape().asArray()), zero);
    initialisations.add(variable.assign(zeros));
    return variable;
  }

  /** A number that starts as given. */
  Variable<TFloat32> number(String name, float start) {
    Variable<TFloat32> variable =
        declare(name, TFloat32.class, Shape.scalar(), placement.holder(root, all.size()));
    initialisations.add(variable.assign(variable.ops().constant(start)));
    return variable;
  }

  /** Random numbers around zero with this deviation; none is further off than two of them. */
  Variable<TFloat32> random(String name, Shape shape, double deviation, long seed) {
    Variable<TFloat32> variable =
        declare(name, TFloat32.class, shape, placement.holder(root, all.size()));
    Ops ops = variable.ops();
    Operand<TFloat32> normal =
        ops.random.statelessTruncatedNormal(
            ops.constant(shape.asArray()), ops.constant(new long[] {seed, all.size()}));
    initialisations.add(variable.assign(ops.math.mul(normal, ops.constant((float) deviation))));
    return variable;
  }

  private <T extends TType> Variable<T> declare(String name, Class<T> type, Shape shape, Ops ops) {
    // The shared name makes it one variable for all processes; a slash is allowed there only.
    VarHandleOp handle =
        ops.withName(name.replace('/', '.')).varHandleOp(type, shape, VarHandleOp.sharedName(name));
    Variable<T> variable =
        new Variable<>(name, type, shape, ops, handle, ops.readVariableOp(handle, type));
    all.add(variable);
    return variable;
  }

  /** Gives every variable its first value. */
  Op initialise(Ops ops) {
    return ops.withControlDependencies(initialisations).noOp();
  }

  /** Whether every variable has a value. */
  Operand<TBool> initialised(Ops ops) {
    List<Operand<TBool>> each = new ArrayList<>();
    for (Variable<?> variable : all) {
      each.add(variable.ops().varIsInitializedOp(variable.handle()));
    }
    return ops.all(ops.stack(each), ops.constant(0));
  }
}
