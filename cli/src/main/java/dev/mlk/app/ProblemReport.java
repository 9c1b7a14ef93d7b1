package dev.mlk.app;

import dev.mlk.connect.UnreachableException;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiException;
import dev.mlk.problem.ExitCode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one place that turns what went wrong into words and an exit code. */
final class ProblemReport {
  private final Invocation invocation;
  private final String command;

  /**
   * A report for one run.
   *
   * @param command the command's name, empty when none was found
   */
  ProblemReport(Invocation invocation, String command) {
    this.invocation = invocation;
    this.command = command;
  }

  ExitCode print(Throwable thrown) {
    if (thrown instanceof Problem problem) {
      return print(code(problem), problem.explanation());
    }
    if (thrown instanceof UncheckedIOException wrapped
        && wrapped.getCause() instanceof UnreachableException gone) {
      return print(gone.problem());
    }
    if (thrown instanceof ApiException refusal) {
      Problem problem = ApiProblems.of(refusal);
      return print(code(problem), problem.explanation());
    }
    return print(ExitCode.DEFECT, defect(thrown));
  }

  private static ExitCode code(Problem problem) {
    return switch (problem) {
      case Problem.Failed _ -> ExitCode.FAILED;
      case Problem.Usage _, Problem.BadInput _ -> ExitCode.USAGE;
      case Problem.NotFound _ -> ExitCode.NOT_FOUND;
      case Problem.Unreachable _ -> ExitCode.UNREACHABLE;
      case Problem.NotAllowed _ -> ExitCode.NOT_ALLOWED;
      case Problem.TimedOut _ -> ExitCode.TIMED_OUT;
      case Problem.Unschedulable _ -> ExitCode.UNSCHEDULABLE;
      case Problem.ImagePull _ -> ExitCode.IMAGE_PULL;
      case Problem.OutOfMemory _ -> ExitCode.OUT_OF_MEMORY;
      case Problem.Conflict _ -> ExitCode.CONFLICT;
      case Problem.Interrupted _ -> ExitCode.INTERRUPTED;
    };
  }

  private ExitCode print(ExitCode code, Explanation explanation) {
    Console console = invocation.console();
    if (invocation.options().output().machine()) {
      console.tell(Json.write(document(code, explanation)));
      return code;
    }
    console.tell(console.paint(Style.BAD, "Error:") + " " + explanation.sentence());
    for (String cause : explanation.causes()) {
      console.tell("  " + cause);
    }
    for (String step : explanation.next()) {
      console.tell(console.paint(Style.BOLD, "Next:") + " " + step);
    }
    return code;
  }

  private static ObjectNode document(ExitCode code, Explanation explanation) {
    ObjectNode document = Printer.outcome(Printer.start("Problem"), code);
    document.put("message", explanation.sentence());
    ArrayNode causes = document.putArray("causes");
    explanation.causes().forEach(causes::add);
    ArrayNode next = document.putArray("next");
    explanation.next().forEach(next::add);
    return document;
  }

  private Explanation defect(Throwable thrown) {
    Explanation explanation =
        Explanation.of("this is a defect in mlk " + Version.TEXT).because(thrown.toString());
    Optional<Path> file = new DefectFile(invocation).write(thrown, command);
    return file.isPresent()
        ? explanation
            .because("details: " + file.get())
            .next("report it with that file; it holds no arguments and no environment")
        : explanation.because("details could not be written to " + invocation.state());
  }
}
