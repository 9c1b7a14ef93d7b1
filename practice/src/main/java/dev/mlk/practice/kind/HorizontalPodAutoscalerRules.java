package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Horizontal pod autoscalers: kept and shown, but nothing in the practice cluster acts on them. */
final class HorizontalPodAutoscalerRules extends WithStatus {
  private static final int SHOWN = 2;

  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.fill(spec, "minReplicas", 1);
    if (spec.path("metrics").isEmpty()) {
      ObjectNode metric = spec.putArray("metrics").addObject();
      metric.put("type", "Resource");
      ObjectNode target = metric.putObject("resource").put("name", "cpu").putObject("target");
      target.put("type", "Utilization").put("averageUtilization", 80);
    }
    ObjectNode status = Tree.object(object, "status");
    Tree.fill(status, "desiredReplicas", 0);
    if (!status.has("currentMetrics")) {
      status.putNull("currentMetrics");
    }
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode spec = object.path("spec");
    long least = Tree.number(spec, "minReplicas");
    long most = Tree.number(spec, "maxReplicas");
    if (least < 1) {
      findings.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
    }
    if (most < 1) {
      findings.invalid("spec.maxReplicas", most, "must be greater than 0");
    }
    if (most < least) {
      findings.invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
    }
    for (String name : List.of("kind", "name")) {
      if (Tree.blank(spec.path("scaleTargetRef"), name)) {
        findings.required("spec.scaleTargetRef." + name);
      }
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    JsonNode target = spec.path("scaleTargetRef");
    return Row.named(object, now)
        .text(Tree.text(target, "kind") + "/" + Tree.text(target, "name"))
        .text(targets(object))
        .text(VolumeText.orUnset(spec, "minReplicas"))
        .number(Tree.number(spec, "maxReplicas"))
        .number(Tree.number(object, "status", "currentReplicas"))
        .age()
        .cells();
  }

  private static String targets(ObjectNode autoscaler) {
    List<String> shown = new ArrayList<>();
    List<ObjectNode> metrics = Tree.objects(autoscaler.path("spec").path("metrics"));
    for (ObjectNode metric : metrics) {
      JsonNode current = autoscaler.path("status").path("currentMetrics").path(shown.size());
      shown.add(target(metric, current));
    }
    if (shown.isEmpty()) {
      return "<none>";
    }
    String more = shown.size() > SHOWN ? " + " + (shown.size() - SHOWN) + " more..." : "";
    return String.join(", ", shown.subList(0, Math.min(SHOWN, shown.size()))) + more;
  }

  private static String target(ObjectNode metric, JsonNode current) {
    String type = Tree.text(metric, "type");
    String field =
        type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    JsonNode target = metric.path(field).path("target");
    JsonNode seen = current.path(field).path("current");
    String name = Tree.text(metric, field, "name");
    String head = type.endsWith("esource") ? name + ": " : "";
    if (Tree.has(target, "averageUtilization")) {
      return head + percent(seen, "<unknown>") + "/" + percent(target, "<auto>");
    }
    String unit = Tree.has(target, "averageValue") ? "averageValue" : "value";
    String now = Tree.has(seen, unit) ? Amounts.text(seen.path(unit)) : "<unknown>";
    boolean average = unit.equals("averageValue") && head.isEmpty() && !type.equals("Pods");
    return head + now + "/" + Amounts.text(target.path(unit)) + (average ? " (avg)" : "");
  }

  private static String percent(JsonNode value, String otherwise) {
    return Tree.has(value, "averageUtilization")
        ? Tree.number(value, "averageUtilization") + "%"
        : otherwise;
  }
}
