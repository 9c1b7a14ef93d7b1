package dev.mlk.course.command;

import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import dev.mlk.course.progress.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk module list}. */
@Command(
    name = "list",
    description = "List the modules of the workshop, and how far you are",
    footer = {
      "",
      "With --steps every step; -o json is also how progress is exported.",
      "",
      "Examples:",
      "  mlk module list",
      "  mlk module list --steps",
      "  mlk module list -o json > progress.json"
    })
public final class ModuleListCommand implements Callable<Integer> {
  @Option(names = "--steps", description = "Every step as well")
  private boolean steps;

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "Another pack of modules: a folder, .zip or .tgz")
  private String packName = "";

  private final Course course;

  ModuleListCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    List<CourseModule> modules = course.pack(packName).modules();
    Progress progress = course.progress().read();
    Table table = new Table("MODULE", "~TITLE", "DONE", "MINUTES", "SPENT", "STATE");
    for (CourseModule module : modules) {
      row(table, module, progress);
    }
    new Printer(invocation).listing(table, () -> document(modules, progress));
    if (modules.isEmpty()) {
      invocation.note("There are no modules here.");
    }
    return 0;
  }

  private void row(Table table, CourseModule module, Progress progress) {
    long must = module.steps().stream().filter(step -> !step.optional()).count();
    long passed = passed(module, progress);
    table.row(
        Cell.of(module.name(), Style.BOLD),
        Cell.of(module.title()),
        Cell.of(passed + "/" + must),
        Cell.of(module.minutes()),
        Cell.of(
            spent(
                module.steps().stream().mapToLong(step -> seconds(module, step, progress)).sum())),
        state(passed >= must, begun(module, progress)));
    if (steps) {
      for (Step step : module.steps()) {
        StepProgress own = progress.of(module, step);
        table.row(
            Cell.of("  " + step.id()),
            Cell.of(step.title()),
            Cell.of(own.passed() ? "yes" : step.optional() ? "(optional)" : ""),
            Cell.of(step.minutes()),
            Cell.of(spent(own.spentSeconds())),
            own.assisted()
                ? Cell.of("assisted", Style.DIM)
                : state(own.passed(), own.startedAt().isPresent()));
      }
    }
  }

  private static Cell state(boolean done, boolean begun) {
    return done ? Cell.of("done", Style.OK) : Cell.of(begun ? "begun" : "");
  }

  private static String spent(long seconds) {
    return seconds == 0 ? "" : Texts.minutes(seconds);
  }

  private static long seconds(CourseModule module, Step step, Progress progress) {
    return progress.of(module, step).spentSeconds();
  }

  private static long passed(CourseModule module, Progress progress) {
    return module.steps().stream()
        .filter(step -> !step.optional() && progress.of(module, step).passed())
        .count();
  }

  private static boolean begun(CourseModule module, Progress progress) {
    return module.steps().stream()
        .anyMatch(step -> progress.of(module, step).startedAt().isPresent());
  }

  private static ObjectNode document(List<CourseModule> modules, Progress progress) {
    ObjectNode document = Printer.start("ModuleList");
    ArrayNode all = document.putArray("modules");
    for (CourseModule module : modules) {
      ObjectNode one =
          all.addObject()
              .put("name", module.name())
              .put("title", module.title())
              .put("summary", module.summary())
              .put("minutes", module.minutes());
      ArrayNode steps = one.putArray("steps");
      for (Step step : module.steps()) {
        StepProgress own = progress.of(module, step);
        ObjectNode node =
            steps
                .addObject()
                .put("id", step.id())
                .put("title", step.title())
                .put("minutes", step.minutes())
                .put("optional", step.optional())
                .put("passed", own.passed())
                .put("assisted", own.assisted())
                .put("hints", own.hints())
                .put("attempts", own.attempts())
                .put("spentSeconds", own.spentSeconds())
                .put("lastCode", own.lastCode());
        own.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
        own.passedAt().ifPresent(at -> node.put("passedAt", at.toString()));
      }
    }
    return document;
  }
}
