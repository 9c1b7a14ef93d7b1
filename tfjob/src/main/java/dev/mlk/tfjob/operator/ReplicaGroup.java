package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One replica type of a job with all defaults filled in.
 *
 * @param key canonical key if there is one, else as written
 * @param known the type, if the key means one
 * @param replicas how many pods
 * @param restartPolicy what happens to failed ones
 * @param template the pods; may lack anything
 */
record ReplicaGroup(
    String key,
    Optional<ReplicaType> known,
    int replicas,
    RestartPolicy restartPolicy,
    PodTemplateSpec template) {
  /** The key in lower case: part of names, label and task type. */
  String label() {
    return key.toLowerCase(Locale.ROOT);
  }

  boolean is(ReplicaType type) {
    return known.filter(k -> k == type).isPresent();
  }

  /** Whether the end of these pods is the end of the job. A group of none leads nobody. */
  boolean leads() {
    return replicas > 0 && known.filter(ReplicaType::leads).isPresent();
  }

  List<Container> containers() {
    if (template == null || template.getSpec() == null) {
      return List.of();
    }
    return template.getSpec().getContainers();
  }

  /** The container that trains. */
  Optional<Container> trainer() {
    return containers().stream().filter(c -> JobLabels.CONTAINER.equals(c.getName())).findFirst();
  }

  /** The port at which these pods talk to the other replicas. */
  int port() {
    return trainer().stream()
        .flatMap(c -> c.getPorts().stream())
        .filter(p -> JobLabels.PORT_NAME.equals(p.getName()) && p.getContainerPort() != null)
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(JobLabels.PORT);
  }
}
