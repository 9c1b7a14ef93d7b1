package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Environment variables of containers. */
final class EnvironmentValidation {
  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final Set<String> KNOWN_FIELDS =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final String[] VARIABLE_FIELDS = {
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs"
  };
  private static final String[] RESOURCES = {
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory"
  };
  private static final String NAME_TEXT =
      "a valid environment variable name must consist only of printable ASCII characters other"
          + " than '='";

  private EnvironmentValidation() {}

  /** Checks {@code env} and {@code envFrom}. */
  static void container(ObjectNode container, String path, Findings findings) {
    int index = 0;
    for (ObjectNode variable : Tree.objects(container.path("env"))) {
      variable(variable, path + ".env[" + index++ + "]", findings);
    }
    index = 0;
    for (ObjectNode source : Tree.objects(container.path("envFrom"))) {
      wholeSource(source, path + ".envFrom", index++, findings);
    }
  }

  private static void variable(ObjectNode variable, String path, Findings findings) {
    String name = Tree.text(variable, "name");
    if (name.isEmpty()) {
      findings.required(path + ".name");
    } else if (!name.matches("[ -<>-~]+")) {
      findings.invalid(path + ".name", name, NAME_TEXT);
    }
    if (!(variable.get("valueFrom") instanceof ObjectNode from)) {
      return;
    }
    String here = path + ".valueFrom";
    int sources = 0;
    for (String source : SOURCES) {
      if (from.get(source) instanceof ObjectNode reference) {
        sources++;
        source(source, reference, here + "." + source, findings);
      }
    }
    if (sources == 0) {
      findings.invalid(
          here,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`"
              + " or `fileKeyRef`");
    } else if (!Tree.text(variable, "value").isEmpty()) {
      findings.invalid(here, "", "may not be specified when `value` is not empty");
    } else if (sources > 1) {
      findings.invalid(here, "", "may not have more than one field specified at a time");
    }
  }

  private static void source(String kind, ObjectNode reference, String path, Findings findings) {
    switch (kind) {
      case "fieldRef" -> field(reference, path, findings, VARIABLE_FIELDS);
      case "resourceFieldRef" -> resource(reference, path, findings);
      case "configMapKeyRef", "secretKeyRef" -> {
        if (Tree.blank(reference, "name")) {
          findings.required(path + ".name");
        }
        if (Tree.blank(reference, "key")) {
          findings.required(path + ".key");
        } else {
          String key = Tree.text(reference, "key");
          findings.invalid(path + ".key", key, Names.configKey(key));
        }
      }
      default -> {
        if (Tree.blank(reference, "key")) {
          findings.required(path + ".key");
        }
      }
    }
  }

  /** Checks a reference to a field of the pod. */
  static void field(ObjectNode reference, String path, Findings findings, String... legal) {
    String field = Tree.text(reference, "fieldPath");
    if (field.isEmpty()) {
      findings.required(path + ".fieldPath");
      return;
    }
    int bracket = field.indexOf("['");
    boolean subscripted = bracket > 0 && field.endsWith("']");
    String name = subscripted ? field.substring(0, bracket) : field;
    if (!KNOWN_FIELDS.contains(name)) {
      findings.invalid(
          path + ".fieldPath",
          field,
          "error converting fieldPath: field label not supported: " + name);
    } else if (subscripted) {
      String key = field.substring(bracket + 2, field.length() - 2);
      if (name.equals("metadata.labels") || name.equals("metadata.annotations")) {
        findings.invalid(path, key, Names.qualifiedName(key));
      } else {
        findings.invalid(path, name, "does not support subscript");
      }
    } else if (!List.of(legal).contains(name)) {
      findings.notSupported(path + ".fieldPath", name, legal);
    }
  }

  /** Checks a reference to a resource of a container. */
  static void resource(ObjectNode reference, String path, Findings findings) {
    String resource = Tree.text(reference, "resource");
    if (resource.isEmpty()) {
      findings.required(path + ".resource");
    } else if (!List.of(RESOURCES).contains(resource)
        && !resource.startsWith("limits.hugepages-")
        && !resource.startsWith("requests.hugepages-")) {
      findings.notSupported(path + ".resource", resource, RESOURCES);
    }
  }

  private static void wholeSource(ObjectNode source, String list, int index, Findings findings) {
    String path = list + "[" + index + "]";
    String prefix = Tree.text(source, "prefix");
    if (!prefix.isEmpty() && !prefix.matches("[ -<>-~]+")) {
      findings.invalid(path + ".prefix", prefix, NAME_TEXT);
    }
    int sources = 0;
    for (String name : List.of("configMapRef", "secretRef")) {
      if (source.get(name) instanceof ObjectNode reference) {
        sources++;
        if (Tree.blank(reference, "name")) {
          findings.required(path + "." + name + ".name");
        }
      }
    }
    if (sources == 0) {
      findings.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (sources > 1) {
      findings.invalid(list, "", "may not have more than one field specified at a time");
    }
  }
}
