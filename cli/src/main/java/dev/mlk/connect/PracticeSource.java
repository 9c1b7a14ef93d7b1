package dev.mlk.connect;

import dev.mlk.console.Invocation;
import java.nio.file.Path;

/** Brings the practice cluster when a command needs one and no kubeconfig names another. */
@FunctionalInterface
public interface PracticeSource {
  /**
   * A practice cluster that runs.
   *
   * @param name its name
   * @param context its context's name
   * @param socket the Unix socket of its API server
   */
  record Running(String name, String context, Path socket) {}

  /** The default practice cluster; started when it does not run yet. */
  Running running(Invocation invocation);
}
