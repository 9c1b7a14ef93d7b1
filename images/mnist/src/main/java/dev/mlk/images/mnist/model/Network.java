package dev.mlk.images.mnist.model;

import dev.mlk.images.mnist.arguments.ModelKind;
import dev.mlk.images.mnist.data.Digits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Reads digits: from images to the probability of each digit. */
public final class Network {
  /** How many digits there are. */
  static final int CLASSES = 10;

  private final Ops ops;
  private final long seed;
  private final Variables variables;
  private final List<Variable<TFloat32>> weights = new ArrayList<>();
  private final Optional<Dropout> dropout;
  private final Placeholder<TFloat32> images;
  private final Operand<TFloat32> logits;
  private final Operand<TFloat32> probabilities;
  private final Operand<TInt64> classes;

  private Network(
      Ops ops, ModelKind kind, Variables variables, long seed, Optional<Dropout> dropout) {
    this.ops = ops;
    this.seed = seed;
    this.variables = variables;
    this.dropout = dropout;
    images =
        ops.withName("images")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, Digits.PIXELS)));
    logits =
        switch (kind) {
          case SOFTMAX -> dense("fc", images, Digits.PIXELS, CLASSES);
          case MLP -> classifier(images, Digits.PIXELS);
          case CNN -> classifier(convolutions(), 7 * 7 * 32);
        };
    probabilities = ops.withName("probabilities").nn.softmax(logits);
    classes = ops.withName("classes").math.argMax(logits, ops.constant(1));
  }

  /** A network in a graph of its own, to be exported. */
  public static Network forServing(Graph graph, ModelKind kind) {
    Ops ops = Ops.create(graph);
    return new Network(ops, kind, new Variables(ops, Placement.local()), 0, Optional.empty());
  }

  static Network forTraining(
      Ops own, ModelKind kind, Variables variables, long seed, Dropout dropout) {
    return new Network(own, kind, variables, seed, Optional.of(dropout));
  }

  /** Where images go in: rows of 784 pixels from 0 to 1. */
  public Placeholder<TFloat32> images() {
    return images;
  }

  /** The most probable digit of each image. */
  public Operand<TInt64> classes() {
    return classes;
  }

  /** How probable each digit is, for each image. */
  public Operand<TFloat32> probabilities() {
    return probabilities;
  }

  /** What is learned. */
  public List<Variable<TFloat32>> weights() {
    return List.copyOf(weights);
  }

  Operand<TFloat32> logits() {
    return logits;
  }

  private Operand<TFloat32> classifier(Operand<TFloat32> input, int width) {
    Operand<TFloat32> hidden = ops.nn.relu(dense("fc1", input, width, 128));
    Operand<TFloat32> kept = dropout.map(d -> d.apply(hidden)).orElse(hidden);
    return dense("fc2", kept, 128, CLASSES);
  }

  private Operand<TFloat32> convolutions() {
    int[] square = {-1, Digits.SIDE, Digits.SIDE, 1};
    Operand<TFloat32> first =
        pool(convolution("conv1", ops.reshape(images, ops.constant(square)), 1, 16));
    Operand<TFloat32> second = pool(convolution("conv2", first, 16, 32));
    return ops.reshape(second, ops.constant(new int[] {-1, 7 * 7 * 32}));
  }

  private Operand<TFloat32> dense(String name, Operand<TFloat32> input, int from, int to) {
    Variable<TFloat32> weight = weight(name, Shape.of(from, to), from);
    return ops.nn.biasAdd(ops.linalg.matMul(input, weight.read()), bias(name, to).read());
  }

  private Operand<TFloat32> convolution(String name, Operand<TFloat32> input, int from, int to) {
    int window = 5;
    Variable<TFloat32> weight =
        weight(name, Shape.of(window, window, from, to), window * window * from);
    Operand<TFloat32> sums = ops.nn.conv2d(input, weight.read(), List.of(1L, 1L, 1L, 1L), "SAME");
    return ops.nn.relu(ops.nn.biasAdd(sums, bias(name, to).read()));
  }

  private Operand<TFloat32> pool(Operand<TFloat32> input) {
    Operand<org.tensorflow.types.TInt32> window = ops.constant(new int[] {1, 2, 2, 1});
    return ops.nn.maxPool(input, window, window, "SAME");
  }

  /** Spread as He et al. (2015) advise for rectified units. */
  private Variable<TFloat32> weight(String name, Shape shape, int inputs) {
    Variable<TFloat32> weight = variables.random(name + "/w", shape, Math.sqrt(2.0 / inputs), seed);
    weights.add(weight);
    return weight;
  }

  private Variable<TFloat32> bias(String name, int size) {
    Variable<TFloat32> bias = variables.zeros(name + "/b", TFloat32.class, Shape.of(size));
    weights.add(bias);
    return bias;
  }
}
