package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods. */
final class PodRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    PodDefaults.spec(spec);
    PodDefaults.podOnly(spec);
    Tree.fill(Tree.object(object, "status"), "phase", "Pending");
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    ObjectNode status = object.putObject("status");
    status.put("phase", "Pending");
    status.put("qosClass", QualityOfService.of(object.path("spec")));
    if (!object.path("spec").path("schedulingGates").isEmpty()) {
      ObjectNode condition = status.putArray("conditions").addObject();
      condition.put("type", "PodScheduled");
      condition.put("status", "False");
      condition.putNull("lastProbeTime");
      Tree.keepTime(condition, object);
      condition.put("reason", "SchedulingGated");
      condition.put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    super.prepareStatusUpdate(object, old);
    Tree.keep(Tree.object(object, "metadata"), Tree.object(old, "metadata"), "ownerReferences");
    String quality = Tree.text(old, "status", "qosClass");
    if (!quality.isEmpty()) {
      Tree.fill(Tree.object(object, "status"), "qosClass", quality);
    }
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    metadataAndSpec(spec, findings);
    if (!spec.path("ephemeralContainers").isEmpty()) {
      findings.forbidden("spec.ephemeralContainers", "cannot be set on create");
    }
    if (!Tree.blank(spec, "nodeName") && !spec.path("schedulingGates").isEmpty()) {
      findings.forbidden(
          "spec.nodeName", "cannot be set until all schedulingGates have been cleared");
    }
    return findings.list();
  }

  private static void metadataAndSpec(ObjectNode spec, Findings findings) {
    PodSpecValidation.spec(spec, "spec", findings);
    ContainerValidation.onlyForPods(spec, "spec", findings);
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    metadataAndSpec(spec, findings);
    PodUpdateValidation.check(spec, Tree.object(old, "spec"), findings);
    return findings.list();
  }

  @Override
  public void preparePartUpdate(String subresource, ObjectNode object, ObjectNode old) {
    PodParts.keepTheRest(subresource, object, old);
  }

  @Override
  public List<FieldError> validatePartUpdate(
      String subresource, ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    if (subresource.equals("resize")) {
      metadataAndSpec(Tree.object(object, "spec"), findings);
    }
    PodParts.check(subresource, object, old, findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    String quality = Tree.text(old, "status", "qosClass");
    if (!quality.isEmpty() && !quality.equals(Tree.text(object, "status", "qosClass"))) {
      findings.invalid(
          "status.qosClass", object.path("status").path("qosClass"), "field is immutable");
    }
    return findings.list();
  }

  @Override
  public List<String> warnings(ObjectNode object) {
    return PodWarnings.of(object.path("spec"), "");
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    Map<String, String> fields = new TreeMap<>();
    JsonNode spec = object.path("spec");
    fields.put("spec.nodeName", Tree.text(spec, "nodeName"));
    fields.put("spec.restartPolicy", Tree.text(spec, "restartPolicy"));
    fields.put("spec.schedulerName", Tree.text(spec, "schedulerName"));
    fields.put("spec.serviceAccountName", Tree.text(spec, "serviceAccountName"));
    fields.put("spec.hostNetwork", Boolean.toString(Tree.flag(spec, "hostNetwork")));
    fields.put("status.phase", Tree.text(object, "status", "phase"));
    fields.put("status.podIP", Tree.text(object, "status", "podIP"));
    fields.put("status.nominatedNodeName", Tree.text(object, "status", "nominatedNodeName"));
    return fields;
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Ready", "Status", "Restarts", "Age")
        .wide("IP", "Node", "Nominated Node", "Readiness Gates")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    PodStatusCell state = new PodStatusCell(object);
    return Row.named(object, now)
        .text(state.ready())
        .text(state.state())
        .text(state.restarts(now))
        .age()
        .textOr(Tree.text(object.path("status").path("podIPs").path(0), "ip"), "<none>")
        .textOr(Tree.text(object, "spec", "nodeName"), "<none>")
        .textOr(Tree.text(object, "status", "nominatedNodeName"), "<none>")
        .text(readinessGates(object))
        .cells();
  }

  private static String readinessGates(ObjectNode pod) {
    List<ObjectNode> gates = Tree.objects(pod.path("spec").path("readinessGates"));
    if (gates.isEmpty()) {
      return "<none>";
    }
    int open = 0;
    for (ObjectNode gate : gates) {
      for (ObjectNode condition : Tree.objects(pod.path("status").path("conditions"))) {
        if (Tree.text(condition, "type").equals(Tree.text(gate, "conditionType"))
            && Tree.text(condition, "status").equals("True")) {
          open++;
        }
      }
    }
    return open + "/" + gates.size();
  }
}
