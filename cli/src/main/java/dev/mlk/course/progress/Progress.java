package dev.mlk.course.progress;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How far a learner is on one cluster.
 *
 * @param steps by {@code module/step}
 * @param answers answers by name
 * @param folders the folders of modules' files, by module
 * @param lastAt when anything was last done
 * @param trusted whether the learner has said that this cluster is the right one
 */
public record Progress(
    Map<String, StepProgress> steps,
    Map<String, String> answers,
    Map<String, String> folders,
    Optional<Instant> lastAt,
    boolean trusted) {
  /** Nothing done. */
  public static final Progress NONE =
      new Progress(Map.of(), Map.of(), Map.of(), Optional.empty(), false);

  /** Whoever does nothing for so long is not at it. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  public Progress {
    steps = Map.copyOf(steps);
    answers = Map.copyOf(answers);
    folders = Map.copyOf(folders);
  }

  private static String key(CourseModule module, Step step) {
    return module.name() + "/" + step.id();
  }

  /** How far a step is. */
  public StepProgress of(CourseModule module, Step step) {
    return steps.getOrDefault(key(module, step), StepProgress.NONE);
  }

  /** The name of the module in which a step was begun last. */
  public Optional<String> latest() {
    return steps.entrySet().stream()
        .filter(entry -> entry.getValue().startedAt().isPresent())
        .max(Comparator.comparing(entry -> entry.getValue().startedAt().orElseThrow()))
        .map(entry -> entry.getKey().substring(0, entry.getKey().indexOf('/')));
  }

  /** The same with a step changed; the time since the last deed counts for it. */
  public Progress at(
      CourseModule module, Step step, Instant now, UnaryOperator<StepProgress> change) {
    StepProgress before = of(module, step);
    long more =
        before.passed()
            ? 0
            : lastAt
                .map(last -> Duration.between(last, now))
                .filter(gap -> !gap.isNegative() && gap.compareTo(PAUSE) <= 0)
                .map(Duration::toSeconds)
                .orElse(0L);
    StepProgress begun =
        new StepProgress(
            before.startedAt().or(() -> Optional.of(now)),
            before.passedAt(),
            before.spentSeconds() + (before.startedAt().isPresent() ? more : 0),
            before.hints(),
            before.assisted(),
            before.lastCode(),
            before.attempts());
    Map<String, StepProgress> changed = new LinkedHashMap<>(steps);
    changed.put(key(module, step), change.apply(begun));
    return new Progress(changed, answers, folders, Optional.of(now), trusted);
  }

  /** The same as if nothing had been done for a step. */
  public Progress without(CourseModule module, Step step, Collection<String> names) {
    Map<String, StepProgress> left = new LinkedHashMap<>(steps);
    left.remove(key(module, step));
    Map<String, String> others = new LinkedHashMap<>(answers);
    others.keySet().removeAll(names);
    return new Progress(left, others, folders, lastAt, trusted);
  }

  /** The same with an answer; an empty one is taken back. */
  public Progress answered(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(answers);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Progress(steps, changed, folders, lastAt, trusted);
  }

  /** The same with a folder for a module's files. */
  public Progress inFolder(String module, String folder) {
    Map<String, String> changed = new LinkedHashMap<>(folders);
    changed.put(module, folder);
    return new Progress(steps, answers, changed, lastAt, trusted);
  }

  /** The same, and the cluster is the right one. */
  public Progress trusting() {
    return new Progress(steps, answers, folders, lastAt, true);
  }
}
