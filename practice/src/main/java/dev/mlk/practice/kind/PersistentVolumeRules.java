package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes. */
final class PersistentVolumeRules extends WithStatus {
  private static final List<String> SOURCES =
      List.of("hostPath", "nfs", "local", "csi", "iscsi", "fc", "rbd", "cephfs", "azureDisk");

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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    if (spec.path("accessModes").isEmpty()) {
      findings.required("spec.accessModes");
    }
    accessModes(spec, findings);
    JsonNode capacity = spec.path("capacity");
    if (capacity.isEmpty()) {
      findings.required("spec.capacity");
    }
    if (capacity.size() != 1 || !capacity.has("storage")) {
      findings.add(
          FieldError.notSupported(
              "spec.capacity",
              capacity.isObject() ? capacity.toString() : "null",
              List.of("storage")));
    }
    for (Map.Entry<String, JsonNode> amount : capacity.properties()) {
      positive(amount.getValue(), "spec.capacity[" + amount.getKey() + "]", findings);
    }
    findings.oneOfIfPresent(
        spec, "persistentVolumeReclaimPolicy", "spec", "Delete", "Recycle", "Retain");
    VolumeValidation.sources(spec, SOURCES, "spec", findings);
    if (spec.path("nodeAffinity").get("required") instanceof ObjectNode selector) {
      PlacementValidation.nodeSelector(selector, "spec.nodeAffinity.required", findings);
    } else if (Tree.has(spec, "local")) {
      findings.required("spec.nodeAffinity", "Local volume requires node affinity");
    }
    className(spec, "storageClassName", findings);
    findings.oneOfIfPresent(spec, "volumeMode", "spec", "Block", "Filesystem");
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    for (String source : SOURCES) {
      if (!object.path("spec").path(source).equals(old.path("spec").path(source))) {
        findings.forbidden(
            "spec.persistentvolumesource",
            "spec.persistentvolumesource is immutable after creation\n"
                + SpecDifference.text(old.path("spec"), object.path("spec")));
        break;
      }
    }
    findings.immutable(object.path("spec"), old.path("spec"), "volumeMode", "spec");
    return findings.list();
  }

  static void accessModes(JsonNode spec, Findings findings) {
    List<String> modes = Tree.texts(spec.path("accessModes"));
    List<String> legal =
        List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    for (String mode : modes) {
      if (!legal.contains(mode)) {
        findings.notSupported("spec.accessModes", mode, legal.toArray(String[]::new));
      }
    }
    if (modes.contains("ReadWriteOncePod") && modes.size() > 1) {
      findings.forbidden(
          "spec.accessModes", "may not use ReadWriteOncePod with other access modes");
    }
  }

  static void positive(JsonNode amount, String path, Findings findings) {
    if (Amounts.of(amount).filter(quantity -> quantity.amount().signum() > 0).isEmpty()) {
      findings.invalid(path, Amounts.text(amount), "must be greater than zero");
    }
  }

  static void className(JsonNode spec, String name, Findings findings) {
    String value = Tree.text(spec, name);
    if (!value.isEmpty()) {
      findings.invalid("spec." + name, value, Names.subdomain(value, false));
    }
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
