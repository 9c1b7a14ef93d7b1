package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims of volumes. */
final class PersistentVolumeClaimRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    fillSpec(Tree.object(object, "spec"));
    ObjectNode status = Tree.object(object, "status");
    Tree.fill(status, "phase", "Pending");
    Amounts.canonicalMap(status.path("capacity"));
    Amounts.canonicalMap(status.path("allocatedResources"));
  }

  /** Fills the spec of a claim, also of one inside a pod's ephemeral volume. */
  static void fillSpec(ObjectNode spec) {
    Tree.fill(spec, "volumeMode", "Filesystem");
    ObjectNode resources = Tree.object(spec, "resources");
    Amounts.canonicalResources(resources);
    Tree.dropEmpty(resources, "limits", "requests");
    Tree.dropEmpty(spec, "volumeName", "accessModes");
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    Finalizers.add(object, "kubernetes.io/pvc-protection");
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode spec = object.path("spec");
    if (spec.path("accessModes").isEmpty()) {
      findings.required("spec.accessModes", "at least 1 access mode is required");
    }
    LabelValidation.selector(spec.path("selector"), "spec.selector", findings);
    PersistentVolumeRules.accessModes(spec, findings);
    JsonNode storage = Tree.at(spec, "resources", "requests", "storage");
    String path = "spec.resources[storage]";
    if (storage.isMissingNode()) {
      findings.required(path);
    } else {
      PersistentVolumeRules.positive(storage, path, findings);
    }
    PersistentVolumeRules.className(spec, "storageClassName", findings);
    findings.oneOfIfPresent(spec, "volumeMode", "spec", "Block", "Filesystem");
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    ObjectNode spec = Tree.object(object, "spec").deepCopy();
    ObjectNode before = Tree.object(old, "spec");
    boolean bound = Tree.text(old, "status", "phase").equals("Bound");
    if (Tree.blank(before, "volumeName")) {
      // The binder may set it once.
      Tree.keep(spec, before, "volumeName");
    }
    if (bound) {
      Tree.keep(spec, before, "resources");
      Tree.keep(spec, before, "volumeAttributesClassName");
    }
    if (!spec.equals(before)) {
      findings.forbidden(
          "spec",
          "spec is immutable after creation except resources.requests and"
              + " volumeAttributesClassName for bound claims\n"
              + SpecDifference.text(before, spec));
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Status", "Volume", "Capacity", "Access Modes", "StorageClass")
        .text("VolumeAttributesClass", "Age")
        .wide("VolumeMode")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    boolean bound = !Tree.blank(spec, "volumeName");
    return Row.named(object, now)
        .text(VolumeText.phase(object))
        .text(Tree.text(spec, "volumeName"))
        .text(bound ? Amounts.text(status.path("capacity").path("storage")) : "")
        .text(bound ? VolumeText.accessModes(status.path("accessModes")) : "")
        .text(Tree.text(spec, "storageClassName"))
        .text(VolumeText.orUnset(spec, "volumeAttributesClassName"))
        .age()
        .text(VolumeText.orUnset(spec, "volumeMode"))
        .cells();
  }
}
