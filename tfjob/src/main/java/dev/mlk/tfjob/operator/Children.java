package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the pods and services of a job, as they are sent to the API server. */
final class Children {
  private static final String TF_CONFIG = "TF_CONFIG";

  private final Job job;
  private final TfConfig config;

  Children(Job job, String domain) {
    this.job = job;
    this.config = new TfConfig(job, domain);
  }

  String name(ReplicaGroup group, int index) {
    return JobLabels.replicaName(job.name(), group.key(), index);
  }

  /** The pod of a replica: its template with the operator's labels, port and TF_CONFIG. */
  Pod pod(ReplicaGroup group, int index) {
    ObjectMeta template = group.template().getMetadata();
    ObjectMetaBuilder metadata = metadata(group, index);
    if (template != null) {
      Map<String, String> labels = new LinkedHashMap<>();
      if (template.getLabels() != null) {
        labels.putAll(template.getLabels());
      }
      labels.putAll(labels(group, index));
      metadata
          .withLabels(labels)
          .withAnnotations(template.getAnnotations())
          .withFinalizers(template.getFinalizers());
    }
    if (job.isMaster(group, index)) {
      metadata.addToLabels(JobLabels.JOB_ROLE, JobLabels.MASTER);
    }
    PodSpec spec =
        new PodSpecBuilder(group.template().getSpec())
            .withRestartPolicy(group.restartPolicy().ofPod())
            .withContainers(containers(group, index))
            .build();
    return new PodBuilder().withMetadata(metadata.build()).withSpec(spec).build();
  }

  /** The headless service that gives a replica its name. */
  Service service(ReplicaGroup group, int index) {
    Map<String, String> labels = labels(group, index);
    return new ServiceBuilder()
        .withMetadata(metadata(group, index).build())
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(labels)
        .withPorts(servicePorts(group))
        .endSpec()
        .build();
  }

  private ObjectMetaBuilder metadata(ReplicaGroup group, int index) {
    return new ObjectMetaBuilder()
        .withName(name(group, index))
        .withNamespace(job.namespace())
        .withLabels(labels(group, index))
        .withOwnerReferences(owner());
  }

  private Map<String, String> labels(ReplicaGroup group, int index) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(JobLabels.JOB_NAME, job.name().replace('/', '-'));
    labels.put(JobLabels.OPERATOR_NAME, JobLabels.OPERATOR);
    labels.put(JobLabels.REPLICA_INDEX, Integer.toString(index));
    labels.put(JobLabels.REPLICA_TYPE, group.label());
    return labels;
  }

  private OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(TfJob.API_VERSION)
        .withKind(TfJob.KIND)
        .withName(job.name())
        .withUid(job.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  private List<Container> containers(ReplicaGroup group, int index) {
    List<Container> containers = new ArrayList<>(group.containers());
    group
        .trainer()
        .ifPresent(
            trainer -> containers.set(containers.indexOf(trainer), trainer(trainer, group, index)));
    return containers;
  }

  private Container trainer(Container container, ReplicaGroup group, int index) {
    ContainerBuilder trainer = new ContainerBuilder(container).withPorts(ports(container));
    if (job.distributed()) {
      List<EnvVar> environment = new ArrayList<>(container.getEnv());
      environment.removeIf(variable -> TF_CONFIG.equals(variable.getName()));
      environment.add(
          new EnvVarBuilder().withName(TF_CONFIG).withValue(config.of(group, index)).build());
      trainer.withEnv(environment);
    }
    return trainer.build();
  }

  private static List<ContainerPort> ports(Container container) {
    List<ContainerPort> ports = new ArrayList<>(container.getPorts());
    if (ports.stream().noneMatch(port -> JobLabels.PORT_NAME.equals(port.getName()))) {
      ports.add(
          new ContainerPortBuilder()
              .withName(JobLabels.PORT_NAME)
              .withContainerPort(JobLabels.PORT)
              .build());
    }
    return ports;
  }

  /** A service of several ports wants a name for each; the last one of a name counts. */
  private static List<ServicePort> servicePorts(ReplicaGroup group) {
    Map<String, ServicePort> byName = new LinkedHashMap<>();
    for (ContainerPort port : ports(group.trainer().orElseThrow())) {
      String name = port.getName() == null ? "port-" + port.getContainerPort() : port.getName();
      byName.put(
          name,
          new ServicePortBuilder()
              .withName(name)
              .withPort(port.getContainerPort())
              .withProtocol(port.getProtocol())
              .build());
    }
    return List.copyOf(byName.values());
  }
}
