package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.format.Json;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts, finds, stops and empties clusters; says nothing. */
final class Clusters {
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final List<String> CONTENT =
      List.of("store", "etcd", "control-plane", "volumes", "nodes");

  private final Invocation invocation;

  Clusters(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The names of all clusters that have a folder, in order. */
  List<String> names() {
    Path all = ClusterFolder.all(invocation);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cluster, if it runs and is ready. */
  Optional<RunningCluster> running(ClusterFolder folder) {
    try {
      return ClusterLock.holder(folder.lock()).isEmpty()
          ? Optional.empty()
          : RunningCluster.read(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * Starts the cluster unless it runs. Two who start it at once get the same cluster.
   *
   * @param wanted its settings; empty: those of its last start, or the usual ones
   * @return whether it was started
   */
  boolean start(ClusterFolder folder, Optional<ClusterSettings> wanted) {
    try {
      PrivateFiles.createFolder(folder.path());
      try (FileChannel channel = starters(folder);
          FileLock _ = channel.lock()) {
        Optional<ClusterSettings> last = ClusterSettings.read(folder.config());
        if (running(folder).isPresent()) {
          same(folder, last.orElse(ClusterSettings.DEFAULT), wanted);
          return false;
        }
        ClusterSettings settings = wanted.or(() -> last).orElse(ClusterSettings.DEFAULT);
        sameEngine(folder, last.orElse(ClusterSettings.DEFAULT).engine(), settings.engine());
        if (settings.engine().real()) {
          settings = settings.with(new KubernetesPrograms(invocation).complete(settings.engine()));
        }
        Machines kept = settings.machines();
        last.ifPresent(before -> sayWhatGoes(folder, before.machines(), kept));
        PrivateFiles.replace(folder.config(), Json.writeLine(settings.json()));
        String trouble =
            new ClusterProcess(folder).start(invocation.environment(), invocation::note);
        if (!trouble.isEmpty()) {
          throw new Problem.Unreachable(
              Explanation.of("the practice cluster \"" + folder.name() + "\" did not start")
                  .because(trouble.strip().lines().toList())
                  .next("look into " + folder.log()));
        }
        return true;
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Nodes that the cluster has no more go with what runs on them: nobody is to wonder. */
  private void sayWhatGoes(ClusterFolder folder, Machines before, Machines now) {
    int gone = before.nodes() - now.nodes();
    if (gone > 0 && objects(folder)) {
      invocation.note(
          (gone == 1
                  ? "node-" + before.nodes() + " goes"
                  : "node-"
                      + (now.nodes() + 1)
                      + (gone == 2 ? " and node-" : " to node-")
                      + before.nodes()
                      + " go")
              + ", with the pods bound there; their owners make others on the nodes that are"
              + " left.");
    }
  }

  private static boolean objects(ClusterFolder folder) {
    return Files.exists(folder.path().resolve("store"))
        || Files.exists(folder.path().resolve("etcd"));
  }

  private static FileChannel starters(ClusterFolder folder) throws IOException {
    Path lock = folder.path().resolve("start.lock");
    PrivateFiles.create(lock);
    return FileChannel.open(lock, StandardOpenOption.WRITE);
  }

  /** Objects of one engine are not to be had in another. */
  private static void sameEngine(ClusterFolder folder, Engine now, Engine wanted) {
    if (objects(folder) && !now.name().equals(wanted.name())) {
      throw new Problem.Conflict(
          Explanation.of(
                  "the practice cluster \"" + folder.name() + "\" has the engine " + now.name())
              .because("its objects are kept by that engine; wanted: " + wanted.name())
              .next("mlk cluster start --engine " + wanted.name() + " --name another")
              .next(
                  "or give up its objects: mlk cluster stop --name "
                      + folder.name()
                      + "; mlk cluster reset --name "
                      + folder.name()));
    }
  }

  private static void same(
      ClusterFolder folder, ClusterSettings now, Optional<ClusterSettings> wanted) {
    if (wanted.isPresent() && !wanted.get().equals(now)) {
      throw new Problem.Conflict(
          Explanation.of("the practice cluster \"" + folder.name() + "\" runs with other settings")
              .because(
                  "it has "
                      + now.words()
                      + ", engine "
                      + now.engine().name()
                      + "; wanted: "
                      + wanted.get().words()
                      + ", engine "
                      + wanted.get().engine().name())
              .next("mlk cluster stop --name " + folder.name() + ", then start it again"));
    }
  }

  /**
   * Stops the cluster and waits until nothing of it is left.
   *
   * @return whether it ran
   */
  boolean stop(ClusterFolder folder) {
    try {
      if (!Files.isDirectory(folder.path())) {
        return false;
      }
      try (FileChannel channel = starters(folder);
          FileLock _ = channel.lock()) {
        Optional<Long> pid = ClusterLock.holder(folder.lock());
        if (pid.isEmpty()) {
          Files.deleteIfExists(folder.endpoint());
          return false;
        }
        end(folder, ProcessHandle.of(pid.get()));
        return true;
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static void end(ClusterFolder folder, Optional<ProcessHandle> process)
      throws IOException {
    if (process.isEmpty() || process.get().pid() == ProcessHandle.current().pid()) {
      throw new Problem.Unreachable(
          Explanation.of("the process of the cluster \"" + folder.name() + "\" cannot be found")
              .because("its lock " + folder.lock() + " is held by somebody else"));
    }
    ProcessHandle handle = process.get();
    handle.destroy();
    try {
      if (!ClusterLock.awaitFree(folder.lock(), STOP)) {
        handle.destroyForcibly();
        if (!ClusterLock.awaitFree(folder.lock(), STOP)) {
          throw new Problem.TimedOut(
              Explanation.of("the process " + handle.pid() + " of the cluster does not end"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(Explanation.of("the cluster is still stopping"));
    }
  }

  /**
   * Empties a cluster that does not run: objects, volumes, what pods left; keeps keys and settings.
   */
  void empty(ClusterFolder folder) {
    try {
      for (String content : CONTENT) {
        Folders.delete(folder.path().resolve(content));
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static Problem unusable(ClusterFolder folder, IOException e) {
    return new Problem.Unreachable(
        Explanation.of(
                "the folder of the practice cluster \"" + folder.name() + "\" cannot be used")
            .because(String.valueOf(e.getMessage()))
            .next("look at " + folder.path()));
  }
}
