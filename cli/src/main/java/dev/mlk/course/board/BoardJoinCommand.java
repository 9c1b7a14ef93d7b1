package dev.mlk.course.board;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk board join}. */
@Command(
    name = "join",
    description = "Let an instructor see on the board where you are in the workshop",
    footer = {
      "",
      "From now on each verification notes in your namespace which step you are at, since when,",
      "with which code, how many hints you took and how many steps have passed. Nothing else is",
      "told: no file, no answer, no command. mlk board leave takes it back.",
      "",
      "Examples:",
      "  mlk board join",
      "  mlk board join --as-name ada"
    })
public final class BoardJoinCommand implements Callable<Integer> {
  @Option(
      names = "--as-name",
      paramLabel = "NAME",
      description = "The name on the board; else that of your user on this machine")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;
  private final String namespace;

  /**
   * The command of one run.
   *
   * @param namespace the learner's namespace where none is named
   */
  public BoardJoinCommand(Invocation invocation, Connections connections, String namespace) {
    this.invocation = invocation;
    this.connections = connections;
    this.namespace = namespace;
  }

  @Override
  public Integer call() throws Exception {
    String learner = name.isEmpty() ? user() : name;
    if (learner.isBlank() || learner.length() > 40) {
      throw new Problem.Usage(
          Explanation.of("a name on the board has 1 to 40 characters")
              .next("mlk board join --as-name NAME"));
    }
    try (Connection connection = connections.open()) {
      String where = connection.namespace().equals("default") ? namespace : connection.namespace();
      Membership membership = new Membership(invocation.state());
      membership.keep(new Membership.Joined(learner, Optional.empty()));
      new Presence(invocation.state(), connection.client(), where, invocation.clock())
          .tell(() -> new Presence.Standing("", "", "", 0, 0, 0, Duration.ZERO));
    }
    invocation.console().print("You are on the board as " + learner + ".");
    invocation.note("mlk board leave takes it back.");
    return 0;
  }

  private String user() {
    return invocation
        .environment()
        .getOrDefault("USER", invocation.environment().getOrDefault("USERNAME", ""));
  }
}
