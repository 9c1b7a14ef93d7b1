package dev.mlk.course.board;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.LiveView;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiException;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk board}. */
@Command(
    name = "board",
    description = "Show an instructor who is where in the workshop, and stuck on what",
    footer = {
      "",
      "Learners are on the board who have joined it (mlk board join); it is kept in the cluster,",
      "a ConfigMap in each learner's namespace. You see those whose namespaces you may read.",
      "",
      "Examples:",
      "  mlk board",
      "  mlk board -w",
      "  mlk board --stuck 5 --module module-3",
      "  mlk board -o json"
    })
public final class BoardCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Option(
      names = {"-w", "--watch"},
      description = "Show it anew in place until q or Ctrl-C; in a pipe, block after block")
  private boolean watch;

  @Option(
      names = "--stuck",
      paramLabel = "MINUTES",
      description = "From when on somebody counts as stuck (10)")
  private int stuck = 10;

  @Option(
      names = "--module",
      paramLabel = "NAME",
      description = "Only learners who are in this module")
  private String module = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public BoardCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    if (stuck < 1) {
      throw new Problem.Usage(
          Explanation.of("--stuck takes a number of minutes, 1 or more").next("mlk board --help"));
    }
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML);
    if (watch && output.machine()) {
      throw new Problem.Usage(
          Explanation.of("-w shows tables, and no documents").next("mlk board -o json"));
    }
    try (Connection connection = connections.open()) {
      if (watch) {
        return LiveView.show(invocation, PAUSE, () -> picture(connection));
      }
      List<Note> notes = read(connection);
      if (output.machine()) {
        new Printer(invocation).document(document(notes));
      } else {
        invocation.console().out().print(text(invocation.console(), notes));
      }
      return 0;
    }
  }

  private LiveView.Picture picture(Connection connection) {
    List<Note> notes = read(connection);
    Instant now = invocation.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String time = DateTimeFormatter.ISO_INSTANT.format(now);
    return console -> time + "  mlk board\n" + text(console, notes);
  }

  private List<Note> read(Connection connection) {
    List<Note> notes;
    try {
      notes = new Notes(connection.client()).read("");
    } catch (ApiException e) {
      if (e.code() != 403) {
        throw e;
      }
      invocation.note(
          "You may not list ConfigMaps of all namespaces: this is namespace "
              + connection.namespace()
              + " alone.");
      notes = new Notes(connection.client()).read(connection.namespace());
    }
    return notes.stream()
        .filter(note -> module.isEmpty() || note.place().module().equals(module))
        .toList();
  }

  private String text(Console console, List<Note> notes) {
    if (notes.isEmpty()) {
      return "Nobody is on the board. A learner joins it with: mlk board join\n";
    }
    return view(console).text(notes);
  }

  private BoardView view(Console console) {
    return new BoardView(
        invocation.with(console), Duration.ofMinutes(stuck), invocation.clock().instant());
  }

  private ObjectNode document(List<Note> notes) {
    ObjectNode document = Printer.start("Board");
    ArrayNode items = document.putArray("items");
    BoardView view = view(invocation.console());
    notes.forEach(note -> items.add(note.document().put("stuck", view.stuck(note))));
    ArrayNode groups = document.putArray("stuck");
    for (BoardView.Stuck group : view.groups(notes)) {
      ObjectNode one = Json.object();
      one.put("module", group.module()).put("step", group.step()).put("code", group.code());
      ArrayNode learners = one.putArray("learners");
      group.notes().forEach(note -> learners.add(note.learner()));
      groups.add(one);
    }
    return document;
  }
}
