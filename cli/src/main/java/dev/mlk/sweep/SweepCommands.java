package dev.mlk.sweep;

import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.sweep.store.SweepStore;
import java.util.concurrent.Callable;

/** Builds the commands about sweeps. */
public final class SweepCommands {
  /** The label of everything that belongs to a sweep. */
  public static final String LABEL = SweepStore.LABEL;

  private SweepCommands() {}

  /**
   * The command of a verb, or {@code mlk sweep} itself for none.
   *
   * @throws IllegalArgumentException when there is no such verb
   */
  public static Callable<Integer> create(
      String verb, Invocation invocation, Connections connections) {
    return switch (verb) {
      case "" -> new SweepCommand(invocation, connections);
      case "list" -> new ListCommand(invocation, connections);
      case "get" -> new GetCommand(invocation, connections);
      case "report" -> new ReportCommand(invocation, connections);
      case "stop" -> new StopCommand(invocation, connections);
      case "resume" -> new ResumeCommand(invocation, connections);
      case "delete" -> new DeleteCommand(invocation, connections);
      default -> throw new IllegalArgumentException("no class for the command sweep " + verb);
    };
  }
}
