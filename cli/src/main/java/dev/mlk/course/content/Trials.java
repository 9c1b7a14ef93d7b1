package dev.mlk.course.content;

import dev.mlk.course.Action;
import dev.mlk.course.Capability;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Kubeconfig;
import dev.mlk.course.Mistake;
import dev.mlk.course.Script;
import dev.mlk.course.Status;
import dev.mlk.course.Step;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.act.Belongings;
import dev.mlk.course.check.Words;
import dev.mlk.course.verify.Waiting;
import dev.mlk.course.verify.Workshop;
import dev.mlk.problem.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tries one step: its start, its mistakes, its solutions, what breaks it, and the way back. */
final class Trials {
  private final Workshop workshop;
  private final CourseModule module;
  private final Step step;
  private final Pace pace;
  private final Delays delays;
  private final Findings findings;
  private Function<Kubeconfig, Workshop> elsewhere;

  Trials(Workshop workshop, CourseModule module, Step step, Pace pace, Findings findings) {
    this.workshop = workshop;
    this.module = module;
    this.step = step;
    this.pace = pace;
    this.delays = pace.delays();
    this.findings = findings;
    this.elsewhere = _ -> workshop;
  }

  /** The same with what opens the workshop with a wrong kubeconfig. */
  Trials withKubeconfigs(Function<Kubeconfig, Workshop> open) {
    this.elsewhere = open;
    return this;
  }

  /** Tries all of it; the step is back at its start when this returns. */
  void run() throws InterruptedException {
    if (!begin("start")) {
      return;
    }
    StepVerdict start = workshop.look(module, step);
    if (start.status() == Status.SKIP) {
      findings.keepSkipped(start);
      reset("skip");
      return;
    }
    if (start.status() != Status.FAIL) {
      bad("start", "it is " + start.status() + " before anything was done");
    }
    String code = code(start);
    for (Mistake mistake : step.mistakes()) {
      mistake(mistake);
    }
    solution("solution", step.script().solution());
    withoutPods();
    if (step.script().alternatives().isEmpty()) {
      perturb();
    }
    for (Script.Alternative one : step.script().alternatives()) {
      perturbOnce(one);
      back("alternative " + one.name());
      solution("alternative " + one.name(), one.actions());
    }
    back("reset");
    String again = code(workshop.look(module, step));
    if (!again.equals(code)) {
      bad("reset", "the start says " + code + ", after a reset it says " + again);
    }
    reset("end");
  }

  /** Begins the step and solves it, no more. */
  void solutionAlone(String test) throws InterruptedException {
    if (!begin(test)) {
      return;
    }
    StepVerdict start = workshop.look(module, step);
    if (start.status() == Status.FAIL) {
      solution(test, step.script().solution());
    } else if (start.status() != Status.SKIP) {
      bad(test, "it is " + start.status() + " before anything was done");
    }
  }

  /** A cluster that can do less gives the same verdict, or says that it cannot show it. */
  private void withoutPods() {
    if (workshop.store().read().of(module, step).passed()) {
      StepVerdict verdict = workshop.look(module, step, EnumSet.of(Capability.P));
      if (!verdict.done()) {
        bad("without pods", "it should pass or be skipped, and says " + told(verdict));
      }
    }
  }

  private void perturbOnce(Script.Alternative one) throws InterruptedException {
    if (one.equals(step.script().alternatives().getFirst())) {
      perturb();
    }
  }

  private void bad(String test, String what) {
    findings.bad(step.id(), test, what);
  }

  private static String code(StepVerdict verdict) {
    return verdict.first().map(Verdict::code).orElse(verdict.status().name());
  }

  private static String seen(StepVerdict verdict) {
    return verdict.first().map(Verdict::seen).orElse("");
  }

  private static String told(StepVerdict verdict) {
    Optional<Verdict> first = verdict.first();
    return first
        .map(one -> one.code() + " (" + one.says() + "; seen: " + one.seen() + ")")
        .orElse(verdict.status().name());
  }

  private boolean begin(String test) throws InterruptedException {
    Words words = new Words(workshop.scene(module));
    workshop.files(module).begin(words::fill);
    if (!new Belongings(module, step, workshop.scene(module)).claimsNamespace()) {
      workshop.writer().namespace(module.name());
    }
    return act(test, step.script().given());
  }

  private boolean act(String test, List<Action> actions) throws InterruptedException {
    try {
      for (Action action : actions) {
        delays.pause();
        workshop.actions(module).run(step, List.of(action));
      }
      return true;
    } catch (Problem e) {
      bad(test, said(e));
      return false;
    }
  }

  /** What a problem says, on one line. */
  static String said(Problem e) {
    return e.explanation().sentence() + ": " + String.join("; ", e.explanation().causes());
  }

  private void back(String test) throws InterruptedException {
    if (reset(test)) {
      begin(test);
    }
  }

  private boolean reset(String test) {
    try {
      workshop.resetting(module, List.of(step)).run();
      int left = workshop.resetting(module, List.of(step)).things().size();
      if (left > 0) {
        bad(test, "a reset leaves " + left + " objects");
      }
      return true;
    } catch (Problem e) {
      bad(test, "the reset fails: " + e.getMessage());
      return false;
    }
  }

  private StepVerdict recognised(Mistake mistake, Predicate<StepVerdict> enough)
      throws InterruptedException {
    if (mistake.kubeconfig().isEmpty()) {
      return wait(workshop, enough);
    }
    try (Workshop other = elsewhere.apply(mistake.kubeconfig().get())) {
      return wait(other, enough);
    }
  }

  private StepVerdict wait(Workshop where, Predicate<StepVerdict> enough)
      throws InterruptedException {
    delays.pause();
    return new Waiting(where, pace.clock())
        .until(module, List.of(step), pace.patience(), all -> enough.test(all.getFirst()))
        .getFirst();
  }

  private void mistake(Mistake mistake) throws InterruptedException {
    String test = "mistake " + mistake.name();
    findings.trying(step.id(), test);
    if (act(test, mistake.inject())) {
      Pattern seen = Pattern.compile(mistake.seen());
      StepVerdict verdict =
          recognised(
              mistake, one -> code(one).equals(mistake.code()) && seen.matcher(seen(one)).find());
      if (!code(verdict).equals(mistake.code())) {
        bad(test, "it should say " + mistake.code() + ", and says " + told(verdict));
      } else if (!seen.matcher(seen(verdict)).find()) {
        bad(test, "\"" + mistake.seen() + "\" is not in what was seen: " + seen(verdict));
      } else if (mistake.kubeconfig().isEmpty()) {
        steady(test, verdict);
      }
    }
    back(test);
  }

  private void solution(String test, List<Action> actions) throws InterruptedException {
    findings.trying(step.id(), test);
    for (String turn : List.of("", ", applied again")) {
      if (!act(test + turn, actions)) {
        return;
      }
      StepVerdict verdict = wait(workshop, StepVerdict::done);
      if (verdict.status() != Status.PASS) {
        bad(test + turn, "it does not pass: " + told(verdict));
        return;
      }
      workshop.remember(module, verdict);
      findings.keepSkipped(verdict);
      steady(test + turn, verdict);
    }
  }

  /** With delays, a verdict that came out once must still come out a moment later. */
  private void steady(String test, StepVerdict verdict) throws InterruptedException {
    if (!delays.any()) {
      return;
    }
    delays.pause();
    StepVerdict later = workshop.look(module, step);
    if (!code(later).equals(code(verdict))) {
      bad(test, "it flickers: it said " + code(verdict) + ", and now says " + told(later));
    }
  }

  private void perturb() throws InterruptedException {
    if (!workshop.store().read().of(module, step).passed()) {
      return;
    }
    if (!step.script().perturb().isEmpty()) {
      act("perturb", step.script().perturb());
    } else if (step.workload().isPresent()) {
      String reference = step.workload().get().kind() + "/" + step.workload().get().name();
      act(
          "perturb",
          List.of(
              new Action(
                  "delete", JsonNodeFactory.instance.stringNode(reference), false, false, "")));
    } else {
      takeAway();
    }
    StepVerdict verdict = wait(workshop, one -> one.status() == Status.REGRESSED);
    if (verdict.status() != Status.REGRESSED) {
      bad("perturb", "it should be REGRESSED, and is " + verdict.status());
    }
  }

  /** Answers and files are what steps without objects are made of. */
  private void takeAway() {
    workshop.files(module).setAside(new Belongings(module, step, workshop.scene(module)).files());
    for (String name : Belongings.answers(step)) {
      workshop.store().update(progress -> progress.answered(name, ""));
    }
  }
}
