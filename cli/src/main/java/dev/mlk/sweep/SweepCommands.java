package dev.mlk.sweep;

import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.LogSources;
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
   * @param folders where the log folders of jobs are
   * @throws IllegalArgumentException when there is no such verb
   */
  public static Callable<Integer> create(
      String verb, Invocation invocation, Connections connections, LogSources folders) {
    return switch (verb) {
      case "" -> new SweepCommand(invocation, connections, folders);
      case "list" -> new ListCommand(invocation, connections, folders);
      case "get" -> new GetCommand(invocation, connections, folders);
      case "report" -> new ReportCommand(invocation, connections, folders);
      case "render" -> new RenderCommand(invocation, connections, folders);
      case "stop" -> new StopCommand(invocation, connections, folders);
      case "resume" -> new ResumeCommand(invocation, connections, folders);
      case "run" -> new RunCommand(invocation, connections, folders);
      case "delete" -> new DeleteCommand(invocation, connections, folders);
      default -> throw new IllegalArgumentException("no class for the command sweep " + verb);
    };
  }
}
