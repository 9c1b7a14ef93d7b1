package dev.mlk.practice.kind;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a pod that change through subresources of their own. */
final class PodParts {
  private static final String EPHEMERAL = "ephemeralContainers";

  private PodParts() {}

  /** Takes everything from the old pod but what the subresource changes. */
  static void keepTheRest(String subresource, ObjectNode pod, ObjectNode old) {
    ObjectNode wanted = Tree.object(pod, "spec");
    ObjectNode spec = Tree.object(old, "spec").deepCopy();
    if (subresource.equals("resize")) {
      for (String list : List.of("containers", "initContainers")) {
        resources(Tree.objects(spec.path(list)), Tree.objects(wanted.path(list)));
      }
    } else {
      Tree.keep(spec, wanted, EPHEMERAL);
    }
    pod.set("spec", spec);
    Tree.keep(pod, old, "status");
    for (String name : List.of("labels", "annotations", "ownerReferences", "finalizers")) {
      Tree.keep(Tree.object(pod, "metadata"), Tree.object(old, "metadata"), name);
    }
  }

  private static void resources(List<ObjectNode> containers, List<ObjectNode> wanted) {
    for (int i = 0; i < Math.min(containers.size(), wanted.size()); i++) {
      Tree.keep(containers.get(i), wanted.get(i), "resources");
      Tree.keep(containers.get(i), wanted.get(i), "resizePolicy");
    }
  }

  /** What is wrong with the change. */
  static void check(String subresource, ObjectNode pod, ObjectNode old, Findings findings) {
    if (subresource.equals("resize")) {
      String before = QualityOfService.of(old.path("spec"));
      String after = QualityOfService.of(pod.path("spec"));
      if (!before.equals(after)) {
        findings.invalid("spec", before, "Pod QOS Class may not change as a result of resizing");
      }
      return;
    }
    ObjectNode spec = Tree.object(pod, "spec");
    Set<String> volumes =
        Tree.objects(spec.path("volumes")).stream()
            .map(volume -> Tree.text(volume, "name"))
            .collect(Collectors.toSet());
    new ContainerValidation(volumes, findings).ephemeral(spec, "spec." + EPHEMERAL);
    List<ObjectNode> now = Tree.objects(spec.path(EPHEMERAL));
    for (ObjectNode container : Tree.objects(old.path("spec").path(EPHEMERAL))) {
      String name = Tree.text(container, "name");
      String shown = "existing ephemeral containers \"" + name + "\" may not be ";
      boolean there = now.stream().anyMatch(one -> named(one, name));
      if (!there) {
        findings.forbidden("spec." + EPHEMERAL, shown + "removed\n");
      } else if (!now.contains(container)) {
        ObjectNode changed = now.stream().filter(one -> named(one, name)).findFirst().orElseThrow();
        findings.forbidden(
            "spec." + EPHEMERAL, shown + "changed\n" + SpecDifference.text(container, changed));
      }
    }
  }

  private static boolean named(ObjectNode container, String name) {
    return Tree.text(container, "name").equals(name);
  }
}
