package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How tables show volumes and claims. */
final class VolumeText {
  private VolumeText() {}

  /** {@code RWO,RWX}, each mode once, in Kubernetes' own order. */
  static String accessModes(JsonNode modes) {
    List<String> given = Tree.texts(modes);
    List<String> shown = new ArrayList<>();
    add(given, shown, "ReadWriteOnce", "RWO");
    add(given, shown, "ReadOnlyMany", "ROX");
    add(given, shown, "ReadWriteMany", "RWX");
    add(given, shown, "ReadWriteOncePod", "RWOP");
    return String.join(",", shown);
  }

  private static void add(List<String> given, List<String> shown, String mode, String letters) {
    if (given.contains(mode)) {
      shown.add(letters);
    }
  }

  /** A text, or {@code <unset>} when the property is not there. */
  static String orUnset(JsonNode object, String name) {
    return Tree.has(object, name) ? Tree.text(object, name) : "<unset>";
  }

  /** The phase, or that the object is on its way out. */
  static String phase(JsonNode object) {
    return Tree.has(object.path("metadata"), "deletionTimestamp")
        ? "Terminating"
        : Tree.text(object, "status", "phase");
  }
}
