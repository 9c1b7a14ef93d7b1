package dev.mlk.course.watch;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A module whose verdicts the test plays. */
public final class PlayedLesson implements Lesson {
  static final String PAGE =
      """
      # Module 3: GPUs

      A GPU is an *extended resource*: a node advertises how many it has, and a container asks for whole ones.

      ## 3.1 Where are the GPUs?

      Look at the nodes:

      ```console
      $ kubectl get nodes -o custom-columns=NAME:.metadata.name,GPU:.status.allocatable
      ```

      ## 3.2 Ask for one GPU

      Write `gpu-job.yaml`. A container asks for GPUs under `resources.limits`.

      | field | meaning |
      | --- | --- |
      | `limits` | what the container may take, and for GPUs what it asks for |

      ## 3.3 Ask for too many

      Ask for more than there are.

      ## Debrief

      The end.
      """;

  /** A failing step, as the engine says it. */
  static final Tick.Said NO_LIMIT =
      new Tick.Said(
          "GPU-NO-LIMIT",
          "Job module3-gpu has nvidia.com/gpu under requests only",
          "nvidia.com/gpu: 1 under resources.limits",
          "GPUs cannot be overcommitted, so Kubernetes takes the limit for the request",
          "put nvidia.com/gpu: 1 under resources.limits of the container");

  private final String name;
  private final Path folder;
  final AtomicInteger verified = new AtomicInteger();
  final List<String> solved = new CopyOnWriteArrayList<>();
  volatile Callable<Standing> verdict;
  volatile Supplier<Optional<Tick>> early = Optional::empty;
  private volatile Standing known;

  /** A module of a folder, whose steps stand so at first. */
  public PlayedLesson(String name, Path folder, Mark... marks) {
    this.name = name;
    this.folder = folder;
    known = standing(marks);
    verdict = () -> known;
  }

  /** Three steps that stand so. */
  static Standing standing(Mark... marks) {
    String[] titles = {"Where are the GPUs?", "Ask for one GPU", "Ask for too many"};
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < marks.length; i++) {
      Tick.Said said = marks[i] == Mark.FAILED ? NO_LIMIT : Tick.Said.NOTHING;
      ticks.add(new Tick("3." + (i + 1), titles[i], 6, i == 2, marks[i], said));
    }
    return new Standing(ticks, Duration.ofMinutes(12));
  }

  /** From now on it stands so. */
  void stands(Mark... marks) {
    known = standing(marks);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "GPUs";
  }

  @Override
  public int minutes() {
    return 30;
  }

  @Override
  public String page() {
    return PAGE;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path pictures() {
    return folder;
  }

  @Override
  public List<Resource> resources() {
    return List.of(Resources.CONFIG_MAPS);
  }

  @Override
  public Standing known() {
    return known;
  }

  @Override
  public Standing verify(String first, Consumer<Tick> told) throws Exception {
    verified.incrementAndGet();
    early.get().ifPresent(told);
    return verdict.call();
  }

  @Override
  public String hint(String step) {
    return "1 of 4: kubectl describe node shows what a node has of nvidia.com/gpu";
  }

  @Override
  public String solution(String step) {
    return "kubectl apply -f gpu-job.yaml\n\nkind: Job\n";
  }

  @Override
  public List<String> solve(String step) {
    solved.add(step);
    return List.of("applied Job/module3-gpu");
  }

  @Override
  public List<Entry> modules() {
    return List.of(
        new Entry("module-3", "GPUs", 30, "1 of 3 steps"),
        new Entry("module-4", "Helm", 25, "not begun"));
  }

  @Override
  public Lesson open(String other) {
    return new PlayedLesson(other, folder, Mark.OPEN, Mark.OPEN, Mark.OPEN);
  }
}
