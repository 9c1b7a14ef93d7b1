package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What may change in a pod that exists: images, a deadline, more tolerations, fewer gates. */
final class PodUpdateValidation {
  private static final String CHANGEABLE =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously"
          + " negative)";

  private PodUpdateValidation() {}

  static void check(ObjectNode spec, ObjectNode old, Findings findings) {
    for (String list : List.of("containers", "initContainers")) {
      if (spec.path(list).size() != old.path(list).size()) {
        findings.forbidden("spec." + list, "pod updates may not add or remove containers");
        return;
      }
      images(spec, list, findings);
    }
    deadline(spec, old, findings);
    tolerations(spec, old, findings);
    gates(spec, old, findings);
    ObjectNode munged = spec.deepCopy();
    restore(munged, old);
    if (!munged.equals(old)) {
      findings.forbidden("spec", CHANGEABLE + "\n" + SpecDifference.text(old, munged));
    }
  }

  private static void images(ObjectNode spec, String list, Findings findings) {
    List<ObjectNode> containers = Tree.objects(spec.path(list));
    for (int i = 0; i < containers.size(); i++) {
      if (Tree.blank(containers.get(i), "image")) {
        findings.required("spec." + list + "[" + i + "].image");
      }
    }
  }

  private static void deadline(ObjectNode spec, ObjectNode old, Findings findings) {
    String path = "spec.activeDeadlineSeconds";
    boolean had = Tree.has(old, "activeDeadlineSeconds");
    if (!Tree.has(spec, "activeDeadlineSeconds")) {
      if (had) {
        findings.invalid(
            path,
            spec.path("activeDeadlineSeconds"),
            "must not update from a positive integer to nil value");
      }
      return;
    }
    long seconds = Tree.number(spec, "activeDeadlineSeconds");
    if (had && Tree.number(old, "activeDeadlineSeconds") < seconds) {
      findings.invalid(path, seconds, "must be less than or equal to previous value");
    }
  }

  private static void tolerations(ObjectNode spec, ObjectNode old, Findings findings) {
    List<ObjectNode> present = new ArrayList<>();
    for (ObjectNode toleration : Tree.objects(spec.path("tolerations"))) {
      present.add(untimed(toleration));
    }
    for (ObjectNode toleration : Tree.objects(old.path("tolerations"))) {
      if (!present.contains(untimed(toleration))) {
        findings.forbidden(
            "spec.tolerations",
            "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static ObjectNode untimed(ObjectNode toleration) {
    return toleration.deepCopy().without("tolerationSeconds");
  }

  private static void gates(ObjectNode spec, ObjectNode old, Findings findings) {
    List<ObjectNode> before = Tree.objects(old.path("schedulingGates"));
    int index = 0;
    for (ObjectNode gate : Tree.objects(spec.path("schedulingGates"))) {
      if (!before.contains(gate)) {
        findings.forbidden(
            "spec.schedulingGates[" + index + "].name",
            "only deletion is allowed, but found new scheduling gate '"
                + Tree.text(gate, "name")
                + "'");
      }
      index++;
    }
  }

  /** Puts back all that may change, so that what still differs may not. */
  private static void restore(ObjectNode munged, ObjectNode old) {
    for (String list : List.of("containers", "initContainers")) {
      List<ObjectNode> containers = Tree.objects(munged.path(list));
      List<ObjectNode> before = Tree.objects(old.path(list));
      for (int i = 0; i < containers.size(); i++) {
        Tree.keep(containers.get(i), before.get(i), "image");
      }
    }
    Tree.keep(munged, old, "activeDeadlineSeconds");
    Tree.keep(munged, old, "tolerations");
    if (!old.path("schedulingGates").isEmpty()) {
      Tree.keep(munged, old, "nodeSelector");
      Tree.keep(munged, old, "affinity");
    }
    Tree.keep(munged, old, "schedulingGates");
  }
}
