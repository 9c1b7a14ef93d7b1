package dev.mlk.board.pod;

import dev.mlk.format.Json;
import dev.mlk.metrics.JobLogs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The annotation with the process that looks at it, see {@link StartedBy}. */
  static final String STARTED_BY = "mlk.dev/started-by";

  /** TensorBoard's port in the pod. */
  static final int PORT = 6006;

  private static final int DEADLINE_SECONDS = 12 * 60 * 60;
  private static final int LEFT_SECONDS = 30;

  private TensorBoardJob() {}

  /**
   * What is wanted.
   *
   * @param image an image with the program tensorboard
   * @param logs where the files are
   * @param run the value of {@link #LABEL}, unlike that of any other run
   * @param node the node that the pod has to be on, because the claim is there
   */
  record Wanted(String image, List<JobLogs> logs, String run, Optional<String> node) {}

  static ObjectNode of(Wanted wanted, StartedBy by) {
    ObjectNode job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = job.putObject("metadata").put("generateName", "mlk-tensorboard-");
    labels(metadata.putObject("labels"), wanted.run);
    metadata.putObject("annotations").put(STARTED_BY, by.text());
    owner(metadata, wanted.logs);
    ObjectNode spec = job.putObject("spec");
    spec.put("activeDeadlineSeconds", DEADLINE_SECONDS);
    spec.put("ttlSecondsAfterFinished", LEFT_SECONDS);
    ObjectNode template = spec.putObject("template");
    labels(template.putObject("metadata").putObject("labels"), wanted.run);
    pod(template.putObject("spec"), wanted);
    return job;
  }

  private static void labels(ObjectNode labels, String run) {
    labels.put("app.kubernetes.io/managed-by", "mlk");
    labels.put("app.kubernetes.io/name", "tensorboard").put(LABEL, run);
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

  private static void pod(ObjectNode spec, Wanted wanted) {
    JsonNode like = wanted.logs.getFirst().pod();
    boolean remote = wanted.logs.stream().anyMatch(one -> one.place().remote());
    spec.put("restartPolicy", "OnFailure").put("terminationGracePeriodSeconds", 1);
    spec.put("enableServiceLinks", false);
    copy(like, spec, "securityContext", "imagePullSecrets", "tolerations");
    if (remote) {
      // The way to an object store is the job's own: its account, its variables, its secrets.
      copy(like, spec, "serviceAccountName");
    } else {
      spec.put("automountServiceAccountToken", false);
    }
    wanted.node.ifPresent(node -> pin(spec, node));
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "tensorboard").put("image", wanted.image);
    container.putArray("command").add("tensorboard");
    copy(wanted.logs.getFirst().container(), container, "securityContext");
    if (remote) {
      copy(wanted.logs.getFirst().container(), container, "env", "envFrom");
    }
    resources(container);
    Map<String, String> folders = mount(spec, container, wanted.logs);
    ArrayNode arguments = container.putArray("args").add(logs(folders));
    // Nothing but the port-forward reaches it: that comes from inside the pod.
    arguments.add("--host=127.0.0.1").add("--port=" + PORT).add("--reload_interval=5");
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
        folders.putIfAbsent(one.prefix(), one.place().shown());
        continue;
      }
      ObjectNode source = ((ObjectNode) one.place().volume().deepCopy());
      source.remove("name");
      String path =
          mounted.computeIfAbsent(
              source,
              _ -> {
                String name = "logs-" + volumes.size();
                volumes.add(source.deepCopy().put("name", name));
                mounts
                    .addObject()
                    .put("name", name)
                    .put("mountPath", "/" + name)
                    .put("readOnly", true);
                return "/" + name;
              });
      String inside = one.place().inside();
      folders.putIfAbsent(one.prefix(), inside.isEmpty() ? path : path + "/" + inside);
    }
    spec.set("volumes", volumes);
    container.set("volumeMounts", mounts);
    return folders;
  }

  private static String logs(Map<String, String> folders) {
    if (folders.size() == 1 && folders.containsKey("")) {
      return "--logdir=" + folders.get("");
    }
    StringBuilder text = new StringBuilder("--logdir_spec=");
    folders.forEach(
        (prefix, folder) ->
            text.append(text.toString().endsWith("=") ? "" : ",")
                .append(prefix)
                .append(':')
                .append(folder));
    return text.toString();
  }
}
