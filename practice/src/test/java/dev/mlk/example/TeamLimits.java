package dev.mlk.example;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** A small operator: every namespace with the label team gets default limits for its containers. */
class TeamLimits implements ResourceEventHandler<Namespace>, AutoCloseable {
  private final KubernetesClient client;
  private final SharedIndexInformer<Namespace> informer;

  TeamLimits(KubernetesClient client) {
    this.client = client;
    informer = client.namespaces().withLabel("team").inform(this);
  }

  @Override
  public void onAdd(Namespace namespace) {
    LimitRange limits =
        new LimitRangeBuilder()
            .withNewMetadata()
            .withName("team-limits")
            .endMetadata()
            .withNewSpec()
            .addNewLimit()
            .withType("Container")
            .addToDefault("memory", new Quantity("256Mi"))
            .endLimit()
            .endSpec()
            .build();
    client
        .limitRanges()
        .inNamespace(namespace.getMetadata().getName())
        .resource(limits)
        .serverSideApply();
  }

  @Override
  public void onUpdate(Namespace before, Namespace now) {
    onAdd(now);
  }

  @Override
  public void onDelete(Namespace namespace, boolean unknown) {
    // What is in the namespace goes with it.
  }

  @Override
  public void close() {
    informer.close();
  }
}
