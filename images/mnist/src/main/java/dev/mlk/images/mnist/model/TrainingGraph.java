package dev.mlk.images.mnist.model;

import dev.mlk.images.mnist.arguments.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A network with all that teaches it. Closing it frees the graph. */
public final class TrainingGraph implements AutoCloseable {
  /**
   * Tasks whose steps are counted apart. A fixed number, as workers may come and go between two
   * runs that share a checkpoint; later workers are counted as the last.
   */
  public static final int COUNTED_TASKS = 64;

  private final Graph graph = new Graph();
  private final Ops own;
  private final Variables variables;
  private final Variable<TInt64> globalStep;
  private final Variable<TInt64> stepsByTask;
  private final Dropout dropout;
  private final Network network;
  private final Placeholder<TInt32> labels;
  private final Operand<TFloat32> loss;
  private final Operand<TFloat32> accuracy;
  private final Operand<TInt64> stepAfter;
  private final Operand<TBool> initialised;
  private final Op initialise;

  /**
   * The graph of one task.
   *
   * @param task from 0 to {@link #COUNTED_TASKS}: whose steps these are
   */
  public TrainingGraph(Arguments.Training training, long seed, Placement placement, int task) {
    Ops root = Ops.create(graph);
    own = placement.own(root);
    variables = new Variables(root, placement);
    globalStep = variables.zeros("global_step", TInt64.class, Shape.scalar());
    stepsByTask = variables.zeros("steps_by_task", TInt64.class, Shape.of(COUNTED_TASKS));
    dropout = new Dropout(own, seed + task, globalStep.read(), training.dropout() > 0);
    network = Network.forTraining(own, training.model(), variables, seed, dropout);
    labels = own.withName("labels").placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    loss = crossEntropy();
    Operand<TBool> right = own.math.equal(network.classes(), own.dtypes.cast(labels, TInt64.class));
    accuracy = own.math.mean(own.dtypes.cast(right, TFloat32.class), own.constant(0));
    stepAfter = count(updates(training), task);
    initialise = variables.initialise(own);
    initialised = variables.initialised(own);
  }

  private Operand<TFloat32> crossEntropy() {
    Operand<TFloat32> wanted =
        own.oneHot(labels, own.constant(Network.CLASSES), own.constant(1f), own.constant(0f));
    SoftmaxCrossEntropyWithLogits<TFloat32> each =
        own.nn.softmaxCrossEntropyWithLogits(network.logits(), wanted);
    return own.math.mean(each.loss(), own.constant(0));
  }

  private List<Op> updates(Arguments.Training training) {
    List<Operand<?>> reads = new ArrayList<>();
    for (Variable<TFloat32> weight : network.weights()) {
      reads.add(weight.read());
    }
    Gradients gradients = own.gradients(loss, reads);
    List<Operand<TFloat32>> slopes = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      slopes.add(gradients.dy(i));
    }
    return new Descent(variables, training.learningRate())
        .step(training.optimizer(), network.weights(), slopes);
  }

  private Operand<TInt64> count(List<Op> updates, int task) {
    long[] one = new long[COUNTED_TASKS];
    one[Math.min(task, COUNTED_TASKS - 1)] = 1;
    Ops byTask = stepsByTask.ops().withControlDependencies(updates);
    Op counted = byTask.assignAddVariableOp(stepsByTask.handle(), byTask.constant(one));
    Ops step = globalStep.ops().withControlDependencies(counted);
    return globalStep.readAfter(step.assignAddVariableOp(globalStep.handle(), step.constant(1L)));
  }

  /** The graph itself, to open a session on. */
  public Graph graph() {
    return graph;
  }

  /** Makes operations that this process computes. */
  public Ops own() {
    return own;
  }

  /** All that a checkpoint holds. */
  public Variables variables() {
    return variables;
  }

  /** The network that learns. */
  public Network network() {
    return network;
  }

  /** Where the digits of the images go in. */
  public Placeholder<TInt32> labels() {
    return labels;
  }

  /** Where the share of units to leave out goes in; 0 when nothing is fed. */
  public Operand<TFloat32> dropoutRate() {
    return dropout.rate();
  }

  /** Mean cross entropy of the batch. */
  public Operand<TFloat32> loss() {
    return loss;
  }

  /** Share of the batch that is read right. */
  public Operand<TFloat32> accuracy() {
    return accuracy;
  }

  /** Learns from the batch; the value is the number of steps of all workers since. */
  public Operand<TInt64> stepAfter() {
    return stepAfter;
  }

  /** Steps of all workers so far. */
  public Operand<TInt64> globalStep() {
    return globalStep.read();
  }

  /** Steps of each task so far. */
  public Operand<TInt64> stepsByTask() {
    return stepsByTask.read();
  }

  /** Whether all variables have values. */
  public Operand<TBool> initialised() {
    return initialised;
  }

  /** Gives all variables their first values. */
  public Op initialise() {
    return initialise;
  }

  @Override
  public void close() {
    graph.close();
  }
}
