package dev.mlk.board.pod;

import dev.mlk.format.Json;
import dev.mlk.metrics.JobLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Job that runs TensorBoard beside the logs. A Job and not a bare pod: the cluster makes a new
 * pod when one is lost, and ends and removes it by its deadline even when nobody is left to do it.
 */
final class TensorBoardJob {
  /** The label on all that is made for a board. */
  static final String LABEL = "mlk.dev/tensorboard";

  /** TensorBoard's port in the pod. */
  static final int PORT = 6006;

  private static final List<String> FROM_API = List.of("secret", "configMap", "projected");
  private static final int MOST_PODS = 100;
  private static final int DEADLINE_SECONDS = 12 * 60 * 60;
  private static final int LEFT_SECONDS = 30;

  private TensorBoardJob() {}

  /**
   * The Job; for the same logs and image it has the same name.
   *
   * @param image an image with the program tensorboard
   * @param logs where the files are
   * @param node the node that the pod has to be on, because the claim is there
   */
  static ObjectNode of(String image, List<JobLogs> logs, Optional<String> node) {
    ObjectNode job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = job.putObject("metadata");
    owner(metadata, logs);
    ObjectNode spec = job.putObject("spec");
    // TensorBoard ends with 0 when it is told to end, as by a node that is drained: that is no
    // reason to be without one. Each end that is no failure is one of these.
    spec.put("completions", MOST_PODS).put("parallelism", 1).put("backoffLimit", MOST_PODS);
    spec.put("activeDeadlineSeconds", DEADLINE_SECONDS);
    spec.put("ttlSecondsAfterFinished", LEFT_SECONDS);
    ObjectNode template = spec.putObject("template");
    ObjectNode pod = template.putObject("spec");
    pod(pod, image, logs);
    byte[] all = Json.writeLine(job).getBytes(StandardCharsets.UTF_8);
    String id = UUID.nameUUIDFromBytes(all).toString().substring(24);
    metadata.put("name", "mlk-tensorboard-" + id);
    labels(metadata, id);
    labels(template.putObject("metadata"), id);
    node.ifPresent(name -> pin(pod, name));
    return job;
  }

  private static void labels(ObjectNode metadata, String id) {
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/managed-by", "mlk")
        .put("app.kubernetes.io/name", "tensorboard")
        .put(LABEL, id);
  }

  /** With the only job that it shows, it goes as well. */
  private static void owner(ObjectNode metadata, List<JobLogs> logs) {
    List<String> names = logs.stream().map(JobLogs::jobName).distinct().toList();
    if (names.size() == 1) {
      JsonNode job = logs.getFirst().job();
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", job.path("apiVersion").asString("kubeflow.org/v1"))
          .put("kind", job.path("kind").asString("TFJob"))
          .put("name", names.getFirst())
          .put("uid", job.path("metadata").path("uid").asString(""));
    }
  }

  private static void pod(ObjectNode spec, String image, List<JobLogs> logs) {
    Optional<JobLogs> remote = logs.stream().filter(one -> one.place().remote()).findFirst();
    JobLogs like = remote.orElse(logs.getFirst());
    spec.put("restartPolicy", "OnFailure").put("terminationGracePeriodSeconds", 1);
    spec.put("enableServiceLinks", false);
    copy(like.pod(), spec, "securityContext", "imagePullSecrets", "tolerations");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "tensorboard").put("image", image);
    container.putArray("command").add("tensorboard");
    // Its last words are in the pod's status when it does not start.
    container.put("terminationMessagePolicy", "FallbackToLogsOnError");
    copy(like.container(), container, "securityContext");
    resources(container);
    Map<String, String> folders = mount(spec, container, logs);
    if (remote.isPresent()) {
      // The way to an object store is the job's own: its account, its variables, its secrets.
      copy(like.pod(), spec, "serviceAccountName");
      copy(like.container(), container, "env", "envFrom");
      secrets(like, spec, container);
    } else {
      spec.put("automountServiceAccountToken", false);
    }
    ArrayNode arguments = container.putArray("args").add(argument(folders));
    // Nothing but the port-forward reaches it: that comes from inside the pod.
    arguments.add("--host=127.0.0.1").add("--port=" + PORT).add("--reload_interval=5");
  }

  /** Files that a job has from the API: keys, certificates, settings. */
  private static void secrets(JobLogs like, ObjectNode spec, ObjectNode container) {
    for (JsonNode volume : like.pod().path("volumes")) {
      if (FROM_API.stream().anyMatch(volume::has)) {
        spec.withArrayProperty("volumes").add(volume.deepCopy());
        for (JsonNode mount : like.container().path("volumeMounts")) {
          if (mount.path("name").equals(volume.path("name"))) {
            container.withArrayProperty("volumeMounts").add(mount.deepCopy());
          }
        }
      }
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String... fields) {
    for (String field : fields) {
      if (from.has(field)) {
        to.set(field, from.path(field).deepCopy());
      }
    }
  }

  private static void pin(ObjectNode spec, String node) {
    spec.putObject("affinity")
        .putObject("nodeAffinity")
        .putObject("requiredDuringSchedulingIgnoredDuringExecution")
        .putArray("nodeSelectorTerms")
        .addObject()
        .putArray("matchFields")
        .addObject()
        .put("key", "metadata.name")
        .put("operator", "In")
        .putArray("values")
        .add(node);
  }

  private static void resources(ObjectNode container) {
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "100m").put("memory", "256Mi");
    resources.putObject("limits").put("cpu", "1").put("memory", "2Gi");
  }

  /** Mounts each volume once, to be read only; folders by the prefix of their runs. */
  private static Map<String, String> mount(
      ObjectNode spec, ObjectNode container, List<JobLogs> logs) {
    ArrayNode volumes = Json.array();
    ArrayNode mounts = Json.array();
    Map<JsonNode, String> mounted = new LinkedHashMap<>();
    Map<String, String> folders = new LinkedHashMap<>();
    for (JobLogs one : logs) {
      if (one.place().remote()) {
        folders.put(runs(one, logs), one.place().shown());
        continue;
      }
      ObjectNode source = ((ObjectNode) one.place().volume().deepCopy());
      source.remove("name");
      String path =
          mounted.computeIfAbsent(
              source,
              _ -> {
                String name = "tensorboard-logs-" + volumes.size();
                volumes.add(source.deepCopy().put("name", name));
                mounts
                    .addObject()
                    .put("name", name)
                    .put("mountPath", "/" + name)
                    .put("readOnly", true);
                return "/" + name;
              });
      String inside = one.place().inside();
      folders.put(runs(one, logs), inside.isEmpty() ? path : path + "/" + inside);
    }
    spec.set("volumes", volumes);
    container.set("volumeMounts", mounts);
    return folders;
  }

  private static String argument(Map<String, String> folders) {
    if (folders.size() == 1 && folders.containsKey("")) {
      return "--logdir=" + folders.get("");
    }
    List<String> pairs = new ArrayList<>();
    folders.forEach((run, folder) -> pairs.add(run + ":" + folder));
    return "--logdir_spec=" + String.join(",", pairs);
  }

  /** What the runs of a folder begin with; empty for nothing. Folders of one job are told apart. */
  private static String runs(JobLogs one, List<JobLogs> logs) {
    if (logs.stream().filter(other -> other.prefix().equals(one.prefix())).count() == 1) {
      return one.prefix();
    }
    String type = one.place().replicaType().toLowerCase(Locale.ROOT);
    return one.prefix().isEmpty() ? type : one.prefix() + "/" + type;
  }
}
