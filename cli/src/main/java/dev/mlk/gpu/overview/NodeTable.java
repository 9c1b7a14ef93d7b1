package dev.mlk.gpu.overview;

import dev.mlk.console.Cell;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A row for each kind of device of each node. */
final class NodeTable {
  private static final Cell NOTHING = Cell.of("-");

  private NodeTable() {}

  /** The nodes that have devices; where none has, all. */
  static Table of(Snapshot seen) {
    List<GpuNode> nodes = new ArrayList<>(seen.gpuNodes());
    if (nodes.isEmpty()) {
      nodes.addAll(seen.nodes().or(List.of()));
    }
    nodes.sort(Comparator.comparing(GpuNode::name));
    String state = nodes.stream().allMatch(GpuNode::open) ? "+STATE" : "~STATE";
    Table table =
        new Table(
            "~NODE",
            "~DEVICE",
            "ALLOCATED",
            "UTIL",
            "GPU MEM",
            "CPU",
            "MEMORY",
            state,
            "+RESOURCE");
    for (GpuNode node : nodes) {
      List<Device> devices = node.devices();
      if (devices.isEmpty()) {
        table.row(row(seen, node, Optional.empty(), true));
      }
      for (int i = 0; i < devices.size(); i++) {
        table.row(row(seen, node, Optional.of(devices.get(i)), i == 0));
      }
    }
    return table;
  }

  /** What is told of the node as a whole stands in its first row only. */
  private static Cell[] row(Snapshot seen, GpuNode node, Optional<Device> device, boolean first) {
    Optional<GpuUse.Figure> use =
        seen.figures().gpus().map(gpus -> gpus.ofNode(node.name())).or(Optional.empty());
    boolean measured = first && device.isPresent();
    return new Cell[] {
      Cell.of(node.name()),
      device.map(one -> Cell.of(node.text(one))).orElse(NOTHING),
      device.map(one -> allocated(seen, node, one)).orElse(NOTHING),
      measured ? Words.percent(use) : NOTHING,
      measured ? Words.gpuMemory(use) : NOTHING,
      first ? spent(seen, node, "cpu") : NOTHING,
      first ? spent(seen, node, "memory") : NOTHING,
      state(node),
      device.map(one -> Cell.of(one.resource())).orElse(NOTHING)
    };
  }

  private static Cell allocated(Snapshot seen, GpuNode node, Device device) {
    long offers = node.offers(device);
    String used = seen.roomKnown() ? Long.toString(seen.used(node, device)) : Words.UNKNOWN;
    String text = used + "/" + offers;
    // Fewer than it has: the device plugin calls some unhealthy.
    return offers < node.has(device)
        ? Cell.of(text + " of " + node.has(device), Style.BAD)
        : Cell.of(text);
  }

  private static Cell spent(Snapshot seen, GpuNode node, String resource) {
    Optional<Spent.Figure> figure =
        seen.figures().nodes().map(all -> all.of(node.name())).or(Optional.empty());
    long of = node.allocatable().getOrDefault(resource, 0L);
    return Cell.of(
        figure
            .map(
                spent -> Words.share(resource.equals("cpu") ? spent.milliCpu() : spent.bytes(), of))
            .orElse(Words.UNKNOWN));
  }

  private static Cell state(GpuNode node) {
    if (!node.ready()) {
      return Cell.of("NotReady", Style.BAD);
    }
    return node.cordoned() ? Cell.of("cordoned", Style.WARN) : Cell.of("Ready");
  }
}
