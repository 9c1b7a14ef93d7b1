package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spec of a pod or pod template, checked in Kubernetes' order. */
final class PodSpecValidation {
  private PodSpecValidation() {}

  /** Checks a pod template: its labels, annotations and spec. */
  static void template(ObjectNode template, String path, Findings findings) {
    LabelValidation.labels(Tree.at(template, "metadata", "labels"), path + ".labels", findings);
    spec(Tree.object(template, "spec"), path + ".spec", findings);
  }

  /** Checks what holds for pods and pod templates alike. */
  static void spec(ObjectNode spec, String path, Findings findings) {
    Set<String> volumes = VolumeValidation.podSpec(spec, path, findings);
    new ContainerValidation(volumes, findings).podSpec(spec, path);
    findings.oneOf(spec, "restartPolicy", path, "Always", "OnFailure", "Never");
    findings.oneOf(
        spec, "dnsPolicy", path, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    LabelValidation.labels(spec.path("nodeSelector"), path + ".nodeSelector", findings);
    SecurityValidation.pod(spec.path("securityContext"), path + ".securityContext", findings);
    PlacementValidation.affinity(spec.path("affinity"), path + ".affinity", findings);
    schedulingGates(spec, path, findings);
    PlacementValidation.spread(
        spec.path("topologySpreadConstraints"), path + ".topologySpreadConstraints", findings);
    subdomain(spec, "serviceAccountName", path, findings);
    subdomain(spec, "nodeName", path, findings);
    if (Tree.has(spec, "activeDeadlineSeconds")) {
      long seconds = Tree.number(spec, "activeDeadlineSeconds");
      if (seconds < 1 || seconds > Integer.MAX_VALUE) {
        findings.invalid(
            path + ".activeDeadlineSeconds",
            seconds,
            "must be between 1 and 2147483647, inclusive");
      }
    }
    label(spec, "hostname", path, findings);
    label(spec, "subdomain", path, findings);
    PlacementValidation.tolerations(spec.path("tolerations"), path + ".tolerations", findings);
    subdomain(spec, "priorityClassName", path, findings);
    subdomain(spec, "runtimeClassName", path, findings);
    findings.oneOfIfPresent(spec, "preemptionPolicy", path, "Never", "PreemptLowerPriority");
  }

  private static void schedulingGates(JsonNode spec, String path, Findings findings) {
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (ObjectNode gate : Tree.objects(spec.path("schedulingGates"))) {
      String here = path + ".schedulingGates[" + index++ + "]";
      String name = Tree.text(gate, "name");
      findings.invalid(here, name, Names.qualifiedName(name));
      if (!seen.add(name)) {
        findings.duplicate(here, name);
      }
    }
  }

  private static void subdomain(JsonNode spec, String name, String path, Findings findings) {
    String value = Tree.text(spec, name);
    if (!value.isEmpty()) {
      findings.invalid(path + "." + name, value, Names.subdomain(value, false));
    }
  }

  private static void label(JsonNode spec, String name, String path, Findings findings) {
    String value = Tree.text(spec, name);
    if (!value.isEmpty()) {
      findings.invalid(path + "." + name, value, Names.label(value, false));
    }
  }
}
