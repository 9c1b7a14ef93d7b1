package dev.mlk.usage;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.gpu.overview.GpuNow;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.tfjob.ledger.LedgerEntry;
import dev.mlk.tfjob.ledger.PodReading;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The pods that are there. They are read once, page by page, and nothing stays of each but what a
 * bill is made from.
 */
final class LivePods {
  private final Reader reader;
  private final String namespace;
  private final List<String> labels;
  private final List<String> notes;
  private final GpuNow now = new GpuNow();
  private final Map<String, LedgerEntry> entries = new HashMap<>();

  /** Pods that hold devices by claims, which are read when there is such a pod. */
  private final List<JsonNode> claiming = new ArrayList<>();

  /**
   * Knows no pod yet.
   *
   * @param namespace the namespace; empty for all
   * @param labels the labels of pods that matter
   * @param notes takes what must be said beside the figures
   */
  LivePods(Reader reader, String namespace, List<String> labels, List<String> notes) {
    this.reader = reader;
    this.namespace = namespace;
    this.labels = labels;
    this.notes = notes;
  }

  /** What each holds, by its uid. */
  Map<String, LedgerEntry> entries() {
    return entries;
  }

  /** What their GPUs do; knows something only when pods of all namespaces were read. */
  GpuNow now() {
    return now;
  }

  /**
   * Reads them.
   *
   * @throws ApiException when they may not be read
   */
  void read() {
    try (ExecutorService threads = CommandThreads.perTask()) {
      Future<Map<String, LedgerEntry.Node>> nodes = threads.submit(this::nodes);
      reader.each(
          Request.of("GET", Resources.PODS.path(namespace)), Reader.UNREAD_OF_PODS, this::take);
      Dra dra = claiming.isEmpty() ? Dra.NONE : claims();
      claiming.forEach(pod -> take(pod, dra));
      if (entries.values().stream().anyMatch(entry -> !entry.node().name().isEmpty())) {
        place(nodes, dra);
      }
    }
  }

  private Map<String, LedgerEntry.Node> nodes() {
    Map<String, LedgerEntry.Node> nodes = new HashMap<>();
    reader.each(
        Request.of("GET", Resources.NODES.path("")),
        Reader.UNREAD,
        node -> nodes.put(Nodes.name(node), PodReading.node(node)));
    return nodes;
  }

  private Dra claims() {
    return unlessRefused(() -> Dra.read(reader))
        .orElseGet(
            () -> {
              notes.add(
                  "you may not list resourceslices and resourceclaims: GPUs that pods hold by"
                      + " claims are counted as the ledger knows them");
              return Dra.NONE;
            });
  }

  private void take(JsonNode pod) {
    if (pod.path("spec").path("resourceClaims").isEmpty()) {
      take(pod, Dra.NONE);
    } else {
      claiming.add(pod);
    }
  }

  private void take(JsonNode pod, Dra dra) {
    LedgerEntry entry = PodReading.of(pod, MissingNode.getInstance()).keeping(labels);
    long claimed = dra.of(pod).values().stream().mapToLong(Long::longValue).sum();
    entries.put(entry.uid(), claimed == 0 ? entry : entry.holdingToo(claimed));
    if (namespace.isEmpty()) {
      now.take(pod, dra);
    }
  }

  private void place(Future<Map<String, LedgerEntry.Node>> reading, Dra dra) {
    Map<String, LedgerEntry.Node> nodes =
        unlessRefused(() -> result(reading))
            .orElseGet(
                () -> {
                  notes.add(
                      "you may not list nodes: models of GPUs and prices go by the ledger alone");
                  return Map.of();
                });
    entries.replaceAll(
        (_, entry) -> {
          LedgerEntry.Node node = nodes.getOrDefault(entry.node().name(), entry.node());
          return entry.on(node.model().isEmpty() ? node.withModel(model(dra, node)) : node);
        });
  }

  /** What a driver of dynamic resource allocation calls the GPUs of a node without labels. */
  private static String model(Dra dra, LedgerEntry.Node node) {
    return dra.of(node.name()).stream()
        .map(device -> device.model().replace(' ', '-'))
        .findFirst()
        .orElse("");
  }

  /** What was read; empty when it may not be. */
  private static <T> Optional<T> unlessRefused(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ApiException e) {
      if (e.code() == 403 || e.code() == 401) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while reading"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
