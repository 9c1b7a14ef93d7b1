package dev.mlk.metrics;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The volumes of a practice cluster of this machine as the folders that they are. */
final class PracticeVolumes {
  /** A folder, and the replica it belongs to; empty when all replicas share it. */
  record Folder(String replica, Path path) {}

  private static final String JOB_LABEL = "training.kubeflow.org/job-name";
  private static final String TYPE_LABEL = "training.kubeflow.org/replica-type";
  private static final String INDEX_LABEL = "training.kubeflow.org/replica-index";

  private final ApiClient api;
  private final String namespace;
  private final Path cluster;

  /**
   * The volumes.
   *
   * @param cluster the cluster's folder
   */
  PracticeVolumes(ApiClient api, String namespace, Path cluster) {
    this.api = api;
    this.namespace = namespace;
    this.cluster = cluster;
  }

  /** The folders that stand for a place of a job; none when they are gone with their pods. */
  List<Folder> locate(String job, LogPlace place) {
    JsonNode volume = place.volume();
    if (volume.has("persistentVolumeClaim")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      return claim(name).map(root -> new Folder("", below(root, place.inside()))).stream().toList();
    }
    List<Folder> all = new ArrayList<>();
    for (JsonNode pod : pods(job, place.replicaType())) {
      ofPod(pod, place).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Folder> ofPod(JsonNode pod, LogPlace place) {
    JsonNode metadata = pod.path("metadata");
    String node = pod.path("spec").path("nodeName").asString("");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    JsonNode labels = metadata.path("labels");
    String replica =
        labels.path(TYPE_LABEL).asString("pod") + "-" + labels.path(INDEX_LABEL).asString("0");
    Path onNode = cluster.resolve("nodes").resolve(node);
    Path own = onNode.resolve("pods").resolve(metadata.path("uid").asString(""));
    JsonNode volume = place.volume();
    String name = volume.path("name").asString("");
    if (volume.has("emptyDir")) {
      Path folder = own.resolve("volumes").resolve(name);
      return Optional.of(new Folder(replica, below(folder, place.inside())));
    }
    if (volume.has("ephemeral")) {
      return claim(metadata.path("name").asString("") + "-" + name)
          .map(root -> new Folder(replica, below(root, place.inside())));
    }
    if (volume.has("hostPath")) {
      Path host = below(onNode.resolve("host"), volume.path("hostPath").path("path").asString(""));
      return Optional.of(new Folder("", below(host, place.inside())));
    }
    if (volume.isMissingNode()) {
      Path root = own.resolve("containers").resolve(container(pod)).resolve("root");
      return Optional.of(new Folder(replica, below(root, place.inside())));
    }
    return Optional.empty();
  }

  private static String container(JsonNode pod) {
    String first = pod.path("spec").path("containers").path(0).path("name").asString("");
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (container.path("name").asString("").equals("tensorflow")) {
        return "tensorflow";
      }
    }
    return first;
  }

  private List<JsonNode> pods(String job, String type) {
    List<JsonNode> all = new ArrayList<>();
    api.list(Resources.PODS, namespace, Map.of("labelSelector", JOB_LABEL + "=" + job))
        .path("items")
        .forEach(
            pod -> {
              String its = pod.path("metadata").path("labels").path(TYPE_LABEL).asString(type);
              if (its.equalsIgnoreCase(type)) {
                all.add(pod);
              }
            });
    return all;
  }

  private Optional<Path> claim(String name) {
    String volume =
        api.find(Resources.VOLUME_CLAIMS, namespace, name)
            .map(claim -> claim.path("spec").path("volumeName").asString(""))
            .orElse("");
    if (volume.isEmpty()) {
      return Optional.empty();
    }
    return api.find(Resources.VOLUMES, "", volume).flatMap(this::ofVolume);
  }

  private Optional<Path> ofVolume(JsonNode volume) {
    JsonNode spec = volume.path("spec");
    for (String kind : List.of("local", "hostPath")) {
      String path = spec.path(kind).path("path").asString("");
      if (!path.isEmpty() && Path.of(path).startsWith(cluster.resolve("volumes"))) {
        return Optional.of(Path.of(path));
      }
    }
    return Optional.empty();
  }

  /** A path below a folder, and never above it. */
  private static Path below(Path folder, String path) {
    return folder.resolve(Path.of("/" + path).normalize().toString().substring(1));
  }
}
