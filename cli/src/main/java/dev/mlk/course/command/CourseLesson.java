package dev.mlk.course.command;

import dev.mlk.course.Action;
import dev.mlk.course.Check;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Status;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.act.Actions;
import dev.mlk.course.check.Kinds;
import dev.mlk.course.check.Words;
import dev.mlk.course.progress.Progress;
import dev.mlk.course.read.Pack;
import dev.mlk.course.verify.Workshop;
import dev.mlk.course.watch.Lesson;
import dev.mlk.course.watch.Mark;
import dev.mlk.course.watch.Tick;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A module of the workshop as a watch or a browser shows it. */
final class CourseLesson implements Lesson {
  /** What most modules look at, and what tells why a workload does not run. */
  private static final List<Resource> WATCHED =
      List.of(
          Resources.PODS,
          Resources.JOBS,
          Resources.TFJOBS,
          Resources.DEPLOYMENTS,
          Resources.DAEMON_SETS,
          Resources.SERVICES,
          Resources.ENDPOINT_SLICES,
          Resources.VOLUME_CLAIMS,
          Resources.CONFIG_MAPS,
          Resources.SECRETS,
          Resources.EVENTS,
          Resources.NODES,
          Resources.NAMESPACES);

  /** The learner's time goes on while nothing else changes. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Course course;
  private final Workshop workshop;
  private final Pack pack;
  private final CourseModule module;

  CourseLesson(Course course, Workshop workshop, Pack pack, CourseModule module) {
    this.course = course;
    this.workshop = workshop;
    this.pack = pack;
    this.module = module;
  }

  @Override
  public String name() {
    return module.name();
  }

  @Override
  public String title() {
    return module.title();
  }

  @Override
  public int minutes() {
    return module.minutes();
  }

  @Override
  public String page() {
    try {
      return Files.readString(module.page())
          .replace("${namespace}", workshop.place().namespace())
          .replace("${learner}", workshop.place().learner());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path folder() {
    return workshop.folder(module);
  }

  @Override
  public Path pictures() {
    return module.folder();
  }

  @Override
  public List<Resource> resources() {
    Set<Resource> all = new LinkedHashSet<>(WATCHED);
    for (Step step : module.steps()) {
      for (Check check : step.checks()) {
        check.arguments().findValuesAsString("kind").stream()
            .flatMap(kind -> Kinds.known(kind).stream())
            .forEach(all::add);
      }
    }
    return List.copyOf(all);
  }

  @Override
  public Standing known() {
    Progress progress = workshop.store().read();
    List<Tick> ticks = new ArrayList<>();
    for (Step step : module.steps()) {
      boolean passed = progress.of(module, step).passed();
      ticks.add(tick(step, passed ? Mark.PASSED : Mark.OPEN, Tick.Said.NOTHING));
    }
    return new Standing(ticks, Whereabouts.spent(progress, module));
  }

  private static Tick tick(Step step, Mark mark, Tick.Said said) {
    return new Tick(step.id(), step.title(), step.minutes(), step.optional(), mark, said);
  }

  @Override
  public Standing verify(String first, Consumer<Tick> told) {
    new Beginning(course, workshop).seen(module, module.steps());
    List<StepVerdict> verdicts = look(first, told);
    Progress before = workshop.store().read();
    boolean late = before.lastAt().map(this::longAgo).orElse(true);
    for (StepVerdict verdict : verdicts) {
      StepProgress known = before.of(module, verdict.step());
      boolean goesOn = late && !known.passed() && !verdict.done();
      if (goesOn || news(known, verdict)) {
        workshop.remember(module, verdict);
        late = false;
      }
    }
    List<Tick> ticks = verdicts.stream().map(CourseLesson::tick).toList();
    Standing standing = new Standing(ticks, Whereabouts.spent(workshop.store().read(), module));
    Whereabouts.tell(course, workshop, pack, module, verdicts);
    return standing;
  }

  /** The verdicts in the order of the module, however they were found. */
  private List<StepVerdict> look(String first, Consumer<Tick> told) {
    Comparator<Step> order = Comparator.comparing(step -> !step.id().equals(first));
    return workshop
        .look(
            module,
            module.steps().stream().sorted(order).toList(),
            verdict -> {
              if (verdict.step().id().equals(first)) {
                told.accept(tick(verdict));
              }
            })
        .stream()
        .sorted(Comparator.comparingInt(verdict -> module.steps().indexOf(verdict.step())))
        .toList();
  }

  private boolean longAgo(Instant last) {
    return Duration.between(last, now()).compareTo(MINUTE) > 0;
  }

  private Instant now() {
    return course.invocation().clock().instant();
  }

  /** Whether a verdict is anything new: a watch looks far more often than a learner does. */
  private static boolean news(StepProgress known, StepVerdict verdict) {
    boolean passes = verdict.status() == Status.PASS && !known.passed();
    return passes || !known.lastCode().equals(verdict.first().map(Verdict::code).orElse(""));
  }

  private static Tick tick(StepVerdict verdict) {
    Optional<Verdict> first = verdict.first();
    Tick.Said said =
        first
            .map(
                one -> new Tick.Said(one.code(), one.seen(), one.expected(), one.why(), one.next()))
            .orElseGet(() -> skipped(verdict));
    Mark mark =
        switch (verdict.status()) {
          case PASS -> Mark.PASSED;
          case SKIP -> Mark.SKIPPED;
          case REGRESSED -> Mark.REGRESSED;
          case FAIL ->
              first.map(Verdict::code).filter(CourseLesson::toCome).isPresent()
                  ? Mark.OPEN
                  : Mark.FAILED;
        };
    return tick(verdict.step(), mark, said);
  }

  /** Codes that say that something is still to come, not that anything is wrong. */
  private static boolean toCome(String code) {
    return code.equals("NOT-STARTED") || code.equals("NOT-YET") || code.equals("NOT-ANSWERED");
  }

  private static Tick.Said skipped(StepVerdict verdict) {
    return verdict.checks().stream()
        .filter(check -> check.status() == Status.SKIP)
        .findFirst()
        .map(check -> new Tick.Said("", "", "", check.why(), ""))
        .orElse(Tick.Said.NOTHING);
  }

  @Override
  public String hint(String id) {
    Step step = module.step(id).orElseThrow();
    int rung = Math.min(workshop.store().read().of(module, step).hints() + 1, step.hints().size());
    change(
        step,
        before ->
            new StepProgress(
                before.startedAt(),
                before.passedAt(),
                before.spentSeconds(),
                Math.max(rung, before.hints()),
                before.assisted(),
                before.lastCode(),
                before.attempts()));
    String text = new Words(workshop.scene(module)).fill(step.hints().get(rung - 1));
    return rung + " of " + step.hints().size() + "\n" + text;
  }

  private void change(Step step, UnaryOperator<StepProgress> change) {
    workshop.store().update(progress -> progress.at(module, step, now(), change));
  }

  @Override
  public String solution(String id) {
    Step step = module.step(id).orElseThrow();
    Actions actions = workshop.actions(module);
    Set<String> shown = new LinkedHashSet<>();
    var text = new StringBuilder();
    for (Action action : step.script().solution()) {
      text.append("- ").append(Actions.describe(action)).append('\n');
      actions
          .content(action)
          .filter(shown::add)
          .ifPresent(content -> text.append('\n').append(content.stripTrailing()).append("\n\n"));
    }
    return text.toString();
  }

  @Override
  public List<String> solve(String id) {
    Step step = module.step(id).orElseThrow();
    course.allow(workshop);
    workshop.actions(module).run(step, step.script().solution());
    change(
        step,
        before ->
            new StepProgress(
                before.startedAt(),
                before.passedAt(),
                before.spentSeconds(),
                before.hints(),
                true,
                before.lastCode(),
                before.attempts()));
    return step.script().solution().stream().map(Actions::describe).toList();
  }

  @Override
  public List<Entry> modules() {
    Progress progress = workshop.store().read();
    List<Entry> entries = new ArrayList<>();
    for (CourseModule one : pack.modules()) {
      long passed = one.steps().stream().filter(step -> progress.of(one, step).passed()).count();
      String words = passed == 0 ? "not begun" : passed + " of " + one.steps().size() + " steps";
      entries.add(new Entry(one.name(), one.title(), one.minutes(), words));
    }
    return entries;
  }

  @Override
  public Lesson open(String name) {
    CourseModule other = pack.module(name);
    new Beginning(course, workshop).files(other);
    return new CourseLesson(course, workshop, pack, other);
  }
}
