package dev.mlk.tfjob.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one pod has held, from when to when. Times are those of the cluster, in whole seconds, and
 * may contradict each other where clocks were changed.
 *
 * @param uid the pod's uid
 * @param who whose it is
 * @param node where it is or was; all empty before it was scheduled
 * @param amounts what it holds
 * @param times from when to when
 * @param why how it ended, such as {@code Succeeded}, {@code Deleted}; empty before
 * @param restarts how often its containers were started again; no time is free because of it
 */
public record LedgerEntry(
    String uid, Who who, Node node, Amounts amounts, Times times, String why, int restarts) {
  private static final int LONGEST = 1000;

  /**
   * Whose a pod is.
   *
   * @param namespace its namespace; not written, since the ledger lies there
   * @param pod its name
   * @param job its job, or {@code kind/name} of another owner, or {@code pod/name}
   * @param replica such as {@code worker-0}; empty for pods of no job
   * @param labels labels of the job and the pod, without the operator's own
   */
  public record Who(
      String namespace, String pod, String job, String replica, Map<String, String> labels) {
    /** Sorts the labels. */
    public Who {
      labels = new TreeMap<>(labels);
    }
  }

  /**
   * The node.
   *
   * @param name its name
   * @param model its model of GPU; empty where unknown, or none
   * @param labels the labels that prices go by
   */
  public record Node(String name, String model, Map<String, String> labels) {
    /** No node. */
    public static final Node NONE = new Node("", "", Map.of());

    /** Sorts the labels. */
    public Node {
      labels = new TreeMap<>(labels);
    }

    /** The same with a model that somebody else knows. */
    public Node withModel(String known) {
      return new Node(name, known, labels);
    }
  }

  /**
   * What is held.
   *
   * @param gpus GPUs, or slices of them
   * @param milliCpu thousandths of a CPU
   * @param bytes bytes of memory
   */
  public record Amounts(long gpus, long milliCpu, long bytes) {}

  /**
   * The moments of a pod's life.
   *
   * @param created when it was created
   * @param scheduled since when it holds its node's resources
   * @param running when its first container started
   * @param ended when it gave them back
   */
  public record Times(
      Instant created,
      Optional<Instant> scheduled,
      Optional<Instant> running,
      Optional<Instant> ended) {
    Times endedAt(Instant end) {
      return new Times(created, scheduled, running, Optional.of(end));
    }
  }

  /** The same, ended. */
  public LedgerEntry endedAt(Instant end, String reason) {
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    return new LedgerEntry(uid, who, node, amounts, times.endedAt(second), reason, restarts);
  }

  /** The same, with what is known of its node. */
  public LedgerEntry on(Node known) {
    return new LedgerEntry(uid, who, known, amounts, times, why, restarts);
  }

  /** The same, with GPUs that it holds by claims. */
  public LedgerEntry holdingToo(long gpus) {
    Amounts all = new Amounts(amounts.gpus + gpus, amounts.milliCpu, amounts.bytes);
    return new LedgerEntry(uid, who, node, all, times, why, restarts);
  }

  /**
   * The same, with none but these labels: whoever reads thousands of pods has no use for others.
   */
  public LedgerEntry keeping(Collection<String> labels) {
    Map<String, String> kept = new TreeMap<>(who.labels);
    kept.keySet().retainAll(labels);
    Who lean = new Who(who.namespace, who.pod, who.job, who.replica, kept);
    return new LedgerEntry(uid, lean, node, amounts, times, why, restarts);
  }

  /** The same, with labels of its job where the pod has no such label itself. */
  LedgerEntry with(Map<String, String> ofJob) {
    Map<String, String> labels = new LinkedHashMap<>(PodReading.own(ofJob));
    labels.putAll(who.labels);
    Who labelled = new Who(who.namespace, who.pod, who.job, who.replica, labels);
    return new LedgerEntry(uid, labelled, node, amounts, times, why, restarts);
  }

  /**
   * The same, with what an earlier look at the pod knew and this one does not: the node may be gone
   * since, or the claim that held its GPUs, and a pod's status only remembers the last start of a
   * container.
   */
  public LedgerEntry knowing(LedgerEntry before) {
    Optional<Instant> running =
        before.times.running.isPresent()
                && times.running.filter(r -> !r.isAfter(before.times.running.get())).isEmpty()
            ? before.times.running
            : times.running;
    Map<String, String> labels = new LinkedHashMap<>(before.who.labels);
    labels.putAll(who.labels);
    return new LedgerEntry(
        uid,
        new Who(who.namespace, who.pod, who.job, who.replica, labels),
        nodeKnowing(before.node),
        new Amounts(Math.max(amounts.gpus, before.amounts.gpus), amounts.milliCpu, amounts.bytes),
        new Times(
            times.created, times.scheduled.or(() -> before.times.scheduled), running, times.ended),
        why,
        Math.max(restarts, before.restarts));
  }

  private Node nodeKnowing(Node before) {
    if (!before.name.equals(node.name) || !node.model.isEmpty()) {
      return node;
    }
    return node.labels.isEmpty() ? before : node.withModel(before.model);
  }

  /** One line of JSON, as it stands in the ledger. */
  public String text() {
    ObjectNode entry = JsonMapper.shared().createObjectNode();
    put(entry, "pod", who.pod);
    put(entry, "job", who.job);
    put(entry, "replica", who.replica);
    put(entry, "node", node.name);
    put(entry, "model", node.model);
    entry.put("gpus", amounts.gpus).put("milliCpu", amounts.milliCpu);
    entry.put("bytes", amounts.bytes);
    entry.put("created", times.created.toString());
    times.scheduled.ifPresent(at -> entry.put("scheduled", at.toString()));
    times.running.ifPresent(at -> entry.put("running", at.toString()));
    times.ended.ifPresent(at -> entry.put("ended", at.toString()));
    put(entry, "why", why);
    if (restarts > 0) {
      entry.put("restarts", restarts);
    }
    int room = LONGEST - entry.toString().length();
    room -= labels(entry, "nodeLabels", node.labels, room);
    labels(entry, "labels", who.labels, room);
    return entry.toString();
  }

  private static void put(ObjectNode entry, String name, String value) {
    if (!value.isEmpty()) {
      entry.put(name, value);
    }
  }

  /** Only labels for which there is room; returns what they took. */
  private static int labels(ObjectNode entry, String name, Map<String, String> all, int room) {
    int taken = 0;
    for (Map.Entry<String, String> label : all.entrySet()) {
      int size = label.getKey().length() + label.getValue().length() + name.length() + 8;
      if (taken + size <= room) {
        entry.withObjectProperty(name).put(label.getKey(), label.getValue());
        taken += size;
      }
    }
    return taken;
  }

  /**
   * Reads an entry; empty when it is none, since anybody with the right may edit a ConfigMap.
   *
   * @param namespace the namespace that the ledger lies in
   */
  public static Optional<LedgerEntry> read(String namespace, String uid, String text) {
    try {
      JsonNode entry = JsonMapper.shared().readTree(text);
      return Optional.of(
          new LedgerEntry(
              uid,
              new Who(
                  namespace,
                  string(entry, "pod"),
                  string(entry, "job"),
                  string(entry, "replica"),
                  labels(entry.path("labels"))),
              new Node(
                  string(entry, "node"), string(entry, "model"), labels(entry.path("nodeLabels"))),
              new Amounts(amount(entry, "gpus"), amount(entry, "milliCpu"), amount(entry, "bytes")),
              new Times(
                  Instant.parse(string(entry, "created")),
                  time(entry, "scheduled"),
                  time(entry, "running"),
                  time(entry, "ended")),
              string(entry, "why"),
              (int) amount(entry, "restarts")));
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long amount(JsonNode entry, String name) {
    return Math.max(0, entry.path(name).asLong(0));
  }

  private static String string(JsonNode entry, String name) {
    return entry.path(name).asString("");
  }

  private static Optional<Instant> time(JsonNode entry, String name) {
    return entry.has(name) ? Optional.of(Instant.parse(string(entry, name))) : Optional.empty();
  }

  static Map<String, String> labels(JsonNode labels) {
    Map<String, String> all = new TreeMap<>();
    labels.properties().forEach(label -> all.put(label.getKey(), label.getValue().asString("")));
    return all;
  }
}
