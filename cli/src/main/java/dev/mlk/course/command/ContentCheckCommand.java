package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.content.Bench;
import dev.mlk.course.content.ContentCheck;
import dev.mlk.course.content.Delays;
import dev.mlk.course.content.Fault;
import dev.mlk.course.content.Workers;
import dev.mlk.course.read.Pack;
import dev.mlk.problem.ExitCode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
      "must bring the start back. And who comes late must be able to begin each module. On",
      "a practice cluster of its own, or on --context. What does not come is waited for",
      "two minutes, or --timeout.",
      "",
      "Examples:",
      "  mlk content check",
      "  mlk content check module-3 module-4",
      "  mlk content check 3.3",
      "  mlk content check --pack ./my-pack --lint",
      "  mlk content check --repeat 20",
      "  mlk content check module-2 --engine kubernetes"
    })
public final class ContentCheckCommand implements Callable<Integer> {
  private static final int USUAL_DELAY = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
      description = "Try everything so many times, with delays: no verdict may flicker (1)")
  private int repeat = 1;

  @Option(
      names = "--delays",
      paramLabel = "MILLISECONDS",
      description = "Pause at random, up to so long, before each action and look (1000 to repeat)")
  private Integer delays;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same delays as in the run that printed this seed")
  private Long seed;

  @Option(
      names = "--parallel",
      paramLabel = "CLUSTERS",
      description = "Try so many modules at once, each on a cluster of its own (2)")
  private int parallel = 2;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "Of the clusters: built-in, or kubernetes, the real control plane")
  private String engine = "";

  @Option(
      names = "--kubernetes-bin",
      paramLabel = "DIR",
      description = "The real control plane's programs")
  private String programs = "";

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
    List<ContentCheck.Result> results = new ArrayList<>();
    ContentCheck check =
        new ContentCheck(
            all,
            invocation.clock(),
            invocation::detail,
            invocation.options().timeout().orElse(PATIENCE));
    List<CourseModule> modules =
        all.stream().filter(module -> targets.containsKey(module.name())).toList();
    if (lint) {
      modules.forEach(module -> results.add(check.lint(module)));
    } else {
      results.addAll(run(check, modules, targets));
    }
    return report(results).number();
  }

  /** Each worker has a cluster of its own, or all have the one that the command names. */
  private List<ContentCheck.Result> run(
      ContentCheck check, List<CourseModule> modules, Map<String, String> targets)
      throws InterruptedException {
    Invocation invocation = course.invocation();
    int turns = Math.max(1, repeat);
    Duration longest = Duration.ofMillis(delays != null ? delays : turns > 1 ? USUAL_DELAY : 0);
    long start = seed != null ? seed : invocation.clock().instant().toEpochMilli();
    if (longest.isPositive()) {
      invocation.note(
          "Delays up to " + longest.toMillis() + " ms; --seed " + start + " repeats them.");
    }
    List<CourseModule> all = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      all.addAll(modules);
    }
    boolean own = invocation.options().context().isEmpty();
    int workers = own ? Math.clamp(parallel, 1, all.size()) : 1;
    return new Workers(workers, () -> own ? course.freshBench(engine, programs) : lasting())
        .run(
            all,
            (bench, module, place) -> {
              int turn = place / modules.size();
              Delays pauses =
                  longest.isPositive()
                      ? Delays.of(start, turn, module.name(), longest)
                      : Delays.none();
              ContentCheck.Result result =
                  check.check(bench, module, targets.get(module.name()), pauses);
              if (!invocation.options().output().machine()) {
                print(invocation.console(), result);
              }
              return result;
            });
  }

  private Bench lasting() {
    if (!engine.isEmpty()) {
      throw new Problem.Usage(
          Explanation.of("--engine is for clusters that the check starts itself")
              .because("--context names a cluster that is there already"));
    }
    try {
      return course.bench(Files.createTempDirectory("mlk-content-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
            + " s"
            + (result.caughtUp().isZero() ? "" : "; caught up in " + seconds(result.caughtUp())));
    for (Fault fault : result.faults()) {
      console.print("     " + fault.line());
    }
    for (String skipped : result.skipped()) {
      console.print(console.paint(Style.DIM, "skip ") + skipped);
    }
    console.flush();
  }

  private static String seconds(Duration time) {
    long tenths = (time.toMillis() + 50) / 100;
    return tenths / 10 + "." + tenths % 10 + " s";
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
                + (repeat > 1 ? ", " + repeat + " times" : "")
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
              .put("seconds", result.took().toSeconds())
              .put("catchUpMilliseconds", result.caughtUp().toMillis());
      ArrayNode skipped = module.putArray("skipped");
      result.skipped().forEach(skipped::add);
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
}
