package dev.mlk.gpu.overview;

import dev.mlk.console.Cell;
import dev.mlk.console.Table;
import dev.mlk.practice.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A row for each pod that holds devices. */
final class PodTable {
  private static final long MEBI = 1024 * 1024;

  private PodTable() {}

  /**
   * The rows.
   *
   * @param namespaces whether to say the namespace of each
   * @param eyes whether times are shown as ages
   */
  static Table of(Snapshot seen, List<GpuPod> pods, boolean namespaces, boolean eyes) {
    // Eighty columns have no room for namespace and queue; -o wide has.
    boolean queues = !(namespaces && eyes) && pods.stream().anyMatch(pod -> !pod.queue().isEmpty());
    List<String> columns = new ArrayList<>();
    if (namespaces) {
      columns.add("~NAMESPACE");
    }
    columns.addAll(List.of("~POD", "~NODE", "~GPUS", "UTIL", "GPU MEM", "IDLE", "~OWNER"));
    columns.add(queues ? "~QUEUE" : "+QUEUE");
    columns.addAll(List.of("+DEVICES", "+CPU", "+MEMORY", "+JOB", "AGE"));
    Table table = new Table(columns.toArray(String[]::new));
    List<GpuPod> sorted = new ArrayList<>(pods);
    sorted.sort(Comparator.comparing(GpuPod::namespace).thenComparing(GpuPod::name));
    for (GpuPod pod : sorted) {
      List<Cell> cells = new ArrayList<>();
      if (namespaces) {
        cells.add(Cell.of(pod.namespace()));
      }
      cells.addAll(row(seen, pod, eyes));
      table.row(cells.toArray(Cell[]::new));
    }
    return table;
  }

  private static List<Cell> row(Snapshot seen, GpuPod pod, boolean eyes) {
    Instant now = seen.at();
    Optional<Spent.Figure> spent =
        seen.figures().pods().map(all -> all.of(pod.key())).or(Optional.empty());
    return List.of(
        Cell.of(pod.name()),
        Cell.of(pod.node()),
        Cell.of(Words.number(pod.devices())),
        Words.percent(pod.use()),
        Words.gpuMemory(pod.use()),
        Words.idle(pod.idle(), now, eyes),
        Cell.of(pod.owner().text()),
        Cell.of(pod.queue()),
        Cell.of(Words.devices(pod.devices())),
        Cell.of(spent.map(s -> Quantity.ofUnits("cpu", s.milliCpu()).toString()).orElse("?")),
        Cell.of(spent.map(s -> s.bytes() / MEBI + "Mi").orElse("?")),
        Cell.of(pod.owner().object()),
        pod.created().map(Cell::of).orElse(Cell.of(Words.UNKNOWN)));
  }
}
