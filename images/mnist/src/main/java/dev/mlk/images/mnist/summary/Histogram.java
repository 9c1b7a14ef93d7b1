package dev.mlk.images.mnist.summary;

import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** How values are spread: rows of lower edge, upper edge and count. */
final class Histogram {
  private static final int BUCKETS = 30;

  private Histogram() {}

  static TensorProto of(float[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    // A single value still needs a bucket that has a width.
    double width = highest > lowest ? (highest - lowest) / BUCKETS : 1.0 / BUCKETS;
    long[] counts = new long[BUCKETS];
    for (float value : values) {
      counts[Math.min(BUCKETS - 1, (int) ((value - lowest) / width))]++;
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_DOUBLE)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(dimension(BUCKETS)).addDim(dimension(3)));
    for (int i = 0; i < BUCKETS; i++) {
      tensor.addDoubleVal(lowest + i * width);
      tensor.addDoubleVal(lowest + (i + 1) * width);
      tensor.addDoubleVal((double) counts[i]);
    }
    return tensor.build();
  }

  private static TensorShapeProto.Dim dimension(int size) {
    return TensorShapeProto.Dim.newBuilder().setSize(size).build();
  }
}
