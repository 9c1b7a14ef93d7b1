package dev.mlk.course.act;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.check.Scene;
import dev.mlk.course.progress.ProgressStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes back what was done for steps. */
public final class Resetting {
  private final CourseModule module;
  private final List<Step> steps;
  private final Scene scene;
  private final Writer writer;
  private final Workspace files;
  private final ProgressStore store;

  /**
   * A reset that is still to run.
   *
   * @param scene the cluster as it is now
   */
  public Resetting(
      CourseModule module,
      List<Step> steps,
      Scene scene,
      Writer writer,
      Workspace files,
      ProgressStore store) {
    this.module = module;
    this.steps = List.copyOf(steps);
    this.scene = scene;
    this.writer = writer;
    this.files = files;
    this.store = store;
  }

  /** The objects that will go. */
  public List<Belongings.Thing> things() {
    Set<Belongings.Thing> all = new LinkedHashSet<>();
    steps.forEach(step -> all.addAll(new Belongings(module, step, scene).objects()));
    return List.copyOf(all);
  }

  /**
   * Deletes the objects, moves the learner's files aside and forgets the progress.
   *
   * @return where the files are now; empty when there were none
   */
  public Optional<Path> run() {
    // Workloads first: what they use, such as claims, goes only when nobody uses it.
    List<Belongings.Thing> things = new ArrayList<>(things());
    things.sort((a, b) -> Integer.compare(order(a), order(b)));
    for (Belongings.Thing thing : things) {
      writer.delete(thing.resource(), thing.namespace(), thing.name());
    }
    Set<String> names = new LinkedHashSet<>();
    for (Step step : steps) {
      Belongings belongings = new Belongings(module, step, scene);
      names.addAll(belongings.files());
      if (belongings.claimsNamespace()) {
        // The namespace holds the work of other steps: it stays, and is nobody's again.
        writer.unclaim();
      }
      store.update(progress -> progress.without(module, step, Belongings.answers(step)));
    }
    return files.setAside(List.copyOf(names));
  }

  private static int order(Belongings.Thing thing) {
    return switch (thing.resource().kind()) {
      case "TFJob", "Job", "CronJob", "Deployment", "DaemonSet", "StatefulSet" -> 0;
      case "Pod" -> 1;
      case "PersistentVolumeClaim" -> 3;
      case "Namespace" -> 4;
      default -> 2;
    };
  }
}
