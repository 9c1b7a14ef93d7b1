package dev.mlk.course.verify;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.course.Capability;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Status;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import dev.mlk.course.act.Actions;
import dev.mlk.course.act.Resetting;
import dev.mlk.course.act.Workspace;
import dev.mlk.course.act.Writer;
import dev.mlk.course.check.Learner;
import dev.mlk.course.check.Scene;
import dev.mlk.course.check.Snapshot;
import dev.mlk.course.check.Target;
import dev.mlk.course.progress.Progress;
import dev.mlk.course.progress.ProgressStore;
import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A learner's workshop on one cluster: verifies steps and remembers how far the learner is. */
public final class Workshop implements AutoCloseable {
  private final Invocation invocation;
  private final Connection connection;
  private final Place place;
  private final Target target;
  private final ProgressStore store;

  /**
   * Where the learner's things are.
   *
   * @param learner the learner's name
   * @param namespace the learner's namespace
   * @param folder the folder of the workshop's files, as the command names it, if it does
   * @param home the folder of mlk's own state of the course
   */
  public record Place(String learner, String namespace, Optional<Path> folder, Path home) {}

  /**
   * A workshop; the connection is closed with it.
   *
   * @param practice the folder of the practice cluster that it is, if it is one
   */
  public Workshop(
      Invocation invocation, Connection connection, Place place, Optional<Path> practice) {
    this.invocation = invocation;
    this.connection = connection;
    this.place = place;
    this.target =
        new Target(
            connection.context(),
            connection.server(),
            Connections.currentContext(invocation),
            practice);
    this.store =
        new ProgressStore(
            place
                .home()
                .resolve(
                    ProgressName.of(
                        connection.practice(), connection.context(), place.namespace())));
  }

  /** The progress on this cluster. */
  public ProgressStore store() {
    return store;
  }

  /** Which cluster it is. */
  public Target target() {
    return target;
  }

  /** Where the learner's things are. */
  public Place place() {
    return place;
  }

  /** The connection, for watches. */
  public Connection connection() {
    return connection;
  }

  /** The learner's folder of a module; it need not exist yet. */
  public Path folder(CourseModule module) {
    String known = store.read().folders().getOrDefault(module.name(), "");
    if (place.folder().isEmpty() && !known.isEmpty()) {
      return Path.of(known);
    }
    Path root =
        place.folder().orElse(invocation.directory().toAbsolutePath().resolve("mlk-workshop"));
    return root.toAbsolutePath().normalize().resolve(module.name());
  }

  /** A fresh look at the cluster for a module's checks. */
  public Scene scene(CourseModule module) {
    return scene(module, store.read(), Set.of(), EnumSet.allOf(Capability.class));
  }

  private Scene scene(
      CourseModule module, Progress progress, Set<Capability> wanted, Set<Capability> most) {
    Snapshot snapshot = new Snapshot(new Reader(connection.client()));
    Learner learner =
        new Learner(place.learner(), place.namespace(), folder(module), progress.answers());
    Set<Capability> can = can(snapshot, wanted);
    can.retainAll(most);
    return new Scene(snapshot, learner, can, target, invocation.clock());
  }

  private Set<Capability> can(Snapshot snapshot, Set<Capability> wanted) {
    Set<Capability> can = EnumSet.of(Capability.P, Capability.S, Capability.N);
    if (wanted.contains(Capability.G) && target.practice().isEmpty()) {
      boolean gpus =
          snapshot.list(Resources.NODES, "").stream()
              .anyMatch(node -> Nodes.gpus(node, "allocatable") > 0);
      if (gpus) {
        can.add(Capability.G);
      }
    }
    if (wanted.contains(Capability.C)
        && ContainerEngine.find(invocation.environment()).isPresent()) {
      can.add(Capability.C);
    }
    return can;
  }

  /** The verdict on a step, without remembering it. */
  public StepVerdict look(CourseModule module, Step step) {
    return look(module, List.of(step)).getFirst();
  }

  /** The verdicts on steps of a module at one moment, without remembering them. */
  public List<StepVerdict> look(CourseModule module, List<Step> steps) {
    return look(module, steps, _ -> {});
  }

  /** The same, each verdict told as soon as it is there. */
  public List<StepVerdict> look(CourseModule module, List<Step> steps, Consumer<StepVerdict> told) {
    return look(module, steps, EnumSet.allOf(Capability.class), told);
  }

  /**
   * The verdict on a step as on a cluster that can do less, without remembering it.
   *
   * @param most what that cluster can do at most
   */
  public StepVerdict look(CourseModule module, Step step, Set<Capability> most) {
    return look(module, List.of(step), most, _ -> {}).getFirst();
  }

  private List<StepVerdict> look(
      CourseModule module, List<Step> steps, Set<Capability> most, Consumer<StepVerdict> told) {
    Progress progress = store.read();
    Set<Capability> wanted = EnumSet.of(Capability.P);
    for (Step step : steps) {
      wanted.addAll(step.requires());
      step.checks().forEach(check -> wanted.addAll(check.requires()));
    }
    Verifier verifier = new Verifier(scene(module, progress, wanted, most), names(module));
    List<StepVerdict> verdicts = new ArrayList<>();
    for (Step step : steps) {
      StepVerdict verdict = verifier.verify(step, progress.of(module, step).passed());
      told.accept(verdict);
      verdicts.add(verdict);
    }
    return verdicts;
  }

  private static Set<String> names(CourseModule module) {
    Set<String> names = new HashSet<>();
    for (Step step : module.steps()) {
      step.workload().ifPresent(workload -> names.add(workload.name()));
      step.checks().forEach(check -> names.add(check.arguments().path("name").asString("")));
    }
    return names;
  }

  /** The verdict on a step; progress remembers it. */
  public StepVerdict verify(CourseModule module, Step step) {
    return verify(module, List.of(step)).getFirst();
  }

  /** The verdicts on steps of a module at one moment; progress remembers them. */
  public List<StepVerdict> verify(CourseModule module, List<Step> steps) {
    List<StepVerdict> verdicts = look(module, steps);
    verdicts.forEach(verdict -> remember(module, verdict));
    return verdicts;
  }

  /** Lets progress remember a verdict. */
  public void remember(CourseModule module, StepVerdict verdict) {
    Instant now = invocation.clock().instant();
    store.update(
        progress ->
            progress.at(module, verdict.step(), now, before -> after(before, verdict, now)));
  }

  private static StepProgress after(StepProgress before, StepVerdict verdict, Instant now) {
    boolean passed = verdict.status() == Status.PASS;
    return new StepProgress(
        before.startedAt(),
        before.passedAt().or(() -> passed ? Optional.of(now) : Optional.empty()),
        before.spentSeconds(),
        before.hints(),
        before.assisted(),
        verdict.first().map(Verdict::code).orElse(""),
        before.attempts() + 1);
  }

  /** The learner's files of a module. */
  public Workspace files(CourseModule module) {
    return new Workspace(module.folder(), folder(module), invocation.clock());
  }

  /** What writes to the cluster for the course. */
  public Writer writer() {
    return new Writer(connection.client(), place.namespace(), invocation.clock());
  }

  /** What takes back what was done for steps. */
  public Resetting resetting(CourseModule module, List<Step> steps) {
    return new Resetting(module, steps, scene(module), writer(), files(module), store);
  }

  /** What the course does itself. */
  public Actions actions(CourseModule module) {
    return new Actions(
        module,
        writer(),
        files(module),
        () -> scene(module),
        (name, value) -> store.update(progress -> progress.answered(name, value)));
  }

  @Override
  public void close() {
    connection.close();
  }
}
