package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import java.util.concurrent.Callable;

/** The commands of {@code mlk cluster}. */
public final class ClusterCommands {
  private ClusterCommands() {}

  /**
   * The command of that verb.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Callable<Integer> create(String verb, Invocation invocation) {
    return switch (verb) {
      case "start" -> new ClusterStartCommand(invocation);
      case "stop" -> new ClusterStopCommand(invocation);
      case "status" -> new ClusterStatusCommand(invocation);
      case "reset" -> new ClusterResetCommand(invocation);
      case "kubeconfig" -> new ClusterKubeconfigCommand(invocation);
      case "serve" -> new ClusterServeCommand(invocation);
      default -> throw new IllegalArgumentException("no class for the command cluster " + verb);
    };
  }
}
