package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
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
