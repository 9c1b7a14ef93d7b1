package dev.mlk.course.board;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mlk board leave}. */
@Command(
    name = "leave",
    description = "Take yourself off the instructor's board",
    footer = {"", "Examples:", "  mlk board leave"})
public final class BoardLeaveCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public BoardLeaveCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    Membership membership = new Membership(invocation.state());
    Optional<Membership.Joined> joined = membership.find();
    if (joined.isEmpty()) {
      invocation.console().print("You were not on the board.");
      return 0;
    }
    Optional<Note> note = joined.get().note();
    if (note.isPresent()) {
      try (Connection connection = connections.open()) {
        new Notes(connection.client()).remove(note.get().namespace(), note.get().learner());
      }
    }
    membership.end();
    invocation.console().print("You are off the board.");
    return 0;
  }
}
