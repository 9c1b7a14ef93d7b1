package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.ContainerUsage;
import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.kubelet.NodeUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the agent's nodes use, put together from what was measured. */
final class Usages {
  private final List<String> nodes;
  private final PodWorkers workers;
  private final UsageSampler sampler;

  Usages(List<String> nodes, PodWorkers workers, UsageSampler sampler) {
    this.nodes = List.copyOf(nodes);
    this.workers = workers;
    this.sampler = sampler;
  }

  NodeUsage now() {
    List<ContainerUsage> all = new ArrayList<>();
    for (PodWorker worker : workers.all()) {
      all.addAll(of(worker));
    }
    return new NodeUsage(nodes, sampler.looked(), all);
  }

  /** The containers of a pod; none while one of them runs and is not measured yet. */
  private List<ContainerUsage> of(PodWorker worker) {
    PodRef pod = worker.pod();
    List<ContainerUsage> uses = new ArrayList<>();
    for (ContainerSlot slot : worker.containers().running()) {
      Optional<Measured> use = sampler.of(slot);
      if (use.isEmpty()) {
        return List.of();
      }
      uses.add(new ContainerUsage(pod.node(), pod.namespace(), pod.name(), slot.name(), use.get()));
    }
    return uses;
  }
}
