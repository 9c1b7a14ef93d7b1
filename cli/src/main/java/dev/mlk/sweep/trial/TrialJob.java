package dev.mlk.sweep.trial;

import dev.mlk.format.Json;
import dev.mlk.manifest.Settings;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The TFJob of a trial. */
public final class TrialJob {
  /** The label of a trial's job and pods with the trial's identity. */
  public static final String TRIAL = "mlk.dev/trial";

  /** The annotation with the trial's parameters. */
  public static final String PARAMETERS = "mlk.dev/parameters";

  /** Kueue's label that names the queue. */
  public static final String QUEUE = "kueue.x-k8s.io/queue-name";

  private static final Set<String> FOLDERS =
      Set.of("--log-dir", "--logdir", "--model-dir", "--export-dir", "--job-dir", "--output-dir");

  private TrialJob() {}

  /**
   * The job with a point's values.
   *
   * @throws IllegalArgumentException with a sentence when a value cannot be set
   */
  public static ObjectNode filled(SweepSpec spec, Point point) {
    ObjectNode job = spec.job().deepCopy();
    for (Parameter parameter : spec.space().parameters()) {
      for (String target : parameter.targets()) {
        Optional<String> problem =
            Settings.apply(job, target + "=" + point.values().get(parameter.name()));
        if (problem.isPresent()) {
          throw new IllegalArgumentException(problem.get());
        }
      }
    }
    return job;
  }

  /** The job of a trial, to be created in the cluster. */
  public static ObjectNode of(Sweep sweep, Trial trial) {
    String name = trial.job(sweep.name());
    ObjectNode job = filled(sweep.spec(), trial.point());
    ObjectNode metadata = job.withObjectProperty("metadata");
    metadata.put("name", name);
    ObjectNode labels = metadata.withObjectProperty("labels");
    labels.put(SweepStore.LABEL, sweep.name()).put(TRIAL, trial.point().id());
    ObjectNode annotations = metadata.withObjectProperty("annotations");
    ObjectNode values = Json.object();
    trial.point().values().forEach(values::put);
    annotations.put(PARAMETERS, Json.writeLine(values));
    metadata.putArray("ownerReferences").add(SweepStore.owner(sweep));
    keepPods(job);
    queue(job, sweep.spec().limits().queue());
    for (JsonNode replica : job.path("spec").path("tfReplicaSpecs")) {
      comeBack(replica);
      if (replica.path("template") instanceof ObjectNode template) {
        template
            .withObjectProperty("metadata")
            .withObjectProperty("labels")
            .put(SweepStore.LABEL, sweep.name());
      }
    }
    ownFolders(job, name);
    return job;
  }

  /**
   * What is lost with its node is made again in the same job, where the job does not say otherwise:
   * it did not fail.
   */
  private static void comeBack(JsonNode replica) {
    if (replica instanceof ObjectNode object && !object.has("restartPolicy")) {
      object.put("restartPolicy", "ExitCode");
    }
  }

  /** The metric is read from the pods' logs after the end, so they must stay. */
  public static void keepPods(ObjectNode job) {
    ObjectNode policy = job.withObjectProperty("spec").withObjectProperty("runPolicy");
    policy.remove("ttlSecondsAfterFinished");
    if (policy.path("cleanPodPolicy").asString("").equals("All")) {
      policy.put("cleanPodPolicy", "Running");
    }
  }

  private static void queue(ObjectNode job, String queue) {
    if (!queue.isEmpty()) {
      job.withObjectProperty("metadata").withObjectProperty("labels").put(QUEUE, queue);
      job.withObjectProperty("spec").withObjectProperty("runPolicy").put("suspend", true);
    }
  }

  /** Trials that share a volume get folders of their own on it. Whether there is such a folder. */
  public static boolean ownFolders(ObjectNode job, String name) {
    boolean any = false;
    for (JsonNode replica : job.path("spec").path("tfReplicaSpecs")) {
      JsonNode pod = replica.path("template").path("spec");
      for (JsonNode container : pod.path("containers")) {
        if (container.path("args") instanceof ArrayNode args) {
          any |= ownFolders(pod, container, args, name);
        }
      }
    }
    return any;
  }

  private static boolean ownFolders(JsonNode pod, JsonNode container, ArrayNode args, String name) {
    boolean any = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i).asString("");
      int equals = arg.indexOf('=');
      if (equals > 0
          && FOLDERS.contains(arg.substring(0, equals))
          && shared(pod, container, arg.substring(equals + 1))) {
        args.set(i, JsonNodeFactory.instance.stringNode(arg + "/" + name));
        any = true;
      }
    }
    return any;
  }

  /** Whether an argument names a folder to write to. */
  public static boolean isFolder(String argument) {
    return FOLDERS.contains(argument);
  }

  private static boolean shared(JsonNode pod, JsonNode container, String folder) {
    String volume = "";
    int longest = -1;
    for (JsonNode mount : container.path("volumeMounts")) {
      String path = mount.path("mountPath").asString("");
      if ((folder + "/").startsWith(path + "/") && path.length() > longest) {
        volume = mount.path("name").asString("");
        longest = path.length();
      }
    }
    for (JsonNode candidate : pod.path("volumes")) {
      if (candidate.path("name").asString("").equals(volume)) {
        return !candidate.has("emptyDir") && !candidate.has("ephemeral");
      }
    }
    // Outside any volume a folder goes with its container, unless it is an address somewhere else.
    return folder.contains("://");
  }
}
