package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/**
 * Reads all that is shown, most of it at the same time. What may not be read costs one request and
 * becomes a reason.
 */
final class SnapshotReader {
  /** Each exporter is a connection that the API server opens. */
  private static final int EXPORTERS_AT_ONCE = 16;

  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
  private static final List<String> WORKLOADS =
      List.of("/apis/kueue.x-k8s.io/v1beta2", "/apis/kueue.x-k8s.io/v1beta1");
  private static final String ASK = "a cluster administrator can grant that right";

  private final Reader reader;
  private final String namespace;
  private final InstantSource clock;

  /**
   * A reader.
   *
   * @param namespace where to look when all namespaces may not be read
   */
  SnapshotReader(Reader reader, String namespace, InstantSource clock) {
    this.reader = reader;
    this.namespace = namespace;
    this.clock = clock;
  }

  Snapshot read() throws InterruptedException {
    try (ExecutorService threads = CommandThreads.perTask()) {
      Future<Known<Dra>> dra = threads.submit(this::dra);
      Future<Known<List<GpuNode>>> nodes = threads.submit(() -> nodes(dra));
      Future<Known<Pods>> all = threads.submit(() -> pods("", dra));
      Future<Known<Spent>> ofNodes = threads.submit(this::spentOfNodes);
      Known<Pods> pods = result(all);
      boolean everywhere = pods.known();
      if (!everywhere) {
        pods = pods(namespace, dra);
      }
      String where = everywhere ? "" : namespace;
      Pods seen = pods.or(null);
      Future<Known<Spent>> ofPods = threads.submit(() -> spentOfPods(seen, where));
      Future<List<QueuedWork>> queued = threads.submit(() -> queued(where));
      Known<GpuUse> use = use(seen, everywhere, threads);
      return new Snapshot(
          clock.instant(),
          result(nodes),
          pods,
          everywhere,
          result(queued),
          result(dra),
          new Snapshot.Measured(use, result(ofNodes), result(ofPods)));
    }
  }

  /** How busy the GPUs of all pods are; nothing but exporters is asked. */
  Snapshot busy(Pods all) throws InterruptedException {
    try (ExecutorService threads = CommandThreads.perTask()) {
      Known.Unknown<Spent> notAsked = new Known.Unknown<>("nobody asked", "");
      return new Snapshot(
          clock.instant(),
          new Known.Unknown<>(notAsked.why(), ""),
          new Known.Fact<>(all),
          true,
          List.of(),
          new Known.Fact<>(Dra.NONE),
          new Snapshot.Measured(use(all, true, threads), notAsked, notAsked));
    }
  }

  /** What is known of how GPUs are connected; nothing is measured for it. */
  Topology topology() throws InterruptedException {
    try (ExecutorService threads = CommandThreads.perTask()) {
      Future<Known<Dra>> dra = threads.submit(this::dra);
      Future<Known<List<GpuNode>>> nodes = threads.submit(() -> nodes(dra));
      Future<Known<Map<String, Numa>>> numa = threads.submit(this::numa);
      Known<Pods> pods = pods("", dra);
      Known.Unknown<GpuUse> notAsked = new Known.Unknown<>("nothing was measured", "");
      Known.Unknown<Spent> neither = new Known.Unknown<>(notAsked.why(), "");
      Snapshot snapshot =
          new Snapshot(
              clock.instant(),
              result(nodes),
              pods,
              pods.known(),
              List.of(),
              result(dra),
              new Snapshot.Measured(notAsked, neither, neither));
      return new Topology(snapshot, result(numa), Optional.empty());
    }
  }

  private Known<Map<String, Numa>> numa() {
    return flat(
            reader.attempt("list noderesourcetopologies", r -> r.find(Topology.PATH)),
            new Known.Unknown<JsonNode>("the cluster has no NodeResourceTopology objects", ""))
        .map(Numa::read);
  }

  private Known<Dra> dra() {
    return reader.attempt("list resourceslices and resourceclaims", Dra::read);
  }

  private Known<List<GpuNode>> nodes(Future<Known<Dra>> offered) throws InterruptedException {
    Dra dra = result(offered).or(Dra.NONE);
    return reader.attempt(
        "list nodes",
        r -> {
          List<GpuNode> nodes = new ArrayList<>();
          r.each(
              Request.of("GET", Resources.NODES.path("")),
              Reader.UNREAD,
              node -> nodes.add(GpuNode.of(node, dra)));
          return nodes;
        });
  }

  private Known<Pods> pods(String of, Future<Known<Dra>> claims) throws InterruptedException {
    Dra dra = result(claims).or(Dra.NONE);
    String where = of.isEmpty() ? " of all namespaces" : " in namespace " + of;
    return reader.attempt("list pods" + where, r -> Pods.read(r, of, dra));
  }

  private Known<Spent> spentOfNodes() {
    return spent(METRICS + "/nodes", "list nodes.metrics.k8s.io").map(list -> Spent.ofNodes(list));
  }

  private Known<Spent> spentOfPods(Pods pods, String where) {
    Set<String> wanted = new HashSet<>();
    if (pods != null) {
      pods.holders().forEach(pod -> wanted.add(pod.key()));
    }
    String path = METRICS + (where.isEmpty() ? "" : "/namespaces/" + where) + "/pods";
    return spent(path, "list pods.metrics.k8s.io").map(list -> Spent.ofPods(list, wanted));
  }

  private Known<JsonNode> spent(String path, String what) {
    return flat(
        reader.attempt(what, r -> r.find(path)),
        new Known.Unknown<>("the cluster has no metrics API (metrics-server)", ""));
  }

  private static <T> Known<T> flat(Known<Optional<T>> known, Known.Unknown<T> absent) {
    return known.either(
        found -> found.<Known<T>>map(Known.Fact::new).orElse(absent),
        unknown -> new Known.Unknown<>(unknown.why(), unknown.next()));
  }

  /** What may not be read, or is not there, is no work that waits: pods tell the rest. */
  private List<QueuedWork> queued(String where) {
    List<QueuedWork> work = new ArrayList<>();
    for (String version : WORKLOADS) {
      String path = version + (where.isEmpty() ? "" : "/namespaces/" + where) + "/workloads";
      Known<Optional<JsonNode>> list = reader.attempt("list workloads", r -> r.find(path));
      Optional<JsonNode> found = list.or(Optional.empty());
      if (found.isPresent()) {
        found.get().path("items").forEach(item -> QueuedWork.of(item).ifPresent(work::add));
        return work;
      }
    }
    return work;
  }

  private Known<GpuUse> use(Pods pods, boolean everywhere, ExecutorService threads)
      throws InterruptedException {
    if (pods == null || pods.exporters().isEmpty()) {
      return new Known.Unknown<>(
          everywhere
              ? "no DCGM exporter runs in this cluster"
              : "you may not list pods of all namespaces, to find the DCGM exporter",
          everywhere ? "" : ASK);
    }
    Semaphore turns = new Semaphore(EXPORTERS_AT_ONCE);
    List<Future<Known<List<String>>>> answers = new ArrayList<>();
    for (Exporter exporter : pods.exporters()) {
      answers.add(threads.submit(() -> ask(exporter, turns)));
    }
    GpuUse use = new GpuUse();
    for (int i = 0; i < answers.size(); i++) {
      use.add(pods.exporters().get(i).node(), result(answers.get(i)));
    }
    return use.isEmpty()
        ? new Known.Unknown<>(use.silence().orElse("the DCGM exporter tells of no GPU"), ASK)
        : new Known.Fact<>(use);
  }

  private Known<List<String>> ask(Exporter exporter, Semaphore turns) {
    turns.acquireUninterruptibly();
    try {
      return reader.attempt(
          "get pods/proxy in namespace " + exporter.namespace(), r -> lines(r, exporter));
    } finally {
      turns.release();
    }
  }

  /** What is not a refusal of the API server's own comes from the exporter, or the way to it. */
  private static List<String> lines(Reader reader, Exporter exporter) {
    try {
      return reader.lines(exporter.path(), GpuUse::wanted);
    } catch (ApiException e) {
      if (e.code() == 401 || e.code() == 403) {
        throw e;
      }
      String words = e.getMessage().lines().findFirst().orElse("");
      throw new ApiException(
          502, e.status(), exporter.name() + " answers " + e.code() + ": " + words);
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
