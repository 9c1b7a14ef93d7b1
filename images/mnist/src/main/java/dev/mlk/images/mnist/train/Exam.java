package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.model.TrainingGraph;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Measures a network on the digits that were held out. */
final class Exam {
  private static final int BATCH = 500;

  private final Digits digits;

  Exam(Digits digits) {
    this.digits = digits;
  }

  /**
   * How a network did.
   *
   * @param accuracy share of digits that were read right
   * @param loss mean cross entropy
   * @param misread those that were not read right
   */
  record Marks(double accuracy, double loss, List<Misread> misread) {}

  /** A digit that was taken for another. */
  record Misread(int index, int shown, int read) {}

  int size() {
    return digits.size();
  }

  Digits digits() {
    return digits;
  }

  Marks take(Session session, TrainingGraph graph) {
    double loss = 0;
    List<Misread> misread = new ArrayList<>();
    for (int from = 0; from < digits.size(); from += BATCH) {
      int[] indexes = new int[Math.min(BATCH, digits.size() - from)];
      for (int i = 0; i < indexes.length; i++) {
        indexes[i] = from + i;
      }
      try (TFloat32 images = images(digits, indexes);
          TInt32 labels = labels(digits, indexes);
          Result result =
              session
                  .runner()
                  .feed(graph.network().images(), images)
                  .feed(graph.labels(), labels)
                  .fetch(graph.loss())
                  .fetch(graph.network().classes())
                  .run()) {
        loss += ((TFloat32) result.get(0)).getFloat() * indexes.length;
        compare((TInt64) result.get(1), indexes, misread);
      }
    }
    double accuracy = 1 - misread.size() / (double) digits.size();
    return new Marks(accuracy, loss / digits.size(), misread);
  }

  private void compare(TInt64 classes, int[] indexes, List<Misread> misread) {
    for (int i = 0; i < indexes.length; i++) {
      int read = (int) classes.getLong(i);
      int shown = digits.label(indexes[i]);
      if (read != shown) {
        misread.add(new Misread(indexes[i], shown, read));
      }
    }
  }

  static TFloat32 images(Digits digits, int[] indexes) {
    Shape shape = Shape.of(indexes.length, Digits.PIXELS);
    return TFloat32.tensorOf(shape, DataBuffers.of(digits.images(indexes), true, false));
  }

  static TInt32 labels(Digits digits, int[] indexes) {
    Shape shape = Shape.of(indexes.length);
    return TInt32.tensorOf(shape, DataBuffers.of(digits.labels(indexes), true, false));
  }
}
