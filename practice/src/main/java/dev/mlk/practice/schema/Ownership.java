package dev.mlk.practice.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The managedFields of one object: what each manager owns, since when, in which version. */
final class Ownership {
  private static final int MOST_UPDATERS = 10;
  private static final String BUCKET = "ancient-changes";

  /** What one manager owns. */
  record Owned(FieldSet fields, String apiVersion, String time) {}

  private final Map<FieldManager, Owned> owners = new HashMap<>();

  /** Reads managedFields; what cannot be read counts as nothing owned. */
  static Ownership parse(JsonNode managedFields) {
    Ownership ownership = new Ownership();
    try {
      for (JsonNode entry : managedFields) {
        ownership.owners.put(
            FieldManager.of(entry),
            new Owned(
                FieldSet.parse(entry.path("fieldsV1")),
                entry.path("apiVersion").asString(""),
                entry.path("time").asString("")));
      }
    } catch (IllegalArgumentException e) {
      return new Ownership();
    }
    return ownership;
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  Map<FieldManager, Owned> owners() {
    return owners;
  }

  FieldSet fields(FieldManager manager) {
    Owned owned = owners.get(manager);
    return owned == null ? new FieldSet() : owned.fields();
  }

  /** Gives a manager these fields and no others; with none it is gone. */
  void set(FieldManager manager, FieldSet fields, String apiVersion, String time) {
    if (fields.isEmpty()) {
      owners.remove(manager);
    } else {
      owners.put(manager, new Owned(fields, apiVersion, time));
    }
  }

  /** Takes fields from a manager. */
  void take(FieldManager manager, FieldSet fields) {
    Owned owned = owners.get(manager);
    set(manager, owned.fields().difference(fields), owned.apiVersion(), owned.time());
  }

  FieldSet all() {
    FieldSet all = new FieldSet();
    for (Owned owned : owners.values()) {
      all = all.union(owned.fields());
    }
    return all;
  }

  /** Beyond ten updaters the oldest of a version are thrown together. */
  void cap() {
    List<FieldManager> updaters = new ArrayList<>(owners.keySet());
    updaters.removeIf(FieldManager::applied);
    updaters.sort(
        Comparator.comparing((FieldManager m) -> owners.get(m).time()).thenComparing(m -> m));
    int count = updaters.size();
    Map<String, FieldManager> firstOfVersion = new HashMap<>();
    for (FieldManager manager : updaters) {
      if (count <= MOST_UPDATERS) {
        return;
      }
      Owned owned = owners.get(manager);
      FieldManager first = firstOfVersion.putIfAbsent(owned.apiVersion(), manager);
      if (first != null) {
        FieldManager bucket = FieldManager.updater(BUCKET, owned.apiVersion(), "");
        Owned kept = owners.containsKey(bucket) ? owners.get(bucket) : owners.remove(first);
        owners.remove(manager);
        owners.put(
            bucket,
            new Owned(kept.fields().union(owned.fields()), owned.apiVersion(), owned.time()));
        count--;
      }
    }
  }

  /** Appliers first, then by time, manager, version and subresource. */
  ArrayNode toJson() {
    List<Map.Entry<FieldManager, Owned>> entries = new ArrayList<>(owners.entrySet());
    entries.sort(
        Comparator.comparing((Map.Entry<FieldManager, Owned> e) -> e.getKey().operation())
            .thenComparing(e -> e.getValue().time())
            .thenComparing(e -> e.getKey().manager())
            .thenComparing(e -> e.getValue().apiVersion())
            .thenComparing(e -> e.getKey().subresource()));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Map.Entry<FieldManager, Owned> entry : entries) {
      ObjectNode json = list.addObject();
      Owned owned = entry.getValue();
      json.put("manager", entry.getKey().manager());
      json.put("operation", entry.getKey().operation());
      json.put("apiVersion", owned.apiVersion());
      if (!owned.time().isEmpty()) {
        json.put("time", owned.time());
      }
      json.put("fieldsType", "FieldsV1");
      json.set("fieldsV1", owned.fields().toJson());
      if (!entry.getKey().subresource().isEmpty()) {
        json.put("subresource", entry.getKey().subresource());
      }
    }
    return list;
  }
}
