package dev.mlk.practice.kubelet;

import java.time.Duration;
import java.time.Instant;

/**
 * What a running container uses, for {@code metrics.k8s.io}.
 *
 * @param node the node that it runs on
 * @param namespace its pod's namespace
 * @param pod its pod's name
 * @param container its name
 * @param use what it uses
 */
public record ContainerUsage(
    String node, String namespace, String pod, String container, Measured use) {

  /**
   * A measurement.
   *
   * @param nanoCpus billionths of a processor, averaged over the window
   * @param memory bytes of its own at the end of the window; files that it reads do not count
   * @param time the end of the window
   * @param window how long the processor was watched
   * @param simulated whether nothing was measured, and the container's arguments say what it uses
   */
  public record Measured(
      long nanoCpus, long memory, Instant time, Duration window, boolean simulated) {}
}
