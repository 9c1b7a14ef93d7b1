package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The numbered ConfigMaps of one namespace and period. A write names only the entries that change,
 * and is refused by the API server when the part is not as it was last seen here.
 */
final class Book {
  /** One ConfigMap, without the text of its entries. */
  private static final class Part {
    private final int number;
    private final Set<String> uids;
    private String version;

    private Part(int number, Set<String> uids, String version) {
      this.number = number;
      this.uids = uids;
      this.version = version;
    }
  }

  private final KubernetesClient client;
  private final String namespace;
  private final String period;
  private final List<Part> parts = new ArrayList<>();

  private Book(KubernetesClient client, String namespace, String period) {
    this.client = client;
    this.namespace = namespace;
    this.period = period;
  }

  /** Reads which pods the book has. */
  static Book load(KubernetesClient client, String namespace, String period) {
    List<ConfigMap> maps =
        client
            .configMaps()
            .inNamespace(namespace)
            .withLabel(Ledger.LABEL, period)
            .list()
            .getItems();
    return of(client, namespace, period, maps);
  }

  /** The book that some ConfigMaps make. */
  static Book of(
      KubernetesClient client, String namespace, String period, List<ConfigMap> configMaps) {
    Book book = new Book(client, namespace, period);
    for (ConfigMap map : configMaps) {
      number(map, period)
          .ifPresent(
              number ->
                  book.parts.add(
                      new Part(
                          number,
                          new HashSet<>(map.getData().keySet()),
                          map.getMetadata().getResourceVersion())));
    }
    book.parts.sort(Comparator.comparingInt(part -> part.number));
    return book;
  }

  private static Optional<Integer> number(ConfigMap map, String period) {
    String prefix = Ledger.name(period, 0).replaceFirst("0$", "");
    String name = map.getMetadata().getName();
    if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("[1-9][0-9]{0,6}")) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(name.substring(prefix.length())));
  }

  boolean has(String uid) {
    return parts.stream().anyMatch(part -> part.uids.contains(uid));
  }

  boolean isEmpty() {
    return parts.stream().allMatch(part -> part.uids.isEmpty());
  }

  /**
   * Writes entries and takes others out.
   *
   * @param entries texts by uid
   * @param gone uids to take out
   * @param annotations set on every part that is written; the first one if no other
   */
  void write(Map<String, String> entries, Set<String> gone, Map<String, String> annotations) {
    Map<Part, Map<String, String>> changes = new HashMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
      Part part = place(entry.getKey());
      part.uids.add(entry.getKey());
      changes.computeIfAbsent(part, _ -> new TreeMap<>()).put(entry.getKey(), entry.getValue());
    }
    for (Part part : parts) {
      for (String uid : gone) {
        if (part.uids.contains(uid) && !entries.containsKey(uid)) {
          changes.computeIfAbsent(part, _ -> new TreeMap<>()).put(uid, null);
        }
      }
    }
    if (changes.isEmpty() && !annotations.isEmpty() && !parts.isEmpty()) {
      changes.put(parts.getFirst(), Map.of());
    }
    changes.forEach((part, data) -> write(part, data, annotations));
  }

  /** Where an entry stands, or is put: the first part that has room. */
  private Part place(String uid) {
    for (Part part : parts) {
      if (part.uids.contains(uid)) {
        return part;
      }
    }
    for (Part part : parts) {
      if (part.uids.size() < Ledger.MOST_ENTRIES) {
        return part;
      }
    }
    int last = parts.isEmpty() ? 0 : parts.getLast().number;
    Part part = new Part(last + 1, new HashSet<>(), "");
    parts.add(part);
    return part;
  }

  private void write(Part part, Map<String, String> data, Map<String, String> annotations) {
    String name = Ledger.name(period, part.number);
    ConfigMap written;
    if (part.version.isEmpty()) {
      ConfigMap map =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName(name)
              .withNamespace(namespace)
              .addToLabels(Ledger.LABEL, period)
              .withAnnotations(annotations)
              .endMetadata()
              .withData(data)
              .build();
      written = client.configMaps().inNamespace(namespace).resource(map).create();
    } else {
      ObjectNode patch = JsonMapper.shared().createObjectNode();
      ObjectNode metadata = patch.putObject("metadata").put("resourceVersion", part.version);
      ObjectNode wanted = metadata.putObject("annotations");
      annotations.forEach(wanted::put);
      ObjectNode texts = patch.putObject("data");
      data.forEach(texts::put);
      written =
          client
              .configMaps()
              .inNamespace(namespace)
              .withName(name)
              .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }
    part.version = written.getMetadata().getResourceVersion();
    part.uids.removeIf(uid -> data.containsKey(uid) && data.get(uid) == null);
  }
}
