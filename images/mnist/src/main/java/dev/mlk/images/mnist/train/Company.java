package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.model.Placement;
import java.time.Duration;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;

/** With whom this process trains. */
sealed interface Company permits Alone, Together {
  /** Which process holds what. */
  Placement placement();

  /** A session on the graph; waits until all who are needed are there, or the process is to end. */
  Session open(Graph graph);

  /** Whether a failed run may be the fault of another process, and a new session may do better. */
  boolean mayRecover();

  /** How a training step is to be run. */
  RunOptions stepOptions();

  /** Before the first step of all: waits for those who are to train, but not for ever. */
  void assemble(Duration limit);

  /** Before the chief ends: waits for those who need something from it. */
  void farewell(Duration limit);
}
