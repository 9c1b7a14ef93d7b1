package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Waiting;
import dev.mlk.course.verify.Workshop;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk verify}. */
@Command(
    name = "verify",
    description = "Say what of a module or step is right, what is not, and what to do next",
    footer = {
      "",
      "Looks at the live cluster and at your files, and changes neither. Exits with 1 when",
      "something has not passed. Without a name it is about the step that you are at.",
      "",
      "Examples:",
      "  mlk verify module-3",
      "  mlk verify 3.3",
      "  mlk verify 3.3 --wait",
      "  mlk verify module-3 -o json",
      "  mlk verify module-3 -o junit=module-3.xml"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MODULE[.STEP]",
      description = "Such as module-3, module-3.2 or 3.2")
  private String wanted = "";

  @Option(
      names = "--wait",
      description = "When only time is missing, wait for it, as long as the step may take")
  private boolean wait;

  @Option(names = "--dir", paramLabel = "FOLDER", description = "The folder of your files")
  private String folder = "";

  private final Course course;

  VerifyCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() throws InterruptedException {
    Invocation invocation = course.invocation();
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML, Output.Format.JUNIT);
    Pack pack = course.pack("");
    if (!wanted.isEmpty()) {
      // A wrong name is said before a cluster is started for it.
      pack.steps(wanted);
    }
    try (Workshop workshop = course.open(folder)) {
      List<Pack.Place> places =
          wanted.isEmpty()
              ? List.of(Course.step(pack, workshop.store().read(), ""))
              : pack.steps(wanted);
      CourseModule module = places.getFirst().module();
      List<Step> steps = places.stream().map(Pack.Place::step).toList();
      new Beginning(course, workshop).seen(module, steps);
      List<StepVerdict> verdicts =
          wait
              ? new Waiting(workshop, invocation.clock()).verify(module, steps)
              : workshop.verify(module, steps);
      Whereabouts.tell(course, workshop, pack, module, verdicts);
      VerifyReport report = new VerifyReport(module, verdicts);
      if (output.format() == Output.Format.JUNIT) {
        write(output.file(), VerifyJUnit.text(report));
      }
      if (output.machine()) {
        new Printer(invocation).document(report.document());
      } else {
        report.print(invocation);
      }
      return report.code().number();
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(course.invocation().directory().resolve(file), text);
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the file " + file + " cannot be written").because(e.getMessage()));
    }
  }
}
