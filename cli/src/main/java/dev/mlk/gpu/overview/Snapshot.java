package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was read of a cluster at one time. Whatever could not be read says why.
 *
 * @param at when
 * @param nodes the nodes
 * @param pods the pods: of all namespaces, or of one where only that may be read
 * @param everywhere whether they are those of all namespaces
 * @param queued what a queue holds back before there are pods
 * @param dra what drivers of dynamic resource allocation offer
 * @param figures what was measured
 */
record Snapshot(
    Instant at,
    Known<List<GpuNode>> nodes,
    Known<Pods> pods,
    boolean everywhere,
    List<QueuedWork> queued,
    Known<Dra> dra,
    Measured figures) {
  /**
   * What was measured, by whom it is told.
   *
   * @param gpus what exporters tell of GPUs
   * @param nodes what the metrics API tells of nodes
   * @param pods what the metrics API tells of pods
   */
  record Measured(Known<GpuUse> gpus, Known<Spent> nodes, Known<Spent> pods) {}

  Snapshot {
    queued = List.copyOf(queued);
  }

  /** Whether the GPUs are those of a practice cluster. */
  boolean simulated() {
    return nodes.or(List.of()).stream().anyMatch(GpuNode::simulated);
  }

  /** The nodes that have devices, by name. */
  List<GpuNode> gpuNodes() {
    return nodes.or(List.of()).stream().filter(node -> !node.devices().isEmpty()).toList();
  }

  /** Pods that hold devices, in a namespace or, where it is empty, all that can be seen. */
  List<GpuPod> holders(String namespace) {
    return pods.map(Pods::holders).or(List.of()).stream()
        .filter(pod -> namespace.isEmpty() || pod.namespace().equals(namespace))
        .toList();
  }

  /** Pods that wait for devices, likewise. */
  List<WaitingPod> waiting(String namespace) {
    return pods.map(Pods::waiting).or(List.of()).stream()
        .filter(waiting -> namespace.isEmpty() || waiting.pod().namespace().equals(namespace))
        .toList();
  }

  /** How many of a device pods hold on a node; what other namespaces hold may not be seen. */
  long used(GpuNode node, Device device) {
    return pods.map(seen -> seen.used(node.name(), device.resource())).or(0L);
  }

  /** Whether it is known what is free: the nodes are, and all pods. */
  boolean roomKnown() {
    return nodes.known() && pods.known() && everywhere;
  }

  /** How many there are of each device, and how many are given out, by what one unit is. */
  Map<String, Total> totals() {
    Map<String, Total> totals = new TreeMap<>();
    for (GpuNode node : gpuNodes()) {
      for (Device device : node.devices()) {
        Device.Kind kind = node.kind(device);
        long used = used(node, device);
        long free = node.open() ? Math.max(0, node.offers(device) - used) : 0;
        totals.merge(
            kind == Device.Kind.GPU ? "GPU" : kind.noun() + " " + device.resource(),
            new Total(kind, device, node.offers(device), used, free),
            Total::plus);
      }
    }
    return totals;
  }

  /**
   * A sum over nodes.
   *
   * @param kind what one unit is
   * @param device the device, or one of several alike
   * @param allocatable how many pods can get
   * @param allocated how many they have
   * @param free how many the next pods can get
   */
  record Total(Device.Kind kind, Device device, long allocatable, long allocated, long free) {
    Total plus(Total other) {
      return new Total(
          kind,
          device,
          allocatable + other.allocatable,
          allocated + other.allocated,
          free + other.free);
    }
  }

  /** Why some columns stay empty: one line a cause, with the right that is missing. */
  List<String> unknown() {
    List<String> lines = new ArrayList<>();
    say(lines, "nodes, free GPUs", nodes);
    if (nodes.known()) {
      say(lines, "GPUs of DRA drivers", dra);
    }
    if (pods.known() && !everywhere) {
      lines.add("what other namespaces hold: you may not list pods of all namespaces");
    }
    say(lines, "pods", pods);
    say(lines, "UTIL, GPU MEMORY", figures.gpus);
    figures
        .gpus
        .map(GpuUse::silence)
        .or(Optional.empty())
        .ifPresent(why -> lines.add("UTIL, GPU MEMORY of " + why));
    say(lines, "CPU, MEMORY of nodes", figures.nodes);
    List<String> silent =
        figures
            .nodes
            .map(spent -> gpuNodes().stream().map(GpuNode::name).filter(n -> !spent.tells(n)))
            .or(Stream.of())
            .toList();
    if (!silent.isEmpty()) {
      lines.add("CPU, MEMORY of " + Names.some(silent) + ": the metrics API tells nothing of them");
    }
    say(lines, "CPU, MEMORY of pods", figures.pods);
    return lines;
  }

  private static void say(List<String> lines, String what, Known<?> known) {
    if (known instanceof Known.Unknown<?> unknown) {
      lines.add(what + ": " + unknown.why());
    }
  }
}
