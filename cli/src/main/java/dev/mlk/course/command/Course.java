package dev.mlk.course.command;

import dev.mlk.cluster.PracticeClusters;
import dev.mlk.cluster.TemporaryCluster;
import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Kubeconfig;
import dev.mlk.course.Step;
import dev.mlk.course.content.Bench;
import dev.mlk.course.page.Hyperlinks;
import dev.mlk.course.page.PageText;
import dev.mlk.course.progress.Progress;
import dev.mlk.course.progress.ProgressStore;
import dev.mlk.course.read.Pack;
import dev.mlk.course.read.Packs;
import dev.mlk.course.verify.ProgressName;
import dev.mlk.course.verify.Workshop;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Opens the workshop for a command. */
public final class Course {
  private static final String NAMESPACE = "mlk";
  private static final String PRACTICE = "practice";

  private final Invocation invocation;
  private final Sources sources;

  /**
   * Where clusters come from.
   *
   * @param connections the cluster of the command; a practice cluster is started when need be
   * @param already the same, but nothing is started
   * @param practiceFolder the folder of the practice cluster of a name
   */
  public record Sources(
      Connections connections, Connections already, Function<String, Path> practiceFolder) {}

  /** The workshop of one command. */
  public Course(Invocation invocation, Sources sources) {
    this.invocation = invocation;
    this.sources = sources;
  }

  Invocation invocation() {
    return invocation;
  }

  /**
   * The pack of modules: the one named, or that of {@code MLK_PACK}, or the one that came with mlk.
   */
  public Pack pack(String named) {
    String wanted = named.isEmpty() ? invocation.environment().getOrDefault("MLK_PACK", "") : named;
    return wanted.isEmpty()
        ? Packs.shipped()
        : Packs.of(invocation.directory().resolve(wanted), home().resolve("packs"));
  }

  /** The folder of the course's own state. */
  Path home() {
    return invocation.state().resolve("course");
  }

  /**
   * Opens the workshop; a practice cluster is started when there is no other.
   *
   * @param folder the folder of the learner's files; empty for the usual one
   */
  public Workshop open(String folder) {
    Connection connection = sources.connections().open();
    String practice = connection.practice();
    return new Workshop(
        invocation,
        connection,
        new Workshop.Place(learner(), namespace(connection.namespace()), folder(folder), home()),
        practice.isEmpty()
            ? Optional.empty()
            : Optional.of(sources.practiceFolder().apply(practice)));
  }

  /** A bench on the command's own cluster, which stays; its folder goes. */
  Bench bench(Path folder) {
    return new Bench() {
      @Override
      public Workshop open(String namespace, Path files) {
        Connection connection = sources.connections().open();
        String practice = connection.practice();
        return new Workshop(
            invocation,
            connection,
            place(namespace, files),
            practice.isEmpty()
                ? Optional.empty()
                : Optional.of(sources.practiceFolder().apply(practice)));
      }

      @Override
      public Workshop open(String namespace, Path files, Kubeconfig wrong) {
        Invocation other = WrongKubeconfig.of(invocation, files, wrong);
        Connection connection = new Connections(other, PracticeClusters::runningAlready).open();
        return new Workshop(other, connection, place(namespace, files), Optional.empty());
      }

      @Override
      public Path folder() {
        return folder;
      }

      @Override
      public boolean lasting() {
        return true;
      }

      @Override
      public void close() {
        try {
          Folders.delete(folder);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private Workshop.Place place(String namespace, Path files) {
    return new Workshop.Place(
        learner(), namespace, Optional.of(files.resolve("files")), files.resolve("state"));
  }

  /**
   * A bench on a practice cluster of its own, which goes with it.
   *
   * @param engine the cluster's engine; empty for the built-in one
   * @param programs the folder of the real control plane's programs; may be empty
   */
  Bench freshBench(String engine, String programs) {
    TemporaryCluster cluster = TemporaryCluster.start(invocation, engine, programs);
    Course inside =
        new Course(
            cluster.inside(),
            new Sources(
                new Connections(cluster.inside(), PracticeClusters::running),
                new Connections(cluster.inside(), PracticeClusters::runningAlready),
                name -> PracticeClusters.folder(cluster.inside(), name)));
    Bench bench = inside.bench(cluster.inside().directory().resolve("content"));
    return new Bench() {
      @Override
      public Workshop open(String namespace, Path files) {
        return bench.open(namespace, files);
      }

      @Override
      public Workshop open(String namespace, Path files, Kubeconfig wrong) {
        return bench.open(namespace, files, wrong);
      }

      @Override
      public Path folder() {
        return bench.folder();
      }

      @Override
      public boolean lasting() {
        return false;
      }

      @Override
      public void close() {
        cluster.close();
      }
    };
  }

  /** The progress, without asking or starting any cluster. */
  public ProgressStore progress() {
    String name;
    try (Connection connection = sources.already().open()) {
      name =
          ProgressName.of(
              connection.practice(), connection.context(), namespace(connection.namespace()));
    } catch (Problem.Unreachable e) {
      name = ProgressName.of(PRACTICE, "", namespace(invocation.options().namespace()));
    }
    return new ProgressStore(home().resolve(name));
  }

  /** Prints a page, or a part of one, with the learner's names in it; no cluster is started. */
  void print(String markdown) {
    String namespace = namespace(invocation.options().namespace());
    if (markdown.contains("${namespace}")) {
      try (Connection connection = sources.already().open()) {
        namespace = namespace(connection.namespace());
      } catch (Problem.Unreachable e) {
        invocation.detail("no cluster to take a namespace from: " + e.getMessage());
      }
    }
    String page = markdown.replace("${namespace}", namespace).replace("${learner}", learner());
    boolean links = invocation.console().forEyes() && Hyperlinks.in(invocation.environment());
    invocation.console().out().print(PageText.printed(page, invocation.console(), links).text());
  }

  private static String namespace(String given) {
    return given.isEmpty() || given.equals("default") ? NAMESPACE : given;
  }

  private Optional<Path> folder(String option) {
    String folder =
        option.isEmpty() ? invocation.environment().getOrDefault("MLK_WORKSHOP", "") : option;
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(invocation.directory().resolve(folder));
  }

  private String learner() {
    String name =
        invocation
            .environment()
            .getOrDefault("MLK_LEARNER", invocation.environment().getOrDefault("USER", "learner"));
    String legal =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
    return legal.isEmpty() ? "learner" : legal.substring(0, Math.min(40, legal.length()));
  }

  /**
   * The step that comes next: the first that is neither passed nor optional, of one module or,
   * without a name, of the module that was begun last, those after it and those before it.
   */
  static Optional<Pack.Place> next(Pack pack, Progress progress, String module) {
    for (String name : module.isEmpty() ? fromLatest(pack, progress) : List.of(module)) {
      CourseModule one = pack.module(name);
      for (Step step : one.steps()) {
        if (!step.optional() && !progress.of(one, step).passed()) {
          return Optional.of(new Pack.Place(one, step));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * All modules, first the one in which a step was begun last: whoever skips ahead goes on there.
   */
  private static List<String> fromLatest(Pack pack, Progress progress) {
    List<String> names = new ArrayList<>(pack.names());
    progress
        .latest()
        .map(names::indexOf)
        .filter(index -> index > 0)
        .ifPresent(index -> Collections.rotate(names, -index));
    return names;
  }

  /** The step that a word names, or the one that comes next for no word. */
  static Pack.Place step(Pack pack, Progress progress, String wanted) {
    if (wanted.isEmpty() || !wanted.contains(".")) {
      String module = wanted.isEmpty() ? "" : pack.module(wanted).name();
      return next(pack, progress, module)
          .orElseThrow(
              () ->
                  new Problem.NotFound(
                      Explanation.of(
                              module.isEmpty()
                                  ? "all steps of the workshop are done"
                                  : "all steps of " + module + " are done")
                          .next("mlk module list")));
    }
    return pack.steps(wanted).getFirst();
  }

  /**
   * Asks before the first change to a cluster that nobody has said is for learning.
   *
   * @throws Problem when the answer is no, or nobody can answer
   */
  void allow(Workshop workshop) {
    if (workshop.target().practice().isPresent()) {
      return;
    }
    String which = workshop.target().context() + " (" + workshop.target().server() + ")";
    if (workshop.target().looksLikeProduction()) {
      invocation.confirm(
          "The context " + which + " looks like production. Learn there all the same?");
      return;
    }
    if (!workshop.store().read().trusted()) {
      invocation.confirm(
          "The workshop will make objects in the namespace "
              + workshop.place().namespace()
              + " of "
              + which
              + ". Is that right?");
      workshop.store().update(Progress::trusting);
    }
  }
}
