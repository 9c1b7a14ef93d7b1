package dev.mlk.app;

import dev.mlk.cluster.ClusterCommands;
import dev.mlk.cluster.PracticeClusters;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import java.util.concurrent.Callable;

/** Builds the one command that was asked for; no other command class is loaded. */
final class CommandFactory {
  private CommandFactory() {}

  /**
   * The command of a path of {@link CommandTable}: an object annotated for picocli.
   *
   * @throws IllegalArgumentException when the table and this switch differ
   */
  static Callable<Integer> create(String path, Invocation invocation) {
    Connections connections = new Connections(invocation, PracticeClusters::running);
    if (path.startsWith("cluster ")) {
      return ClusterCommands.create(path.substring("cluster ".length()), invocation);
    }
    return switch (path) {
      case "__complete" ->
          new CompleteCommand(
              invocation,
              new Connections(invocation, PracticeClusters::runningAlready),
              () -> PracticeClusters.names(invocation));
      case "completion" -> new CompletionCommand(invocation);
      case "version" -> new VersionCommand(invocation, connections);
      default -> throw new IllegalArgumentException("no class for the command " + path);
    };
  }
}
