package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.content.ContentCheck;
import dev.mlk.course.content.Fault;
import dev.mlk.course.content.Workers;
import dev.mlk.course.read.Pack;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk content check}. */
@Command(
    name = "check",
    description = "Try every step of modules, rightly and wrongly",
    footer = {
      "",
      "For each step: its start must fail, each mistake must be recognised by exactly its",
      "code, each solution must pass, twice; what is broken again must show, and a reset",
      "must bring the start back. On a practice cluster of its own, or on --context.",
      "",
      "Examples:",
      "  mlk content check",
      "  mlk content check module-3 module-4",
      "  mlk content check 3.3",
      "  mlk content check --pack ./my-pack --lint"
    })
public final class ContentCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "MODULE[.STEP]",
      description = "Such as module-3 or 3.2; all when none is named")
  private List<String> wanted = List.of();

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "Another pack of modules: a folder, .zip or .tgz")
  private String packName = "";

  @Option(names = "--lint", description = "Only what needs no cluster")
  private boolean lint;

  @Option(
      names = "--repeat",
      paramLabel = "TIMES",
      description = "Try everything so many times: no verdict may flicker (1)")
  private int repeat = 1;

  @Option(
      names = "--parallel",
      paramLabel = "CLUSTERS",
      description = "Try so many modules at once, each on a cluster of its own (2)")
  private int parallel = 2;

  private final Course course;

  ContentCheckCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() throws Exception {
    Invocation invocation = course.invocation();
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    Pack pack = course.pack(packName);
    List<CourseModule> all = pack.modules();
    Map<String, String> targets = targets(pack);
    Path work = Files.createTempDirectory("mlk-content-");
    List<ContentCheck.Result> results = new ArrayList<>();
    try {
      ContentCheck check = new ContentCheck(all, work, invocation.clock(), invocation::detail);
      if (lint) {
        all.stream()
            .filter(module -> targets.containsKey(module.name()))
            .forEach(m -> results.add(new ContentCheck.Result(m, check.lint(m), Duration.ZERO)));
      } else {
        List<CourseModule> modules = new ArrayList<>();
        for (int turn = 0; turn < Math.max(1, repeat); turn++) {
          all.stream().filter(module -> targets.containsKey(module.name())).forEach(modules::add);
        }
        results.addAll(run(check, modules, targets));
      }
    } finally {
      delete(work);
    }
    return report(results).number();
  }

  /** Each worker has a cluster of its own, or all have the one that the command names. */
  private List<ContentCheck.Result> run(
      ContentCheck check, List<CourseModule> modules, Map<String, String> targets)
      throws InterruptedException {
    boolean own = course.invocation().options().context().isEmpty();
    int workers = own ? Math.clamp(parallel, 1, modules.size()) : 1;
    Workers pool = new Workers(workers, own ? course::freshBench : course::bench);
    return pool.run(
        modules,
        (bench, module) -> {
          ContentCheck.Result result = check.check(bench, module, targets.get(module.name()));
          if (!course.invocation().options().output().machine()) {
            print(course.invocation().console(), result);
          }
          return result;
        });
  }

  /** The modules to try, each with the one step that is wanted, or none for all. */
  private Map<String, String> targets(Pack pack) {
    Map<String, String> targets = new LinkedHashMap<>();
    if (wanted.isEmpty()) {
      pack.names().forEach(name -> targets.put(name, ""));
    }
    for (String one : wanted) {
      List<Pack.Place> places = pack.steps(one);
      targets.put(
          places.getFirst().module().name(),
          one.indexOf('.') < 0 ? "" : places.getFirst().step().id());
    }
    return targets;
  }

  private static synchronized void print(Console console, ContentCheck.Result result) {
    boolean good = result.faults().isEmpty();
    console.print(
        (good ? console.paint(Style.OK, "ok   ") : console.paint(Style.BAD, "bad  "))
            + result.module().name()
            + "  "
            + counts(List.of(result.module()))
            + ", "
            + result.took().toSeconds()
            + " s");
    for (Fault fault : result.faults()) {
      console.print("     " + fault.line());
    }
    console.flush();
  }

  private ExitCode report(List<ContentCheck.Result> results) {
    Invocation invocation = course.invocation();
    List<Fault> faults = results.stream().flatMap(one -> one.faults().stream()).toList();
    ExitCode code = faults.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    if (invocation.options().output().machine()) {
      new Printer(invocation).document(Printer.outcome(document(results), code));
      return code;
    }
    if (lint) {
      results.forEach(result -> print(invocation.console(), result));
    }
    List<CourseModule> modules =
        results.stream().map(ContentCheck.Result::module).distinct().toList();
    invocation
        .console()
        .print(
            modules.size()
                + (modules.size() == 1 ? " module, " : " modules, ")
                + counts(modules)
                + ": "
                + (faults.isEmpty() ? "nothing is wrong" : faults.size() + " faults"));
    return code;
  }

  private static String counts(List<CourseModule> modules) {
    List<Step> steps = modules.stream().flatMap(module -> module.steps().stream()).toList();
    return steps.size()
        + " steps, "
        + steps.stream().mapToInt(step -> step.checks().size()).sum()
        + " checks, "
        + steps.stream().mapToInt(step -> step.mistakes().size()).sum()
        + " mistakes, "
        + steps.stream().mapToInt(step -> step.script().alternatives().size()).sum()
        + " alternatives, "
        + steps.stream().mapToInt(step -> step.hints().size()).sum()
        + " hints";
  }

  private static ObjectNode document(List<ContentCheck.Result> results) {
    ObjectNode document = Printer.start("ContentCheck");
    ArrayNode modules = document.putArray("modules");
    for (ContentCheck.Result result : results) {
      ObjectNode module =
          modules
              .addObject()
              .put("name", result.module().name())
              .put("counts", counts(List.of(result.module())))
              .put("seconds", result.took().toSeconds());
      ArrayNode faults = module.putArray("faults");
      for (Fault fault : result.faults()) {
        faults
            .addObject()
            .put("step", fault.step())
            .put("test", fault.test())
            .put("what", fault.what());
      }
    }
    return document;
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
