package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of custom resources. */
final class CustomResourceValidation {
  private static final Set<String> COLUMN_TYPES =
      Set.of("boolean", "date", "integer", "number", "string");

  private CustomResourceValidation() {}

  static void definition(ObjectNode definition, Findings findings) {
    JsonNode spec = definition.path("spec");
    String name = Tree.text(definition, "metadata", "name");
    String wanted = Tree.text(spec, "names", "plural") + "." + Tree.text(spec, "group");
    findings.invalid("metadata.name", name, Names.subdomain(name, false));
    if (!name.equals(wanted)) {
      findings.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
    }
    group(spec, findings);
    findings.oneOf(spec, "scope", "spec", "Cluster", "Namespaced");
    versions(spec, findings);
    names(spec.path("names"), "spec.names", true, findings);
    CustomSchemaValidation.definition(spec, findings);
    names(definition.path("status").path("acceptedNames"), "status.acceptedNames", false, findings);
    if (definition.path("status").path("storedVersions").isEmpty()) {
      findings.invalid(
          "status.storedVersions",
          definition.path("status").path("storedVersions"),
          "must have at least one stored version");
    }
  }

  private static void group(JsonNode spec, Findings findings) {
    String group = Tree.text(spec, "group");
    List<String> texts = Names.subdomain(group, false);
    if (group.isEmpty()) {
      findings.required("spec.group");
    } else if (!texts.isEmpty()) {
      findings.invalid("spec.group", group, String.join(",", texts));
    } else if (!group.contains(".")) {
      findings.invalid("spec.group", group, "should be a domain with at least one dot");
    }
  }

  private static void versions(JsonNode spec, Findings findings) {
    List<ObjectNode> versions = Tree.objects(spec.path("versions"));
    Set<String> names = new HashSet<>();
    int stored = 0;
    boolean unique = true;
    for (int i = 0; i < versions.size(); i++) {
      if (!Tree.has(versions.get(i).path("schema"), "openAPIV3Schema")) {
        findings.required("spec.versions[" + i + "].schema.openAPIV3Schema");
      }
    }
    for (int i = 0; i < versions.size(); i++) {
      ObjectNode version = versions.get(i);
      String path = "spec.versions[" + i + "]";
      stored += Tree.flag(version, "storage") ? 1 : 0;
      String name = Tree.text(version, "name");
      unique &= names.add(name);
      List<String> texts = Names.serviceLabel(name, false);
      if (!texts.isEmpty()) {
        findings.invalid(path + ".name", name, String.join(",", texts));
      }
      columns(version, versions.size() == 1 ? "spec" : path, findings);
      scale(version, versions.size() == 1 ? "spec" : path, findings);
    }
    if (!unique) {
      findings.invalid("spec.versions", internal(versions), "must contain unique version names");
    }
    if (stored != 1) {
      findings.invalid(
          "spec.versions",
          internal(versions),
          "must have exactly one version marked as storage version");
    }
  }

  /**
   * Versions as Kubernetes' own type shows them: what all of them have in common has moved up to
   * the spec.
   */
  private static JsonNode internal(List<ObjectNode> versions) {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode version : versions) {
      ObjectNode one = shown.addObject().put("Name", Tree.text(version, "name"));
      one.put("Served", Tree.flag(version, "served")).put("Storage", Tree.flag(version, "storage"));
      one.put("Deprecated", Tree.flag(version, "deprecated"));
      one.set("DeprecationWarning", orNull(version, "deprecationWarning"));
      for (String name :
          List.of("schema", "subresources", "additionalPrinterColumns", "selectableFields")) {
        boolean common =
            versions.stream().allMatch(other -> other.path(name).equals(version.path(name)));
        String internal = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        one.set(internal, common ? one.nullNode() : orNull(version, name));
      }
    }
    return shown;
  }

  private static JsonNode orNull(ObjectNode version, String name) {
    return version.has(name) ? version.get(name) : version.nullNode();
  }

  private static void columns(ObjectNode version, String path, Findings findings) {
    int index = 0;
    for (ObjectNode column : Tree.objects(version.path("additionalPrinterColumns"))) {
      String here = path + ".additionalPrinterColumns[" + index++ + "]";
      String type = Tree.text(column, "type");
      String legal = "must be one of boolean,date,integer,number,string";
      if (Tree.blank(column, "name")) {
        findings.required(here + ".name");
      }
      if (type.isEmpty()) {
        findings.required(here + ".type", legal);
      } else if (!COLUMN_TYPES.contains(type)) {
        findings.invalid(here + ".type", type, legal);
      }
      if (Tree.blank(column, "jsonPath")) {
        findings.required(here + ".JSONPath");
      }
    }
  }

  private static void scale(ObjectNode version, String path, Findings findings) {
    JsonNode scale = version.path("subresources").path("scale");
    if (!scale.isObject()) {
      return;
    }
    for (String part : List.of("spec", "status")) {
      String name = part + "ReplicasPath";
      String value = Tree.text(scale, name);
      String here = path + ".subresources.scale." + name;
      if (value.isEmpty()) {
        findings.required(here);
      } else if (!value.startsWith("." + part + ".")) {
        findings.invalid(here, value, "should be a json path under ." + part);
      }
    }
  }

  private static void names(JsonNode names, String path, boolean needed, Findings findings) {
    for (String name : List.of("plural", "singular", "kind", "listKind")) {
      if (needed && Tree.blank(names, name)) {
        findings.required(path + "." + name);
      }
    }
    for (String name : List.of("plural", "singular", "kind", "listKind")) {
      boolean capitals = name.endsWith("ind");
      String value = Tree.text(names, name);
      List<String> texts =
          Names.serviceLabel(capitals ? value.toLowerCase(Locale.ROOT) : value, false);
      if (!value.isEmpty() && !texts.isEmpty()) {
        String head = capitals ? "may have mixed case, but should otherwise match: " : "";
        findings.invalid(path + "." + name, value, head + String.join(",", texts));
      }
    }
    int index = 0;
    for (String name : Tree.texts(names.path("shortNames"))) {
      List<String> texts = Names.serviceLabel(name, false);
      if (!texts.isEmpty()) {
        findings.invalid(path + ".shortNames[" + index + "]", name, String.join(",", texts));
      }
      index++;
    }
    if (!Tree.blank(names, "kind") && names.path("kind").equals(names.path("listKind"))) {
      findings.invalid(
          path + ".listKind",
          Tree.text(names, "listKind"),
          "kind and listKind may not be the same");
    }
  }
}
