package dev.mlk.practice.scheduler;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.scheduler.PendingPods.Wake;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The scheduler for pods whose {@code schedulerName} is {@code default-scheduler}. */
public final class Scheduler implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());
  private static final Duration LONGEST_WAIT_FOR_VOLUMES = Duration.ofMinutes(10);
  private static final int WRITES_AT_ONCE = 64;
  private final Writer writer;
  private final Informer pods;
  private final Informer nodes;
  private final Informer namespaces;
  private final Volumes volumes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition volumesChanged = lock.newCondition();
  private final ClusterState cluster = new ClusterState();
  private final PendingPods pending = new PendingPods();
  private final Nominations nominations = new Nominations();
  private final Map<String, String> said = new HashMap<>();
  private final Semaphore permits = new Semaphore(WRITES_AT_ONCE);
  private final ExecutorService writes;
  private final Thread thread;
  private volatile boolean closed;

  private Scheduler(ApiClient client, Informers informers, InstantSource clock) {
    writer = new Writer(client, clock);
    writes =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scheduler-write").factory());
    pods = informers.on(Resources.PODS);
    nodes = informers.on(Resources.NODES);
    namespaces = informers.on(Resources.NAMESPACES);
    volumes = new Volumes(informers);
    thread = Thread.ofVirtual().name("scheduler").unstarted(this::run);
  }

  /**
   * Starts scheduling.
   *
   * @param informers shared with others of the same process; they stay open on close
   */
  public static Scheduler start(ApiClient client, Informers informers, InstantSource clock) {
    Scheduler scheduler = new Scheduler(client, informers, clock);
    scheduler.listen();
    scheduler.thread.start();
    return scheduler;
  }

  private void listen() {
    nodes.onChange((change, before, now) -> locked(() -> nodeChanged(change, before, now)));
    pods.onChange((change, before, now) -> locked(() -> podChanged(change, before, now)));
    for (Informer source : volumes.sources()) {
      source.onChange(
          (_, _, _) ->
              locked(
                  () -> {
                    volumesChanged.signalAll();
                    wake(Wake.VOLUMES);
                  }));
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private void wake(Wake what) {
    if (pending.wake(what)) {
      work.signal();
    }
  }

  private void nodeChanged(Informer.Change change, ObjectNode before, ObjectNode now) {
    if (change == Informer.Change.DELETED) {
      cluster.removeNode(Key.of(now).name());
      wake(Wake.NODES);
    } else if (before == null || !ClusterState.sameForPods(before, now)) {
      cluster.setNode(now);
      wake(Wake.NODES);
    }
  }

  private void podChanged(Informer.Change change, ObjectNode before, ObjectNode now) {
    String uid = now.path("metadata").path("uid").asString("");
    if (before != null && !uid.equals(before.path("metadata").path("uid").asString(""))) {
      gone(before.path("metadata").path("uid").asString(""));
    }
    if (change == Informer.Change.DELETED || Placed.finished(now)) {
      gone(uid);
    } else if (!now.path("spec").path("nodeName").asString("").isEmpty()) {
      boolean known = cluster.has(uid);
      cluster.place(Placed.of(now), now.path("spec").path("nodeName").asString(""));
      settled(uid);
      if (!known) {
        wake(Wake.PODS_PLACED);
      }
    } else if (!cluster.has(uid)
        && now.path("spec").path("schedulerName").asString("").equals(Writer.SCHEDULER)) {
      waiting(now, uid);
    }
  }

  private void gone(String uid) {
    if (cluster.remove(uid)) {
      wake(Wake.PODS_GONE);
    }
    settled(uid);
  }

  private void settled(String uid) {
    pending.forget(uid);
    nominations.remove(uid);
    said.remove(uid);
  }

  private void waiting(ObjectNode pod, String uid) {
    if (!pod.path("spec").path("schedulingGates").isEmpty()
        || pod.path("metadata").has("deletionTimestamp")) {
      settled(uid);
      return;
    }
    Placed parked = pending.parked(uid);
    Placed now = Placed.of(pod);
    if (parked != null
        && parked.spec().equals(now.spec())
        && parked.labels().equals(now.labels())) {
      pending.refresh(now);
    } else {
      pending.add(now);
      work.signal();
    }
  }

  private void run() {
    try {
      for (Informer informer : List.of(nodes, pods, namespaces)) {
        informer.awaitSynced();
      }
      for (Informer informer : volumes.sources()) {
        informer.awaitSynced();
      }
      while (!closed) {
        Runnable write = next();
        writes.execute(() -> attempt(write));
      }
    } catch (InterruptedException e) {
      // close() ends the loop so.
      Thread.currentThread().interrupt();
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Placed pod = pending.poll();
        if (pod == null) {
          work.await();
        } else if (!cluster.has(pod.uid())) {
          return decide(pod);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Decides about one pod; what is returned writes the decision, without the lock. */
  private Runnable decide(Placed pod) {
    Placement placement = new Placement(pod, cluster, nominations, volumes, this::namespaceLabels);
    Placement.Result result = placement.find();
    if (result.node() == null) {
      return refuse(pod, placement, result);
    }
    String node = result.node().name();
    Map<Key, String> choices = placement.volumes().choices(result.node()).orElse(Map.of());
    choices.forEach((claim, volume) -> volumes.promise(volume, claim));
    cluster.place(pod, node);
    pending.wake(Wake.PODS_PLACED);
    return () -> assign(pod, node, choices);
  }

  private JsonNode namespaceLabels(String name) {
    return namespaces
        .get("", name)
        .map(namespace -> namespace.path("metadata").path("labels"))
        .orElse(JsonNodeFactory.instance.objectNode());
  }

  private Runnable refuse(Placed pod, Placement placement, Placement.Result result) {
    int known = cluster.nodes().size();
    List<Placed> victims = List.of();
    String nominated = "";
    String preemption = "";
    if (result.refusal().isEmpty() && known > 0) {
      Preemption.Outcome outcome = Preemption.find(pod, placement, result.verdicts(), nominations);
      preemption = outcome.message();
      Optional<Preemption.Plan> plan = outcome.plan();
      if (plan.isPresent()) {
        nominated = plan.get().node().name();
        victims = plan.get().victims();
        nominations.put(pod, nominated);
      }
    }
    pending.park(pod, PendingPods.until(result));
    String message = Placement.message(result, known, preemption);
    boolean news = !message.equals(said.put(pod.uid(), message)) || !nominated.isEmpty();
    String node = nominated;
    List<Placed> evicted = victims;
    return () -> {
      if (news) {
        writer.unschedulable(pod, message, node);
      }
      evicted.forEach(victim -> writer.evict(victim, pod, node));
    };
  }

  private void attempt(Runnable write) {
    try {
      write.run();
    } catch (ApiException | UncheckedIOException e) {
      if (!closed) {
        LOG.log(System.Logger.Level.INFO, "scheduling: {0}", e.getMessage());
      }
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(System.Logger.Level.ERROR, "scheduling", e);
      }
    }
  }

  private void assign(Placed pod, String node, Map<Key, String> choices) {
    boolean done = false;
    try {
      if (!choices.isEmpty()) {
        bindVolumes(pod, node, choices);
      }
      permits.acquire();
      try {
        writer.bind(pod, node);
      } finally {
        permits.release();
      }
      done = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!done) {
        takeBack(pod);
      }
      if (!choices.isEmpty()) {
        locked(() -> choices.keySet().forEach(volumes::takeBack));
      }
    }
  }

  private void bindVolumes(Placed pod, String node, Map<Key, String> choices)
      throws InterruptedException {
    for (Map.Entry<Key, String> choice : choices.entrySet()) {
      Optional<ObjectNode> claim = volumes.claim(choice.getKey());
      if (choice.getValue().isEmpty()) {
        writer.selectNode(choice.getKey(), node);
      } else if (claim.isPresent()) {
        writer.reserve(choice.getValue(), claim.get());
      }
    }
    lock.lockInterruptibly();
    try {
      long left = LONGEST_WAIT_FOR_VOLUMES.toNanos();
      while (!choices.keySet().stream().allMatch(this::bound)) {
        left = volumesChanged.awaitNanos(left);
        if (left <= 0 || closed || !cluster.has(pod.uid())) {
          throw new ApiException(409, null, "volumes of pod " + pod.key() + " were not bound");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean bound(Key claim) {
    // The node agent mounts by the phase, which is written last.
    return volumes
        .claim(claim)
        .map(found -> found.path("status").path("phase").asString("").equals("Bound"))
        .orElse(false);
  }

  /** The binding failed: the pod, if it is still there, is tried again a little later. */
  private void takeBack(Placed pod) {
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS, writes)
        .execute(
            () ->
                locked(
                    () -> {
                      Optional<ObjectNode> now = pods.get(pod.key().namespace(), pod.key().name());
                      boolean waits =
                          now.isPresent()
                              && now.get().path("spec").path("nodeName").asString("").isEmpty();
                      if (waits || now.isEmpty()) {
                        gone(pod.uid());
                      }
                      if (waits && !closed) {
                        podChanged(Informer.Change.ADDED, null, now.get());
                      }
                    }));
  }

  /** Stops; bindings under way may or may not be written. */
  @Override
  public void close() {
    closed = true;
    locked(volumesChanged::signalAll);
    thread.interrupt();
    writes.shutdownNow();
    writer.close();
  }
}
