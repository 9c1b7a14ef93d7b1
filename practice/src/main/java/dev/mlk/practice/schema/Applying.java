package dev.mlk.practice.schema;

import dev.mlk.practice.schema.ManagedFields.ApplyOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One server-side apply. */
final class Applying {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final ObjectNode live;
  private final ObjectNode applied;
  private final TypeSchema type;
  private final Ownership owners;
  private final ApplyOptions options;
  private final FieldManager applier;
  private final FieldSet ignored;

  Applying(
      ObjectNode live,
      ObjectNode applied,
      TypeSchema type,
      Ownership owners,
      ApplyOptions options) {
    this.live = live;
    this.applied = applied;
    this.type = type;
    this.owners = owners;
    this.options = options;
    this.applier = FieldManager.applier(options.manager(), options.subresource());
    this.ignored = ManagedFields.ignored(options.ignored());
  }

  ObjectNode run() {
    FieldSet last = owners.fields(applier);
    FieldSet now = FieldSets.of(applied, type).without(ignored);
    String since = owners.owners().containsKey(applier) ? owners.owners().get(applier).time() : "";
    owners.set(applier, now, options.apiVersion(), since);
    ObjectNode merged = (ObjectNode) TypedMerge.merge(live, applied, type);
    ObjectNode result = last.isEmpty() ? merged : pruned(merged, last);
    boolean changed = !Numbers.equal(result, live);
    takeFromOthers(result);
    String time = changed ? Tracking.text(options.time()) : since;
    owners.set(applier, Tracking.ownable(now), options.apiVersion(), time);
    if (fromKubectl() && lastApplied().isString()) {
      ObjectNode annotations = (ObjectNode) result.path("metadata").path("annotations");
      annotations.put(LAST_APPLIED, withoutLastApplied());
    }
    ManagedFields.write(result, owners);
    return result;
  }

  /**
   * Fields that this applier gave last time, and gives no more, go unless somebody else owns them.
   */
  private ObjectNode pruned(ObjectNode merged, FieldSet last) {
    FieldSet lastNamed = last.withNamedFields(type);
    FieldSet all = FieldSets.of(merged, type).withNamedFields(type);
    FieldSet kept = paths(without(merged, lastNamed)).union(owners.all().withNamedFields(type));
    FieldSet left = paths(without(merged, all.difference(kept)));
    return without(merged, all.difference(left).intersection(lastNamed));
  }

  private FieldSet paths(ObjectNode object) {
    return FieldSets.of(object, type).withNamedFields(type);
  }

  private ObjectNode without(ObjectNode object, FieldSet gone) {
    JsonNode left = TypedMerge.without(object, gone, type);
    return left == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) left;
  }

  private void takeFromOthers(ObjectNode result) {
    Comparison difference = Comparison.of(live, result, type, ignored);
    FieldSet changed = difference.changed();
    Map<FieldManager, FieldSet> conflicts = new HashMap<>();
    owners
        .owners()
        .forEach(
            (manager, owned) -> {
              FieldSet conflict = owned.fields().intersection(changed);
              if (!manager.equals(applier) && !conflict.isEmpty()) {
                conflicts.put(manager, conflict);
              }
            });
    if (!conflicts.isEmpty() && !options.force()) {
      refuse(conflicts);
    }
    conflicts.forEach(owners::take);
    for (FieldManager manager : List.copyOf(owners.owners().keySet())) {
      if (!manager.equals(applier)) {
        owners.take(manager, difference.removed());
      }
    }
  }

  /** kubectl may change what it applied on the client's side before, as the annotation shows. */
  private void refuse(Map<FieldManager, FieldSet> conflicts) {
    FieldSet allowed = fromKubectl() ? clientSideApplied() : new FieldSet();
    Map<FieldManager, FieldSet> remaining = new HashMap<>();
    conflicts.forEach(
        (manager, fields) -> {
          FieldSet left = fields.difference(allowed);
          if (!left.isEmpty()) {
            remaining.put(manager, left);
          }
        });
    if (!remaining.isEmpty()) {
      throw ApplyConflict.of(remaining);
    }
  }

  private boolean fromKubectl() {
    return options.manager().equals("kubectl");
  }

  private JsonNode lastApplied() {
    return live.path("metadata").path("annotations").path(LAST_APPLIED);
  }

  /** What the last client-side apply said and still holds. */
  private FieldSet clientSideApplied() {
    if (!lastApplied().isString()) {
      return new FieldSet();
    }
    try {
      JsonNode last = JsonMapper.shared().readTree(lastApplied().stringValue());
      if (!last.path("apiVersion").asString("").equals(options.apiVersion())) {
        return new FieldSet();
      }
      Comparison since = Comparison.of(last, live, type, new FieldSet());
      return FieldSets.of(last, type).difference(since.changed()).difference(since.removed());
    } catch (JacksonException e) {
      return new FieldSet();
    }
  }

  private String withoutLastApplied() {
    ObjectNode copy = applied.deepCopy();
    if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LAST_APPLIED);
    }
    return JsonMapper.shared().writeValueAsString(sorted(copy)) + "\n";
  }

  /** Go writes maps in the order of their keys. */
  private static JsonNode sorted(JsonNode value) {
    if (value.isObject()) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      value.propertyNames().stream()
          .sorted()
          .forEach(key -> result.set(key, sorted(value.get(key))));
      return result;
    }
    if (value.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> result.add(sorted(item)));
      return result;
    }
    return value;
  }
}
