package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The books of all namespaces, and what has not ended in each. Used by one thread. */
final class Accounts {
  private static final System.Logger LOG = System.getLogger(Accounts.class.getName());
  private static final int MOST_BOOKS = 100;

  private final KubernetesClient client;
  private final LedgerKeeper.Sight sight;
  private final Clock clock;
  private final Nodes nodes;
  private final Claims claims;
  private final Map<String, Book> open = new HashMap<>();
  private final Map<String, LedgerEntry> running = new HashMap<>();
  private final Map<String, Instant> seen = new HashMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Book> months = new Recent();
  private Instant beaten = Instant.EPOCH;

  /** The books of months that were used last; others are read again. */
  private static final class Recent extends LinkedHashMap<String, Book> {
    private static final long serialVersionUID = 1;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Book> eldest) {
      return size() > MOST_BOOKS;
    }
  }

  /** What a round changes in one namespace. */
  private static final class Changed {
    private final Map<String, LedgerEntry> going = new LinkedHashMap<>();
    private final Map<String, LedgerEntry> ended = new LinkedHashMap<>();
  }

  Accounts(KubernetesClient client, LedgerKeeper.Sight sight, Clock clock) {
    this.client = client;
    this.sight = sight;
    this.clock = clock;
    this.nodes = new Nodes(client);
    this.claims = new Claims(client);
  }

  /** Reads what had not ended when somebody wrote last. */
  void load() {
    open.clear();
    running.clear();
    seen.clear();
    refused.clear();
    months.clear();
    Map<String, List<ConfigMap>> byNamespace = new HashMap<>();
    for (ConfigMap map : openOnes()) {
      byNamespace
          .computeIfAbsent(map.getMetadata().getNamespace(), _ -> new ArrayList<>())
          .add(map);
    }
    byNamespace.forEach(
        (namespace, maps) -> {
          open.put(namespace, Book.of(client, namespace, Ledger.OPEN, maps));
          maps.forEach(map -> load(namespace, map));
        });
  }

  private List<ConfigMap> openOnes() {
    List<ConfigMap> all = new ArrayList<>();
    if (sight.namespaces().isEmpty()) {
      all.addAll(
          client
              .configMaps()
              .inAnyNamespace()
              .withLabel(Ledger.LABEL, Ledger.OPEN)
              .list()
              .getItems());
    }
    for (String namespace : sight.namespaces()) {
      all.addAll(
          client
              .configMaps()
              .inNamespace(namespace)
              .withLabel(Ledger.LABEL, Ledger.OPEN)
              .list()
              .getItems());
    }
    return all;
  }

  private void load(String namespace, ConfigMap map) {
    map.getData()
        .forEach(
            (uid, text) ->
                LedgerEntry.read(namespace, uid, text).ifPresent(entry -> running.put(uid, entry)));
    Map<String, String> annotations = map.getMetadata().getAnnotations();
    time(annotations == null ? null : annotations.get(Ledger.SEEN))
        .ifPresent(
            at -> seen.merge(namespace, at, (one, other) -> one.isAfter(other) ? one : other));
  }

  private static Optional<Instant> time(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Looks at everything that is there, and ends what went while nobody looked. */
  void review() {
    Instant now = clock.instant();
    List<LedgerKeeper.Change> all = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (Pod pod : sight.pods()) {
      all.add(new LedgerKeeper.Change(pod, false, false, now));
      there.add(pod.getMetadata().getUid());
    }
    write(all);
    Map<String, Changed> changed = new HashMap<>();
    for (LedgerEntry entry : List.copyOf(running.values())) {
      // What this operator has seen alive it will be told of when it goes.
      if (!there.contains(entry.uid()) && !watched.contains(entry.uid())) {
        of(changed, entry.who().namespace()).ended.put(entry.uid(), vanished(entry));
      }
    }
    write(changed);
  }

  void write(List<LedgerKeeper.Change> changes) {
    Map<String, Changed> changed = new HashMap<>();
    for (LedgerKeeper.Change change : changes) {
      String namespace = change.pod().getMetadata().getNamespace();
      String uid = change.pod().getMetadata().getUid();
      if (!change.gone()) {
        watched.add(uid);
      } else {
        watched.remove(uid);
      }
      LedgerEntry entry = entry(change);
      Changed one = of(changed, namespace);
      if (entry.times().ended().isPresent()) {
        one.going.remove(uid);
        one.ended.putIfAbsent(uid, entry);
      } else if (!one.ended.containsKey(uid)) {
        one.going.put(uid, entry);
      }
    }
    write(changed);
  }

  private static Changed of(Map<String, Changed> changed, String namespace) {
    return changed.computeIfAbsent(namespace, _ -> new Changed());
  }

  private LedgerEntry entry(LedgerKeeper.Change change) {
    JsonNode pod =
        JsonMapper.shared().readTree(client.getKubernetesSerialization().asJson(change.pod()));
    String nodeName = pod.path("spec").path("nodeName").asString("");
    LedgerEntry read = PodReading.of(pod, nodes.find(nodeName));
    LedgerKeeper.JobFacts job = sight.job(read.who().namespace(), read.who().job());
    LedgerEntry entry = read.with(job.labels());
    LedgerEntry before = running.get(entry.uid());
    if (!nodeName.isEmpty() && (before == null || before.node().name().isEmpty())) {
      // Once: claims are given devices before their pod has a node, and may be gone before the pod.
      entry = claims.complete(entry, pod);
    }
    if (before != null) {
      entry = entry.knowing(before);
    }
    if (entry.times().ended().isPresent()) {
      boolean deleted = entry.why().equals("Deleted") && job.suspended();
      return deleted ? entry.endedAt(entry.times().ended().get(), "Suspended") : entry;
    }
    if (!entry.why().isEmpty()) {
      return entry.endedAt(change.at(), entry.why());
    }
    if (change.missed()) {
      return vanished(entry);
    }
    return change.gone()
        ? entry.endedAt(change.at(), job.suspended() ? "Suspended" : "Deleted")
        : entry;
  }

  /** A pod that went while nobody looked: the kubelet may have told when it stopped it. */
  private LedgerEntry vanished(LedgerEntry entry) {
    Instant least = entry.times().scheduled().orElse(entry.times().created());
    Instant watchedUntil = seen.getOrDefault(entry.who().namespace(), least);
    return killed(entry)
        .map(at -> entry.endedAt(at, "Deleted"))
        .orElseGet(
            () -> entry.endedAt(watchedUntil.isBefore(least) ? least : watchedUntil, "Unseen"));
  }

  private Optional<Instant> killed(LedgerEntry entry) {
    List<Event> events =
        client
            .v1()
            .events()
            .inNamespace(entry.who().namespace())
            .withField("involvedObject.uid", entry.uid())
            .list()
            .getItems();
    return events.stream()
        .filter(event -> "Killing".equals(event.getReason()))
        .flatMap(event -> time(event.getLastTimestamp()).stream())
        .max(Comparator.naturalOrder());
  }

  private void write(Map<String, Changed> changed) {
    for (Map.Entry<String, Changed> one : changed.entrySet()) {
      String namespace = one.getKey();
      if (refused.contains(namespace)) {
        continue;
      }
      try {
        write(namespace, one.getValue());
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
          throw e;
        }
        // No right to write there, or the namespace is on its way out: not tried again at once.
        refused.add(namespace);
        LOG.log(
            System.Logger.Level.INFO, "no ledger in namespace {0}: {1}", namespace, e.getMessage());
      }
    }
  }

  private void write(String namespace, Changed changed) {
    Map<String, Map<String, String>> byMonth = new HashMap<>();
    Set<String> gone = new HashSet<>();
    for (LedgerEntry entry : changed.ended.values()) {
      String period = Ledger.period(entry.times().ended().orElseThrow());
      if (!month(namespace, period).has(entry.uid())) {
        byMonth.computeIfAbsent(period, _ -> new HashMap<>()).put(entry.uid(), entry.text());
      }
      if (running.containsKey(entry.uid())) {
        gone.add(entry.uid());
      }
    }
    Map<String, String> going = new HashMap<>();
    for (LedgerEntry entry : changed.going.values()) {
      if (!entry.equals(running.get(entry.uid()))) {
        going.put(entry.uid(), entry.text());
      }
    }
    // First where it stays, then out of where it was: readers count a uid once.
    byMonth.forEach((period, texts) -> month(namespace, period).write(texts, Set.of(), Map.of()));
    if (!going.isEmpty() || !gone.isEmpty()) {
      openBook(namespace).write(going, gone, seenNow());
    }
    gone.forEach(running::remove);
    changed.going.forEach(running::put);
  }

  private Map<String, String> seenNow() {
    return Map.of(Ledger.SEEN, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private Book month(String namespace, String period) {
    return months.computeIfAbsent(
        namespace + "/" + period, _ -> Book.load(client, namespace, period));
  }

  private Book openBook(String namespace) {
    return open.computeIfAbsent(namespace, _ -> Book.load(client, namespace, Ledger.OPEN));
  }

  /** Says that all is seen up to now, when that was not said for a while. */
  void beat(Duration after) {
    Instant now = clock.instant();
    if (Duration.between(beaten, now).abs().compareTo(after) < 0) {
      return;
    }
    beaten = now;
    refused.clear();
    nodes.forget();
    claims.forget();
    for (Map.Entry<String, Book> book : open.entrySet()) {
      if (!book.getValue().isEmpty()) {
        book.getValue().write(Map.of(), Set.of(), seenNow());
      }
    }
  }
}
