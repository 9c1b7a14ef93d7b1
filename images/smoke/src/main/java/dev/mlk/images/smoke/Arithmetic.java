package dev.mlk.images.smoke;

import java.util.Arrays;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What TensorFlow computes, on the one device that its library for Java without CUDA has. */
final class Arithmetic implements AutoCloseable {
  /** Where TensorFlow computes. */
  static final String DEVICE = "/device:CPU:0";

  private static final int BYTES_PER_MEBIBYTE = 1 << 20;
  private static final int REPEATS = 3;
  private static final double OPERATIONS_PER_GFLOP = 1e9;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Random random;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> left;
  private final Placeholder<TFloat32> right;
  private final Operand<TFloat32> product;
  private final Operand<TFloat32> copy;

  Arithmetic(int seed) {
    random = new Random(seed);
    Ops ops = Ops.create(graph);
    Shape any = Shape.of(-1, -1);
    left = ops.placeholder(TFloat32.class, Placeholder.shape(any));
    right = ops.placeholder(TFloat32.class, Placeholder.shape(any));
    product = ops.linalg.matMul(left, right);
    copy = ops.deepCopy(left);
    session = new Session(graph);
  }

  String version() {
    return TensorFlow.version();
  }

  /**
   * How far TensorFlow's product of two random matrices is from one that is computed here in double
   * precision: the largest difference, as a share of the largest value.
   */
  double difference(int size) {
    float[] a = numbers(size * size);
    float[] b = numbers(size * size);
    float[] theirs = multiply(a, b, size);
    double worst = 0;
    double largest = 0;
    for (int row = 0; row < size; row++) {
      double[] ours = new double[size];
      for (int k = 0; k < size; k++) {
        double factor = a[row * size + k];
        for (int column = 0; column < size; column++) {
          ours[column] += factor * b[k * size + column];
        }
      }
      for (int column = 0; column < size; column++) {
        largest = Math.max(largest, Math.abs(ours[column]));
        worst = Math.max(worst, Math.abs(ours[column] - theirs[row * size + column]));
      }
    }
    return worst / largest;
  }

  private float[] multiply(float[] a, float[] b, int size) {
    try (TFloat32 first = matrix(a, size, size);
        TFloat32 second = matrix(b, size, size);
        Result result =
            session.runner().feed(left, first).feed(right, second).fetch(product).run()) {
      return values((TFloat32) result.get(0));
    }
  }

  /** The best of a few products, as floating-point operations a second, in billions. */
  double gflops(int size) {
    float[] a = numbers(size * size);
    double best = 0;
    try (TFloat32 matrix = matrix(a, size, size)) {
      for (int i = 0; i <= REPEATS; i++) {
        long start = System.nanoTime();
        session.runner().feed(left, matrix).feed(right, matrix).fetch(product).run().close();
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        best = Math.max(best, 2.0 * size * size * size / seconds / OPERATIONS_PER_GFLOP);
      }
    }
    return best;
  }

  /** Whether so much memory can be had and holds what is written to it. */
  boolean copied(int mebibytes) {
    int columns = BYTES_PER_MEBIBYTE / Float.BYTES;
    float[] written = new float[columns * mebibytes];
    for (int i = 0; i < written.length; i++) {
      written[i] = i;
    }
    try (TFloat32 tensor = matrix(written, mebibytes, columns);
        Result result = session.runner().feed(left, tensor).fetch(copy).run()) {
      return Arrays.equals(written, values((TFloat32) result.get(0)));
    }
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }

  private static TFloat32 matrix(float[] values, int rows, int columns) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
