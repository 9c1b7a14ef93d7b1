package dev.mlk.usage;

import dev.mlk.facts.Reader;
import dev.mlk.gpu.overview.GpuNow;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.tfjob.ledger.Ledger;
import dev.mlk.tfjob.ledger.LedgerEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what pods hold from the pods that are there and from the ledger, each pod once. */
final class UsageReader {
  private final Reader reader;
  private final String namespace;
  private final Window window;
  private final Grouping grouping;
  private final List<String> notes = new ArrayList<>();
  private final LivePods live;
  private final Map<String, LedgerEntry> ended = new HashMap<>();
  private final Map<String, LedgerEntry> open = new HashMap<>();
  private final Map<String, Instant> seen = new HashMap<>();

  /**
   * A reader.
   *
   * @param namespace the namespace; empty for all
   */
  UsageReader(Reader reader, String namespace, Window window, Grouping grouping) {
    this.reader = reader;
    this.namespace = namespace;
    this.window = window;
    this.grouping = grouping;
    this.live = new LivePods(reader, namespace, grouping.labels(), notes);
  }

  /** What the GPUs of pods do, if all pods were read. */
  GpuNow now() {
    return live.now();
  }

  /** What must be said beside the figures. */
  List<String> notes() {
    return notes;
  }

  /**
   * All pods that concern the window.
   *
   * @throws ApiException when neither pods nor ledger may be read
   */
  List<LedgerEntry> read() {
    // Pods first: what ends meanwhile stands in the ledger then, and what begins has held nothing.
    Optional<ApiException> noPods = attempt(live::read);
    Optional<ApiException> noLedger = attempt(this::readLedger);
    if (noPods.isPresent() && noLedger.isPresent()) {
      throw noPods.get();
    }
    String where = namespace.isEmpty() ? "all namespaces" : "namespace " + namespace;
    if (noPods.isPresent()) {
      notes.add(
          "you may not list pods in " + where + ": what runs is counted as the ledger knows it");
    }
    if (noLedger.isPresent()) {
      notes.add(
          "you may not list config maps in " + where + ": pods that were deleted are not counted");
    }
    return all(noPods.isEmpty());
  }

  private static Optional<ApiException> attempt(Runnable reading) {
    try {
      reading.run();
      return Optional.empty();
    } catch (ApiException e) {
      if (e.code() == 403 || e.code() == 401) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private void readLedger() {
    String selector = Ledger.selector(window.since(), window.now());
    Request maps =
        Request.of("GET", Resources.CONFIG_MAPS.path(namespace)).query("labelSelector", selector);
    reader.each(maps, Reader.UNREAD, this::readLedger);
  }

  private void readLedger(JsonNode map) {
    JsonNode metadata = map.path("metadata");
    String where = metadata.path("namespace").asString("");
    boolean current = metadata.path("labels").path(Ledger.LABEL).asString("").equals(Ledger.OPEN);
    if (current) {
      time(metadata.path("annotations").path(Ledger.SEEN).asString(""))
          .ifPresent(at -> seen.merge(where, at, (a, b) -> a.isAfter(b) ? a : b));
    }
    for (Map.Entry<String, JsonNode> one : map.path("data").properties()) {
      Optional<LedgerEntry> entry =
          LedgerEntry.read(where, one.getKey(), one.getValue().asString(""));
      if (entry.isPresent()) {
        (current ? open : ended).put(one.getKey(), entry.get().keeping(grouping.labels()));
      } else {
        String name = metadata.path("name").asString("");
        notes.add("configmap/" + name + " in " + where + ": " + one.getKey() + " is no entry");
      }
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private List<LedgerEntry> all(boolean podsKnown) {
    Set<String> uids = new HashSet<>(live.entries().keySet());
    uids.addAll(open.keySet());
    uids.addAll(ended.keySet());
    List<LedgerEntry> entries = new ArrayList<>();
    int gone = 0;
    for (String uid : uids) {
      LedgerEntry begun = open.get(uid);
      if (ended.containsKey(uid)) {
        entries.add(ended.get(uid));
      } else if (live.entries().containsKey(uid)) {
        LedgerEntry entry = live.entries().get(uid);
        entries.add(begun == null ? entry : entry.knowing(begun));
      } else if (podsKnown) {
        gone++;
        entries.add(begun.endedAt(lastSeen(begun), "Unseen"));
      } else {
        entries.add(begun);
      }
    }
    if (gone > 0) {
      notes.add(
          (gone == 1 ? "1 pod is" : gone + " pods are")
              + " gone and the operator has not yet said since when: counted to when it last"
              + " looked");
    }
    return entries;
  }

  private Instant lastSeen(LedgerEntry entry) {
    Instant least = entry.times().scheduled().orElse(entry.times().created());
    Instant last = seen.getOrDefault(entry.who().namespace(), least);
    return last.isBefore(least) ? least : last;
  }
}
