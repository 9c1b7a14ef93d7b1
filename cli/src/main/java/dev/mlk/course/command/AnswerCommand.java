package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.act.Belongings;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import dev.mlk.format.Nearest;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk answer}. */
@Command(
    name = "answer",
    description = "Answer a question of the workshop",
    footer = {
      "",
      "The page of the step names the question. The answer is compared with the cluster as",
      "it is; mlk verify says the same again later.",
      "",
      "Examples:",
      "  mlk answer gpus 3",
      "  mlk answer cause never-fits"
    })
public final class AnswerCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The question")
  private String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "VALUE", description = "Your answer")
  private List<String> values = List.of();

  private final Course course;

  AnswerCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    Pack.Place place = place(course.pack(""));
    try (Workshop workshop = course.open("")) {
      String value = String.join(" ", values);
      workshop.store().update(progress -> progress.answered(name, value));
      new Beginning(course, workshop).seen(place.module(), List.of(place.step()));
      VerifyReport report =
          new VerifyReport(place.module(), List.of(workshop.verify(place.module(), place.step())));
      report.print(invocation);
      return report.code().number();
    }
  }

  private Pack.Place place(Pack pack) {
    List<String> names = new ArrayList<>();
    for (CourseModule module : pack.modules()) {
      for (Step step : module.steps()) {
        List<String> asked = Belongings.answers(step);
        if (asked.contains(name)) {
          return new Pack.Place(module, step);
        }
        names.addAll(asked);
      }
    }
    Optional<String> near = Nearest.to(name, names);
    throw new Problem.NotFound(
        Explanation.of("no step asks the question " + name)
            .because(near.map(one -> "did you mean " + one + "?").orElse(""))
            .next("mlk module show STEP shows what is asked"));
  }
}
