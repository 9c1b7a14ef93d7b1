package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Storage classes. */
final class StorageClassRules implements KindRules {
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  @Override
  public void defaults(ObjectNode object) {
    Tree.fill(object, "reclaimPolicy", "Delete");
    Tree.fill(object, "volumeBindingMode", "Immediate");
    Tree.dropEmpty(object, "parameters", "mountOptions", "allowedTopologies");
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    String provisioner = Tree.text(object, "provisioner");
    if (provisioner.isEmpty()) {
      findings.required("provisioner");
    } else {
      findings.invalid(
          "provisioner", provisioner, Names.qualifiedName(provisioner.toLowerCase(Locale.ROOT)));
    }
    findings.oneOfIfPresent(object, "reclaimPolicy", "", "Delete", "Retain");
    findings.oneOfIfPresent(object, "volumeBindingMode", "", "Immediate", "WaitForFirstConsumer");
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    for (String name : List.of("parameters", "provisioner", "reclaimPolicy")) {
      if (!object.path(name).equals(old.path(name))) {
        findings.forbidden(name, "updates to " + name + " are forbidden.");
      }
    }
    if (!object.path("volumeBindingMode").equals(old.path("volumeBindingMode"))) {
      findings.invalid(
          "volumeBindingMode", Tree.text(object, "volumeBindingMode"), "field is immutable");
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    boolean isDefault = Tree.text(object, "metadata", "annotations", DEFAULT).equals("true");
    return Row.nameless(object, now)
        .text(Tree.text(object, "metadata", "name") + (isDefault ? " (default)" : ""))
        .text(Tree.text(object, "provisioner"))
        .text(Tree.text(object, "reclaimPolicy"))
        .text(Tree.text(object, "volumeBindingMode"))
        .flag(Tree.flag(object, "allowVolumeExpansion"))
        .age()
        .cells();
  }
}
