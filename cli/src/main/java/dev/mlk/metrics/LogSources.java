package dev.mlk.metrics;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.format.Nearest;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Finds the log folders of what a user names: a path, a job, a sweep. */
public final class LogSources {
  /** Label on the TFJobs of a sweep. */
  private static final String SWEEP_LABEL = "mlk.dev/sweep";

  private final Invocation invocation;
  private final Connections connections;
  private final Function<String, Path> practiceFolder;

  /**
   * Sources for one command.
   *
   * @param practiceFolder the folder of the practice cluster of that name
   */
  public LogSources(
      Invocation invocation, Connections connections, Function<String, Path> practiceFolder) {
    this.invocation = invocation;
    this.connections = connections;
    this.practiceFolder = practiceFolder;
  }

  /**
   * What is there of a name.
   *
   * @param sources the log folders
   * @param absent why there is none, when there is none yet or no more
   */
  public record Found(List<LogSource> sources, Optional<Problem> absent) {
    public Found {
      sources = List.copyOf(sources);
    }

    /** The sources; throws when there is none. */
    public List<LogSource> orThrow() {
      if (absent.isPresent()) {
        throw absent.get();
      }
      return sources;
    }
  }

  /**
   * The sources of a name. A path that is there, or that looks like one, is a path.
   *
   * @param name the name; empty for all jobs of the namespace
   * @throws Problem when there is nothing of that name, or it cannot be reached from here
   */
  public Found find(String name) {
    if (name.isEmpty()) {
      return all();
    }
    Path path = invocation.directory().resolve(name);
    if (Files.exists(path)) {
      LogSource source = new LogSource("", path, name, Optional.empty());
      return new Found(List.of(source), Optional.empty());
    }
    if (name.startsWith(".") || name.contains("/")) {
      throw new Problem.NotFound(
          Explanation.of("there is no folder " + name)
              .because("it would be " + path.normalize())
              .next("mlk metrics JOB, for the logs of a job"));
    }
    try (Connection connection = connections.open()) {
      return find(connection, name);
    }
  }

  /**
   * The sources of several names, whose runs begin with them.
   *
   * @param names as for {@link #find(String)}; none for all jobs of the namespace
   */
  public Found find(List<String> names) {
    if (names.size() < 2) {
      return find(only(names));
    }
    List<LogSource> all = new ArrayList<>();
    Optional<Problem> absent = Optional.empty();
    for (String name : names) {
      Found found = find(name);
      absent = absent.or(found::absent);
      found.sources().forEach(source -> all.add(source.of(name)));
    }
    return new Found(all, all.isEmpty() ? absent : Optional.empty());
  }

  private static String only(List<String> names) {
    return names.isEmpty() ? "" : names.getFirst();
  }

  /** Whether a name is a path, so that no cluster is asked. */
  public boolean isPath(String name) {
    return !name.isEmpty()
        && (Files.exists(invocation.directory().resolve(name))
            || name.startsWith(".")
            || name.contains("/"));
  }

  /** The sources of a job or a sweep of a cluster. */
  public Found find(Connection connection, String name) {
    Optional<? extends JsonNode> job =
        connection.client().find(Resources.TFJOBS, connection.namespace(), name);
    if (job.isPresent()) {
      return of(connection, job.get(), "");
    }
    List<LogSource> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    JsonNode jobs = connection.client().list(Resources.TFJOBS, connection.namespace(), Map.of());
    for (JsonNode one : jobs.path("items")) {
      String its = one.path("metadata").path("name").asString("");
      String sweep = one.path("metadata").path("labels").path(SWEEP_LABEL).asString("");
      names.add(sweep.isEmpty() ? its : sweep);
      if (sweep.equals(name)) {
        all.addAll(of(connection, one, its).sources());
      }
    }
    if (!names.contains(name)) {
      throw missing(connection, name, names);
    }
    Explanation none =
        Explanation.of("no trial of sweep " + name + " has event files yet")
            .next("mlk metrics " + name + " -w");
    return new Found(
        all, all.isEmpty() ? Optional.of(new Problem.NotFound(none)) : Optional.empty());
  }

  /**
   * Where the jobs of a name write, on any cluster.
   *
   * @param name a job or a sweep; empty for all jobs of the namespace
   * @throws Problem when there is no such job, or none that says where it writes
   */
  public static List<JobLogs> places(Connection connection, String name) {
    List<JobLogs> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    JsonNode jobs = connection.client().list(Resources.TFJOBS, connection.namespace(), Map.of());
    for (JsonNode job : jobs.path("items")) {
      String its = job.path("metadata").path("name").asString("");
      String sweep = job.path("metadata").path("labels").path(SWEEP_LABEL).asString("");
      names.add(its);
      names.add(sweep.isEmpty() ? its : sweep);
      if (its.equals(name)) {
        return places(job, "");
      }
      if (name.isEmpty() || sweep.equals(name)) {
        all.addAll(places(job, its));
      }
    }
    if (!name.isEmpty() && !names.contains(name)) {
      throw missing(connection, name, names);
    }
    if (all.isEmpty()) {
      throw new Problem.NotFound(
          Explanation.of("no job of namespace " + connection.namespace() + " says where it writes")
              .because("looked for --log-dir and the like in arguments and environment")
              .next("mlk tfjob list"));
    }
    return all;
  }

  /**
   * The same of several names, whose runs begin with them.
   *
   * @param names as above; none for all jobs of the namespace
   */
  public static List<JobLogs> places(Connection connection, List<String> names) {
    if (names.size() < 2) {
      return places(connection, only(names));
    }
    List<JobLogs> all = new ArrayList<>();
    for (String name : names) {
      places(connection, name).forEach(logs -> all.add(logs.of(name)));
    }
    return all;
  }

  private static List<JobLogs> places(JsonNode job, String prefix) {
    return LogPlace.of(job).stream().map(place -> new JobLogs(prefix, job, place)).toList();
  }

  /** All jobs of the namespace that can be read from here. */
  private Found all() {
    try (Connection connection = connections.open()) {
      List<LogSource> all = new ArrayList<>();
      Problem reason = null;
      JsonNode jobs = connection.client().list(Resources.TFJOBS, connection.namespace(), Map.of());
      for (JsonNode job : jobs.path("items")) {
        Found found;
        try {
          found = of(connection, job, job.path("metadata").path("name").asString(""));
          reason = found.absent().orElse(reason);
        } catch (Problem.NotFound e) {
          reason = e;
          continue;
        }
        all.addAll(found.sources());
      }
      if (reason == null) {
        reason =
            new Problem.NotFound(
                Explanation.of("there is no job in namespace " + connection.namespace())
                    .next("mlk tfjob submit mnist"));
      }
      return new Found(all, all.isEmpty() ? Optional.of(reason) : Optional.empty());
    }
  }

  /** Whether nobody writes any more, of several names. */
  public boolean over(List<String> names) {
    return names.size() < 2 ? over(only(names)) : names.stream().allMatch(this::over);
  }

  /**
   * Whether nobody writes any more: the jobs have ended. Folders may always grow.
   *
   * @param name as for {@link #find(String)}
   */
  public boolean over(String name) {
    if (!name.isEmpty() && Files.exists(invocation.directory().resolve(name))) {
      return false;
    }
    try (Connection connection = connections.open()) {
      JsonNode jobs = connection.client().list(Resources.TFJOBS, connection.namespace(), Map.of());
      for (JsonNode job : jobs.path("items")) {
        JsonNode metadata = job.path("metadata");
        boolean mine =
            name.isEmpty()
                || metadata.path("name").asString("").equals(name)
                || metadata.path("labels").path(SWEEP_LABEL).asString("").equals(name);
        if (mine && !new Job(job).ended()) {
          return false;
        }
      }
      // Between two trials of a sweep all of its jobs have ended.
      return !SweepRunner.runs(connection, name, invocation.clock().instant());
    }
  }

  private static Problem missing(Connection connection, String name, List<String> names) {
    Explanation explanation =
        Explanation.of("there is neither a folder nor a job nor a sweep " + name)
            .because("looked in this folder and in namespace " + connection.namespace());
    return new Problem.NotFound(
        Nearest.to(name, names)
            .map(near -> explanation.next("mlk metrics " + near))
            .orElse(explanation)
            .next("mlk tfjob list -A"));
  }

  /**
   * The log folders that are a job's own: one that it names, or one that goes with its pods. A
   * claim that it only mounts may hold the files of others as well.
   *
   * @throws Problem when it has none, or they cannot be reached from here
   */
  public Found own(Connection connection, JsonNode job) {
    List<LogPlace> places =
        LogPlace.of(job).stream().filter(place -> place.told() || place.ownToPod()).toList();
    return of(connection, job, "", places);
  }

  private Found of(Connection connection, JsonNode job, String prefix) {
    return of(connection, job, prefix, LogPlace.of(job));
  }

  private Found of(Connection connection, JsonNode job, String prefix, List<LogPlace> places) {
    String name = job.path("metadata").path("name").asString("");
    if (places.isEmpty()) {
      throw new Problem.NotFound(
          Explanation.of("job " + name + " names no log folder and writes to no volume")
              .because("looked for --log-dir and the like in its arguments and environment")
              .next("mlk tfjob logs " + name));
    }
    if (connection.practice().isEmpty()) {
      throw elsewhere(name, places.getFirst());
    }
    PracticeVolumes volumes =
        new PracticeVolumes(
            connection.client(),
            connection.namespace(),
            practiceFolder.apply(connection.practice()));
    List<LogSource> all = new ArrayList<>();
    for (LogPlace place : places) {
      List<PracticeVolumes.Folder> folders = locate(volumes, name, place);
      for (PracticeVolumes.Folder folder : folders) {
        boolean several = folders.size() > 1 || places.size() > 1;
        String replica = several && place.ownToPod() ? folder.replica() : "";
        String both =
            prefix.isEmpty() || replica.isEmpty() ? prefix + replica : prefix + "/" + replica;
        all.add(
            new LogSource(
                both, folder.path(), place.shown() + " of job " + name, Optional.of(job)));
      }
    }
    return new Found(
        all, all.isEmpty() ? Optional.of(gone(name, places.getFirst())) : Optional.empty());
  }

  private static List<PracticeVolumes.Folder> locate(
      PracticeVolumes volumes, String job, LogPlace place) {
    if (place.remote()) {
      throw elsewhere(job, place);
    }
    try {
      return volumes.locate(job, place);
    } catch (ApiException e) {
      if (e.code() != 403) {
        throw e;
      }
      throw new Problem.NotAllowed(
          Explanation.of("the volumes of job " + job + " cannot be looked up")
              .because(e.getMessage()));
    }
  }

  private static Problem gone(String job, LogPlace place) {
    Explanation what =
        Explanation.of("job " + job + " has no event files")
            .because("they would be in " + place.shown());
    what =
        place.ownToPod()
            ? what.because("which is there only while the job has a pod, and it has none")
            : what.because("on a claim that is not there or has no volume yet");
    return new Problem.NotFound(
        what.next("mlk tfjob get " + job)
            .next("a log folder on a PersistentVolumeClaim outlives its pods"));
  }

  private static Problem elsewhere(String job, LogPlace place) {
    Explanation what =
        Explanation.of("the event files of job " + job + " cannot be read from this machine")
            .because("they are in " + place.shown());
    if (place.remote()) {
      return new Problem.NotFound(what.next("copy them here, then: mlk metrics FOLDER"));
    }
    return new Problem.NotFound(
        what.because("which is a volume of a cluster that does not run on this machine")
            .next("kubectl cp POD:" + place.shown() + " logs   (while a pod of the job runs)")
            .next("mlk metrics logs"));
  }
}
