package dev.mlk.practice.scheduler;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pods that wait for a node: those to try now, the most important first, and those that were tried
 * in vain and wait for something to change. Guarded by the scheduler's lock.
 */
final class PendingPods {
  /** What may change a scheduler's mind. */
  enum Wake {
    NODES,
    PODS_GONE,
    PODS_PLACED,
    VOLUMES
  }

  private record Waiting(Placed pod, long order) {}

  private record Parked(Waiting waiting, Set<Wake> until) {}

  private static final Comparator<Waiting> FIRST =
      Comparator.comparingInt((Waiting waiting) -> -waiting.pod.priority())
          .thenComparingLong(Waiting::order);
  private final TreeSet<Waiting> ready = new TreeSet<>(FIRST);
  private final Map<String, Waiting> readyByUid = new HashMap<>();
  private final Map<String, Parked> parked = new HashMap<>();
  private final Map<String, Long> orders = new HashMap<>();
  private long next;

  /** Adds a pod, or its newer form; one that is parked is tried again. */
  void add(Placed pod) {
    remove(pod.uid());
    long order = orders.computeIfAbsent(pod.uid(), _ -> next++);
    Waiting waiting = new Waiting(pod, order);
    ready.add(waiting);
    readyByUid.put(pod.uid(), waiting);
  }

  /** Takes the next pod to try, or null. */
  Placed poll() {
    Waiting first = ready.pollFirst();
    if (first == null) {
      return null;
    }
    readyByUid.remove(first.pod.uid());
    return first.pod;
  }

  /** Keeps a pod until one of these things happens. */
  void park(Placed pod, Set<Wake> until) {
    Waiting waiting = new Waiting(pod, orders.computeIfAbsent(pod.uid(), _ -> next++));
    parked.put(pod.uid(), new Parked(waiting, until));
  }

  /** Makes ready whoever waits for this. Returns whether there was one. */
  boolean wake(Wake what) {
    boolean any = false;
    for (Iterator<Parked> all = parked.values().iterator(); all.hasNext(); ) {
      Parked one = all.next();
      if (one.until.contains(what)) {
        all.remove();
        ready.add(one.waiting);
        readyByUid.put(one.waiting.pod.uid(), one.waiting);
        any = true;
      }
    }
    return any;
  }

  /** The form of a parked pod that was tried, or null. */
  Placed parked(String uid) {
    Parked one = parked.get(uid);
    return one == null ? null : one.waiting.pod;
  }

  /** Replaces a parked pod's object without trying it again. */
  void refresh(Placed pod) {
    parked.computeIfPresent(
        pod.uid(), (_, old) -> new Parked(new Waiting(pod, old.waiting.order), old.until));
  }

  /** Forgets where a pod stands, for good when it is bound or gone. */
  void forget(String uid) {
    remove(uid);
    orders.remove(uid);
  }

  private void remove(String uid) {
    Waiting before = readyByUid.remove(uid);
    if (before != null) {
      ready.remove(before);
    }
    parked.remove(uid);
  }

  /** What a pod waits for, by the objections it met. */
  static Set<Wake> until(Placement.Result result) {
    if (!result.refusal().isEmpty()) {
      return EnumSet.of(Wake.VOLUMES, Wake.NODES);
    }
    EnumSet<Wake> until = EnumSet.of(Wake.NODES);
    for (Verdict verdict : result.verdicts().values()) {
      for (String reason : verdict.reasons()) {
        if (reason.contains("ffinity") || reason.contains("spread")) {
          until.addAll(EnumSet.of(Wake.PODS_GONE, Wake.PODS_PLACED, Wake.VOLUMES));
        } else if (reason.contains("olume") || reason.contains("pvc")) {
          until.addAll(EnumSet.of(Wake.VOLUMES, Wake.PODS_GONE));
        } else if (!verdict.lasting()) {
          until.add(Wake.PODS_GONE);
        }
      }
    }
    return until;
  }
}
