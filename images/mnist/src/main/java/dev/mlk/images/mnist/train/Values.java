package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.model.TrainingGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Looks at variables. */
final class Values {
  private Values() {}

  static boolean initialised(Session session, TrainingGraph graph) {
    try (Result result = session.runner().fetch(graph.initialised()).run()) {
      return ((TBool) result.get(0)).getBoolean();
    }
  }

  static long globalStep(Session session, TrainingGraph graph) {
    try (Result result = session.runner().fetch(graph.globalStep()).run()) {
      return ((TInt64) result.get(0)).getLong();
    }
  }

  static long[] stepsByTask(Session session, TrainingGraph graph) {
    try (Result result = session.runner().fetch(graph.stepsByTask()).run()) {
      TInt64 counts = (TInt64) result.get(0);
      long[] steps = new long[TrainingGraph.COUNTED_TASKS];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = counts.getLong(i);
      }
      return steps;
    }
  }

  static float[] weights(Session session, Operand<TFloat32> variable) {
    try (Result result = session.runner().fetch(variable).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      int i = 0;
      for (var scalar : tensor.scalars()) {
        values[i++] = scalar.getFloat();
      }
      return values;
    }
  }
}
