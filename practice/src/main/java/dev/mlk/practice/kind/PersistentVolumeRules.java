package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes. */
final class PersistentVolumeRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.fill(spec, "persistentVolumeReclaimPolicy", "Retain");
    Tree.fill(spec, "volumeMode", "Filesystem");
    Amounts.canonicalMap(spec.path("capacity"));
    if (spec.get("hostPath") instanceof ObjectNode path && !Tree.has(path, "type")) {
      path.put("type", "");
    }
    Tree.dropEmpty(spec, "storageClassName", "mountOptions", "accessModes");
    Tree.fill(Tree.object(object, "status"), "phase", "Pending");
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    ObjectNode status = object.putObject("status");
    status.put("phase", "Pending");
    status.put("lastPhaseTransitionTime", Tree.text(object, "metadata", "creationTimestamp"));
    Finalizers.add(object, "kubernetes.io/pv-protection");
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass")
        .text("VolumeAttributesClass", "Reason", "Age")
        .wide("VolumeMode")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    JsonNode claim = spec.path("claimRef");
    return Row.named(object, now)
        .text(Amounts.text(spec.path("capacity").path("storage")))
        .text(VolumeText.accessModes(spec.path("accessModes")))
        .text(Tree.text(spec, "persistentVolumeReclaimPolicy"))
        .text(VolumeText.phase(object))
        .text(
            claim.isObject() ? Tree.text(claim, "namespace") + "/" + Tree.text(claim, "name") : "")
        .text(Tree.text(spec, "storageClassName"))
        .text(VolumeText.orUnset(spec, "volumeAttributesClassName"))
        .text(Tree.text(object, "status", "reason"))
        .age()
        .text(VolumeText.orUnset(spec, "volumeMode"))
        .cells();
  }
}
