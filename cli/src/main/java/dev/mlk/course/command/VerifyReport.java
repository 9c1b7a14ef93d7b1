package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Status;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts in words, and as a document. */
final class VerifyReport {
  private final CourseModule module;
  private final List<StepVerdict> verdicts;

  VerifyReport(CourseModule module, List<StepVerdict> verdicts) {
    this.module = module;
    this.verdicts = List.copyOf(verdicts);
  }

  /** Whether everything that counts passed. */
  ExitCode code() {
    boolean done =
        verdicts.stream()
            .allMatch(
                one ->
                    one.done()
                        || (one.step().optional()
                            && one.status() == Status.FAIL
                            && verdicts.size() > 1));
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** For people: each step with its mark, and the first failure in five lines. */
  void print(Invocation invocation) {
    Console console = invocation.console();
    boolean alone = verdicts.size() == 1;
    console.print(console.paint(Style.BOLD, module.name() + "  " + module.title()));
    boolean explained = false;
    for (StepVerdict verdict : verdicts) {
      Optional<Verdict> failed = verdict.first();
      String code = failed.map(one -> "  " + one.code()).orElse("");
      console.print(
          " "
              + Texts.mark(console, verdict.status())
              + " "
              + verdict.step().id()
              + "  "
              + verdict.step().title()
              + (verdict.status() == Status.REGRESSED ? "  (it had passed)" : "")
              + console.paint(Style.DIM, code));
      if (alone || invocation.options().switches().verbose()) {
        checks(console, verdict);
      }
      if (failed.isPresent() && !explained) {
        explain(console, failed.get());
        explained = true;
      }
      skipped(console, verdict);
    }
    last(invocation);
  }

  private static void checks(Console console, StepVerdict verdict) {
    for (Verdict check : verdict.checks()) {
      String why = check.status() == Status.SKIP ? " (" + check.why() + ")" : "";
      console.print("     " + Texts.mark(console, check.status()) + " " + check.says() + why);
    }
  }

  private static void explain(Console console, Verdict failed) {
    console.print("");
    console.print(
        "     "
            + console.paint(Style.BAD, failed.code())
            + console.paint(Style.DIM, "  (wanted: " + failed.says() + ")"));
    Texts.field(console, "     ", "seen", failed.seen());
    Texts.field(console, "     ", "expected", failed.expected());
    Texts.field(console, "     ", "why", failed.why());
    Texts.field(console, "     ", "next", failed.next());
    console.print("");
  }

  private static void skipped(Console console, StepVerdict verdict) {
    if (verdict.status() == Status.SKIP) {
      verdict.checks().stream()
          .findFirst()
          .ifPresent(one -> Texts.field(console, "     ", "skipped", one.why()));
    }
  }

  private void last(Invocation invocation) {
    long passed = verdicts.stream().filter(StepVerdict::done).count();
    if (code() == ExitCode.DONE) {
      invocation.note(
          verdicts.size() == 1
              ? "Next: mlk module next"
              : "All steps of " + module.name() + " are done. Next: mlk module next");
      return;
    }
    verdicts.stream()
        .filter(verdict -> verdict.first().isPresent())
        .findFirst()
        .ifPresent(
            verdict ->
                invocation.note(
                    (verdicts.size() == 1
                            ? ""
                            : passed + " of " + verdicts.size() + " steps done. ")
                        + "Help: mlk module hint "
                        + verdict.step().id()));
  }

  /** For programs. */
  ObjectNode document() {
    ObjectNode document = Printer.start("Verification").put("module", module.name());
    ArrayNode steps = document.putArray("steps");
    for (StepVerdict verdict : verdicts) {
      ObjectNode step =
          steps
              .addObject()
              .put("id", verdict.step().id())
              .put("title", verdict.step().title())
              .put("status", verdict.status().name());
      verdict.first().ifPresent(first -> words(step, first));
      ArrayNode checks = step.putArray("checks");
      for (Verdict check : verdict.checks()) {
        words(
            checks.addObject().put("says", check.says()).put("status", check.status().name()),
            check);
      }
      step.put("requests", verdict.requests()).put("milliseconds", verdict.millis());
    }
    return Printer.outcome(document, code());
  }

  private static void words(ObjectNode node, Verdict verdict) {
    node.put("code", verdict.code())
        .put("seen", verdict.seen())
        .put("expected", verdict.expected())
        .put("why", verdict.why())
        .put("next", verdict.next());
  }

  List<StepVerdict> verdicts() {
    return verdicts;
  }

  CourseModule module() {
    return module;
  }
}
