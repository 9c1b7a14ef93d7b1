package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.model.Placement;
import java.time.Duration;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;

/** No other process. */
final class Alone implements Company {
  @Override
  public Placement placement() {
    return Placement.local();
  }

  @Override
  public Session open(Graph graph) {
    return new Session(graph);
  }

  @Override
  public boolean mayRecover() {
    return false;
  }

  @Override
  public RunOptions stepOptions() {
    return RunOptions.getDefaultInstance();
  }

  @Override
  public void assemble(Duration limit) {
    // All are here.
  }

  @Override
  public void farewell(Duration limit) {
    // Nobody to wait for.
  }
}
