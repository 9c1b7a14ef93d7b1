package dev.mlk.practice.kind;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The defaults of a pod's volumes. */
final class VolumeDefaults {
  private static final int READABLE = 0644;

  private VolumeDefaults() {}

  /** Fills all volumes of a pod's spec. */
  static void fill(ObjectNode podSpec) {
    for (ObjectNode volume : Tree.objects(podSpec.path("volumes"))) {
      volume(volume);
    }
  }

  private static void volume(ObjectNode volume) {
    if (sources(volume) == 0) {
      volume.putObject("emptyDir");
    }
    for (String name : List.of("secret", "configMap", "downwardAPI", "projected")) {
      if (volume.get(name) instanceof ObjectNode source) {
        Tree.fill(source, "defaultMode", READABLE);
      }
    }
    if (volume.get("emptyDir") instanceof ObjectNode directory) {
      Amounts.canonical(directory, "sizeLimit");
      Tree.dropEmpty(directory, "medium");
    }
    if (volume.get("hostPath") instanceof ObjectNode path && !Tree.has(path, "type")) {
      path.put("type", "");
    }
    downward(volume.path("downwardAPI"));
    for (ObjectNode source : Tree.objects(volume.path("projected").path("sources"))) {
      downward(source.path("downwardAPI"));
      if (source.get("serviceAccountToken") instanceof ObjectNode token) {
        Tree.fill(token, "expirationSeconds", 3600);
      }
    }
    JsonNode claim = volume.path("ephemeral").path("volumeClaimTemplate");
    if (claim instanceof ObjectNode template) {
      Tree.object(template, "metadata");
      PersistentVolumeClaimRules.fillSpec(Tree.object(template, "spec"));
    }
  }

  /** How many kinds of volume a volume names. */
  static int sources(ObjectNode volume) {
    int sources = 0;
    for (String name : volume.propertyNames()) {
      if (!name.equals("name") && Tree.has(volume, name)) {
        sources++;
      }
    }
    return sources;
  }

  private static void downward(JsonNode downward) {
    for (ObjectNode item : Tree.objects(downward.path("items"))) {
      if (item.get("fieldRef") instanceof ObjectNode reference) {
        Tree.fill(reference, "apiVersion", "v1");
      }
      if (item.get("resourceFieldRef") instanceof ObjectNode reference) {
        PodDefaults.divisor(reference);
      }
    }
  }
}
