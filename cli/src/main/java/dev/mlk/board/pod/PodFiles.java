package dev.mlk.board.pod;

import dev.mlk.connect.Connection;
import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.metrics.JobLogs;
import dev.mlk.metrics.LogSource;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Event files that only a running pod can reach, fetched into a folder of this machine: what is new
 * of each file, again and again. It needs a shell, find, wc and tail in the container, and the
 * right to exec.
 */
public final class PodFiles implements AutoCloseable {
  private static final String LIST =
      "cd \"$0\" 2>/dev/null && find . -type f -name '*tfevents*' -exec wc -c {} + || true";

  /** With the process after it. */
  private static final String NAME = "mlk-tensorboard-";

  private static final Pattern LEFT = Pattern.compile(NAME + "([0-9]{1,9})-[0-9]+");
  private static final Pattern LINE = Pattern.compile("\\s*(\\d+) \\./(.*)");

  private final List<JobLogs> logs;
  private final Path folder;
  private final Thread hook;
  private final Map<Path, LogSource> sources = new LinkedHashMap<>();

  /**
   * Files of jobs.
   *
   * @throws IOException when there can be no folder for them
   */
  public PodFiles(List<JobLogs> logs) throws IOException {
    this.logs = List.copyOf(logs);
    this.folder = Files.createTempDirectory(NAME + ProcessHandle.current().pid() + "-");
    removeLeft(folder);
    this.hook = new Thread(() -> remove(folder), "fetched-logs-removal");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Fetches what is new; all folders that there are, those of pods that have ended as well. */
  public synchronized List<LogSource> fetch(Connection connection) throws IOException {
    for (JobLogs one : logs) {
      if (one.place().remote()) {
        continue;
      }
      for (Replica pod : pods(connection, one)) {
        fetch(connection, one, pod);
      }
    }
    return List.copyOf(sources.values());
  }

  /** The same, for whoever asks for the first time; throws when there is nothing to be had. */
  public List<LogSource> fetchFirst(Connection connection) throws IOException {
    List<LogSource> found = fetch(connection);
    if (found.isEmpty()) {
      JobLogs one = logs.getFirst();
      if (one.place().remote()) {
        throw new Problem.NotFound(
            Explanation.of("the event files of job " + one.jobName() + " cannot be read here")
                .because(
                    "they are in " + one.place().shown() + ", which TensorBoard in a pod reads")
                .next("mlk tensorboard " + one.jobName()));
      }
      throw new Problem.NotFound(
          Explanation.of("the event files of job " + one.jobName() + " cannot be read")
              .because("they are in " + one.place().shown() + " of its pods, and none runs now")
              .next("a log folder on a PersistentVolumeClaim outlives its pods"));
    }
    return found;
  }

  private static List<Replica> pods(Connection connection, JobLogs one) {
    List<Replica> running = new ArrayList<>();
    Map<String, String> its = Map.of("labelSelector", Job.JOB_LABEL + "=" + one.jobName());
    for (JsonNode pod :
        connection.client().list(Resources.PODS, connection.namespace(), its).path("items")) {
      Replica replica = new Replica(pod);
      if (replica.phase().equals("Running")
          && replica.type().equalsIgnoreCase(one.place().replicaType())) {
        running.add(replica);
      }
    }
    running.sort(Comparator.naturalOrder());
    // What all share is fetched once.
    return one.place().ownToPod() || running.isEmpty() ? running : running.subList(0, 1);
  }

  private void fetch(Connection connection, JobLogs one, Replica pod) throws IOException {
    Exec exec =
        new Exec(connection.client(), connection.namespace(), pod.podName(), pod.containerName());
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    String remote = one.place().shown();
    Path local = folder.resolve(one.jobName()).resolve(pod.podName());
    try {
      exec.run(list, "sh", "-c", LIST, remote);
      sources.computeIfAbsent(local, _ -> source(one, pod, local));
      for (String line : list.toString(StandardCharsets.UTF_8).lines().toList()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          long size = Long.parseLong(matcher.group(1));
          String name = matcher.group(2);
          below(local, name).ifPresent(file -> grow(exec, remote, name, size, file));
        }
      }
    } catch (ApiException e) {
      if (e.code() == 403) {
        throw new Problem.NotAllowed(
            Explanation.of("the files in pod " + pod.podName() + " cannot be fetched")
                .because(e.getMessage())
                .next("kubectl auth can-i create pods/exec"));
      }
      throw e;
    }
  }

  private LogSource source(JobLogs one, Replica pod, Path local) {
    boolean several =
        logs.stream().filter(other -> other.jobName().equals(one.jobName())).count() > 1;
    String replica = several && one.place().ownToPod() ? pod.name() : "";
    String both =
        one.prefix().isEmpty() || replica.isEmpty()
            ? one.prefix() + replica
            : one.prefix() + "/" + replica;
    String shown = one.place().shown() + " of job " + one.jobName();
    return new LogSource(both, local, shown, Optional.of(one.job()));
  }

  /** A file below a folder; the name is the pod's to choose, so it may want out. */
  static Optional<Path> below(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    return file.startsWith(folder) && !file.equals(folder) ? Optional.of(file) : Optional.empty();
  }

  /** Fetches what the file here lacks; a file that became shorter is another one. */
  private static void grow(Exec exec, String remote, String name, long size, Path file) {
    try {
      Files.createDirectories(file.getParent());
      long have = Files.exists(file) ? Files.size(file) : 0;
      if (have > size) {
        Files.delete(file);
        have = 0;
      }
      if (have < size) {
        try (OutputStream out =
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          String rest = "cd \"$0\" && exec tail -c +" + (have + 1) + " \"$1\"";
          exec.run(out, "sh", "-c", rest, remote, "./" + name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What killed runs of this user have left beside a new folder. */
  private static void removeLeft(Path own) {
    try (Stream<Path> all = Files.list(own.getParent())) {
      UserPrincipal user = Files.getOwner(own);
      for (Path path : all.toList()) {
        Matcher matcher = LEFT.matcher(path.getFileName().toString());
        if (matcher.matches()
            && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
            && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)) {
          remove(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Somebody else was faster, or it has to wait for the next time.
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A folder for temporary files: the system takes the rest.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // on its way out: the hook does it
    }
    remove(folder);
  }
}
