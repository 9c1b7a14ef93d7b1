package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Kubernetes warns about in a pod's spec without refusing it. */
final class PodWarnings {
  private PodWarnings() {}

  /**
   * The warnings.
   *
   * @param prefix the path to the spec, with its last dot; empty for a pod
   */
  static List<String> of(JsonNode spec, String prefix) {
    List<String> warnings = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      int index = 0;
      for (ObjectNode container : Tree.objects(spec.path(list))) {
        container(container, prefix + "spec." + list + "[" + index++ + "]", warnings);
      }
    }
    return warnings;
  }

  private static void container(ObjectNode container, String path, List<String> warnings) {
    for (String map : List.of("limits", "requests")) {
      for (String resource : List.of("memory", "ephemeral-storage")) {
        Amounts.of(container.path("resources").path(map).path(resource))
            .filter(amount -> !amount.whole())
            .ifPresent(
                amount ->
                    warnings.add(
                        path
                            + ".resources."
                            + map
                            + "["
                            + resource
                            + "]: fractional byte value \""
                            + amount
                            + "\" is invalid, must be an integer"));
      }
    }
    Set<String> names = new HashSet<>();
    int index = 0;
    for (ObjectNode variable : Tree.objects(container.path("env"))) {
      String name = Tree.text(variable, "name");
      String value = Tree.text(variable, "value");
      String reference = "$(" + name + ")";
      boolean builds = value.contains(reference) && !value.equals(reference);
      if (!names.add(name) && (Tree.has(variable, "valueFrom") || !builds)) {
        warnings.add(
            path
                + ".env["
                + index
                + "]: hides previous definition of \""
                + name
                + "\", which may be dropped when using apply");
      }
      index++;
    }
  }
}
