package dev.mlk.gpu.verify;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A kind of device that a node has.
 *
 * @param resource its name, such as {@code nvidia.com/gpu} or {@code nvidia.com/mig-1g.5gb}
 * @param capacity how many there are
 * @param allocatable how many pods can get, the healthy ones
 * @param held how many pods have
 * @param holders the pods that have some
 */
record Offer(
    String resource, long capacity, long allocatable, long held, List<Holders.Holder> holders) {
  private static final List<String> FABRIC =
      List.of("rdma/", "nvidia.com/hostdev", "vpc.amazonaws.com/efa", "openshift.io/");

  Offer {
    holders = List.copyOf(holders);
  }

  /** All devices of a node: of its device plugins, and of drivers that pods ask by claims. */
  static List<Offer> of(JsonNode node, Holders holders, Dra dra) {
    List<Offer> offers = new ArrayList<>();
    JsonNode status = node.path("status");
    String name = Nodes.name(node);
    for (Map.Entry<String, JsonNode> entry : status.path("capacity").properties()) {
      String resource = entry.getKey();
      if (isDevice(resource)) {
        List<Holders.Holder> pods = holders.of(name, resource);
        offers.add(
            new Offer(
                resource,
                number(entry.getValue()),
                number(status.path("allocatable").path(resource)),
                pods.stream().mapToLong(Holders.Holder::count).sum(),
                pods));
      }
    }
    Map<String, Long> allocatable = dra.allocatable(name);
    Map<String, Long> used = dra.used(name);
    dra.capacity(name)
        .forEach(
            (resource, count) ->
                offers.add(
                    new Offer(
                        resource,
                        count,
                        allocatable.getOrDefault(resource, 0L),
                        used.getOrDefault(resource, 0L),
                        holders.of(name, resource))));
    return offers;
  }

  static boolean isDevice(String resource) {
    return Nodes.isGpu(resource) || isFabric(resource);
  }

  /** Whether it is a way to other nodes' memory: InfiniBand, RoCE, EFA. */
  static boolean isFabric(String resource) {
    return FABRIC.stream().anyMatch(resource::startsWith);
  }

  boolean gpu() {
    return isGpu(resource);
  }

  /** Whether the resource counts GPUs or parts of them, whoever gives them out. */
  static boolean isGpu(String resource) {
    return Nodes.isGpu(resource) || isClaimed(resource);
  }

  /** Whether pods get it by claims: it stands for a device class. */
  static boolean isClaimed(String resource) {
    return resource.startsWith(Dra.CLASS);
  }

  boolean mig() {
    return resource.startsWith("nvidia.com/mig-") || resource.startsWith(Dra.CLASS + "mig.");
  }

  long free() {
    return Math.max(0, allocatable - held());
  }

  /** {@code train/mnist-worker-0 (2), other/x (1)}. */
  String holdersInWords() {
    List<String> words = new ArrayList<>();
    for (Holders.Holder holder : holders) {
      words.add(holder.pod() + (holder.count() == 1 ? "" : " (" + holder.count() + ")"));
    }
    return Names.some(words);
  }

  private static long number(JsonNode value) {
    return Quantity.parse(value.asString("0")).map(Quantity::units).orElse(0L);
  }
}
