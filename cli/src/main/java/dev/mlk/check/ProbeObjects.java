package dev.mlk.check;

import dev.mlk.format.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The small objects that a probe creates. */
final class ProbeObjects {
  private ProbeObjects() {}

  static ObjectNode suspendedJob() {
    ObjectNode job = Json.object().put("apiVersion", "kubeflow.org/v1").put("kind", "TFJob");
    job.putObject("metadata").put("generateName", "mlk-probe-");
    ObjectNode spec = job.putObject("spec");
    spec.putObject("runPolicy").put("suspend", true);
    ObjectNode worker = spec.putObject("tfReplicaSpecs").putObject("Worker");
    worker.put("replicas", 1).put("restartPolicy", "Never");
    container(worker.putObject("template").putObject("spec"), "tensorflow", "mlk/mnist:0.1");
    return job;
  }

  static ObjectNode sharedClaim() {
    ObjectNode claim = Json.object().put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    claim.putObject("metadata").put("generateName", "mlk-probe-");
    ObjectNode spec = claim.putObject("spec");
    spec.putArray("accessModes").add("ReadWriteMany");
    spec.putObject("resources").putObject("requests").put("storage", "1Mi");
    return claim;
  }

  /** Ends at once where the image has the program, and by its deadline where it has not. */
  static ObjectNode pod(String image) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("generateName", "mlk-probe-");
    ObjectNode spec = pod.putObject("spec");
    spec.put("restartPolicy", "Never").put("activeDeadlineSeconds", 300);
    container(spec, "probe", image);
    return pod;
  }

  /** What the course's jobs make of a worker. */
  static ObjectNode workerPod() {
    ObjectNode pod = pod("mlk/mnist:0.1");
    ObjectNode resources = (ObjectNode) pod.at("/spec/containers/0/resources");
    resources.putObject("requests").put("cpu", "500m").put("memory", "768Mi");
    resources.putObject("limits").put("memory", "1536Mi");
    return pod;
  }

  private static void container(ObjectNode podSpec, String name, String image) {
    ObjectNode container = podSpec.putArray("containers").addObject();
    container.put("name", name).put("image", image);
    container.putArray("command").add("true");
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "10m").put("memory", "32Mi");
    resources.putObject("limits").put("memory", "256Mi");
  }

  static void mount(ObjectNode pod, String claim) {
    ObjectNode spec = (ObjectNode) pod.path("spec");
    ObjectNode volume = spec.putArray("volumes").addObject().put("name", "shared");
    volume.putObject("persistentVolumeClaim").put("claimName", claim);
    ObjectNode container = (ObjectNode) spec.path("containers").path(0);
    ArrayNode mounts = container.putArray("volumeMounts");
    mounts.addObject().put("name", "shared").put("mountPath", "/shared");
  }
}
