package dev.mlk.images.mnist.model;

import dev.mlk.images.mnist.arguments.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Moves weights against their gradients, where the weights are held. */
final class Descent {
  private static final float MOMENTUM = 0.9f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final Variables variables;
  private final float learningRate;

  Descent(Variables variables, float learningRate) {
    this.variables = variables;
    this.learningRate = learningRate;
  }

  /** One step for all weights. */
  List<Op> step(
      OptimizerKind kind, List<Variable<TFloat32>> weights, List<Operand<TFloat32>> gradients) {
    return switch (kind) {
      case SGD -> plain(weights, gradients);
      case MOMENTUM -> momentum(weights, gradients);
      case ADAM -> adam(weights, gradients);
    };
  }

  private List<Op> plain(List<Variable<TFloat32>> weights, List<Operand<TFloat32>> gradients) {
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      Ops ops = weight.ops();
      updates.add(
          ops.train.resourceApplyGradientDescent(
              weight.handle(), ops.constant(learningRate), gradients.get(i)));
    }
    return updates;
  }

  private List<Op> momentum(List<Variable<TFloat32>> weights, List<Operand<TFloat32>> gradients) {
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      Ops ops = weight.ops();
      updates.add(
          ops.train.resourceApplyMomentum(
              weight.handle(),
              variables.zerosBeside(weight, "momentum").handle(),
              ops.constant(learningRate),
              gradients.get(i),
              ops.constant(MOMENTUM)));
    }
    return updates;
  }

  private List<Op> adam(List<Variable<TFloat32>> weights, List<Operand<TFloat32>> gradients) {
    Variable<TFloat32> power1 = variables.number("adam/beta1_power", BETA1);
    Variable<TFloat32> power2 = variables.number("adam/beta2_power", BETA2);
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      Ops ops = weight.ops();
      updates.add(
          ops.train.resourceApplyAdam(
              weight.handle(),
              variables.zerosBeside(weight, "adam_m").handle(),
              variables.zerosBeside(weight, "adam_v").handle(),
              power1.read(),
              power2.read(),
              ops.constant(learningRate),
              ops.constant(BETA1),
              ops.constant(BETA2),
              ops.constant(EPSILON),
              gradients.get(i)));
    }
    List<Op> all = new ArrayList<>(updates);
    all.add(multiply(power1, BETA1, updates));
    all.add(multiply(power2, BETA2, updates));
    return all;
  }

  private static Op multiply(Variable<TFloat32> power, float by, List<Op> after) {
    Ops ops = power.ops().withControlDependencies(after);
    return ops.assignVariableOp(power.handle(), ops.math.mul(power.read(), ops.constant(by)));
  }
}
