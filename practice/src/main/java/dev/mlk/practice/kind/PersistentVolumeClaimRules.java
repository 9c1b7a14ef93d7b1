package dev.mlk.practice.kind;

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
