package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of the core group, which is also how events.k8s.io events are stored. */
class EventRules implements KindRules {
  private static final List<String> REFERENCE =
      List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath");

  @Override
  public void defaults(ObjectNode object) {
    Tree.object(object, "involvedObject");
    Tree.object(object, "source");
    for (String time : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
      if (!object.has(time)) {
        object.putNull(time);
      }
    }
    Tree.fill(object, "reportingComponent", "");
    Tree.fill(object, "reportingInstance", "");
    if (object.has("count") && Tree.number(object, "count") == 0) {
      object.remove("count");
    }
    Tree.dropEmpty(object, "series", "related", "action", "reason", "message", "type");
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    String namespace = Tree.text(object, "metadata", "namespace");
    String involved = Tree.text(object, "involvedObject", "namespace");
    boolean old = Tree.text(object, "eventTime").isEmpty();
    if (!belongs(namespace, involved, old)) {
      findings.invalid("involvedObject.namespace", involved, "does not match event.namespace");
    }
    if (!old) {
      for (String name : List.of("reportingComponent", "reportingInstance", "action", "reason")) {
        if (Tree.blank(object, name)) {
          findings.required(name);
        }
      }
    }
    return findings.list();
  }

  /** Events about cluster-wide objects live in the default namespace, others beside theirs. */
  private static boolean belongs(String namespace, String involved, boolean old) {
    if (involved.isEmpty()) {
      return namespace.equals("default") || (!old && namespace.equals("kube-system"));
    }
    return !old || involved.equals(namespace);
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    Map<String, String> fields = new TreeMap<>();
    for (String name : REFERENCE) {
      fields.put("involvedObject." + name, Tree.text(object, "involvedObject", name));
    }
    String reporter = Tree.text(object, "reportingComponent");
    String source = Tree.text(object, "source", "component");
    fields.put("reason", Tree.text(object, "reason"));
    fields.put("type", Tree.text(object, "type"));
    fields.put("reportingComponent", reporter);
    fields.put("source", source.isEmpty() ? reporter : source);
    return fields;
  }

  @Override
  public List<Column> columns() {
    return Columns.empty()
        .text("Last Seen", "Type", "Reason", "Object")
        .wide("Subobject", "Source")
        .text("Message")
        .wide("First Seen", "Count")
        .column(new Column("Name", "string", "name", "the object's name", 1))
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode series = object.path("series");
    JsonNode first = firstOf(object.path("firstTimestamp"), object.path("eventTime"));
    JsonNode last =
        series.isObject()
            ? series.path("lastObservedTime")
            : firstOf(object.path("lastTimestamp"), first);
    long count = Tree.number(series.isObject() ? series : object, "count");
    return Row.nameless(object, now)
        .text(Ages.since(last, now))
        .text(Tree.text(object, "type"))
        .text(Tree.text(object, "reason"))
        .text(target(object.path("involvedObject")))
        .text(Tree.text(object, "involvedObject", "fieldPath"))
        .text(source(object))
        .text(Tree.text(object, "message").strip())
        .text(Ages.since(first, now))
        .number(count == 0 && !series.isObject() ? 1 : count)
        .text(Tree.text(object, "metadata", "name"))
        .cells();
  }

  private static JsonNode firstOf(JsonNode time, JsonNode otherwise) {
    return time.asString("").isEmpty() ? otherwise : time;
  }

  private static String target(JsonNode reference) {
    String kind = Tree.text(reference, "kind").toLowerCase(Locale.ROOT);
    String name = Tree.text(reference, "name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(ObjectNode event) {
    String component = Tree.text(event, "source", "component");
    String host = Tree.text(event, "source", "host");
    if (component.isEmpty()) {
      component = Tree.text(event, "reportingComponent");
    }
    if (host.isEmpty()) {
      host = Tree.text(event, "reportingInstance");
    }
    return host.isEmpty() ? component : component + ", " + host;
  }
}
