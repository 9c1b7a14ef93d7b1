package dev.mlk.practice.schema;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.Kind;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the paths of kinds with the operations and parameters that clients look for, in OpenAPI 2
 * or 3.
 */
final class ApiPaths {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> WRITING = List.of("dryRun", "fieldManager", "fieldValidation");
  private static final List<String> LISTING =
      List.of(
          "allowWatchBookmarks",
          "continue",
          "fieldSelector",
          "labelSelector",
          "limit",
          "resourceVersion",
          "resourceVersionMatch",
          "sendInitialEvents",
          "timeoutSeconds",
          "watch");
  private static final List<String> DELETING =
      List.of("dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy");
  private static final List<String> NUMBERS =
      List.of("limit", "timeoutSeconds", "gracePeriodSeconds");
  private static final List<String> SWITCHES =
      List.of("allowWatchBookmarks", "sendInitialEvents", "watch", "force", "orphanDependents");

  private final boolean three;
  private final ObjectNode paths = NODES.objectNode();

  ApiPaths(boolean three) {
    this.three = three;
  }

  ObjectNode paths() {
    return paths;
  }

  /** What an operation is about: the kind that it takes and gives, and the names for its id. */
  private record Subject(
      String group, String version, String kind, String definition, String label, boolean custom) {}

  void add(Kind kind, String definition, boolean custom) {
    Resource resource = kind.resource();
    String base =
        (resource.group().isEmpty() ? "/api/" : "/apis/" + resource.group() + "/")
            + resource.version();
    String scope = resource.namespaced() ? "/namespaces/{namespace}/" : "/";
    String label = (resource.namespaced() ? "Namespaced" : "") + resource.kind();
    Subject subject =
        new Subject(
            resource.group(), resource.version(), resource.kind(), definition, label, custom);
    List<String> verbs = kind.verbs();
    String collection = base + scope + resource.plural();
    if (resource.namespaced() && verbs.contains("list")) {
      Subject all =
          new Subject(
              resource.group(),
              resource.version(),
              resource.kind(),
              definition,
              resource.kind() + "ForAllNamespaces",
              custom);
      operation(base + "/" + resource.plural(), "get", "list", all, LISTING);
    }
    put(verbs, "list", collection, "get", subject, LISTING);
    put(verbs, "create", collection, "post", subject, WRITING);
    put(verbs, "deletecollection", collection, "delete", subject, LISTING);
    item(collection + "/{name}", verbs, subject);
    for (Kind.Subresource sub : kind.subresources()) {
      String subDefinition =
          sub.kind().equals(resource.kind()) && sub.group().equals(resource.group())
              ? definition
              : Schemas.builtIn()
                  .find(sub.group(), sub.version(), sub.kind())
                  .map(TypeSchema::name)
                  .orElse("");
      String subLabel = label + capital(sub.name());
      Subject inner =
          new Subject(sub.group(), sub.version(), sub.kind(), subDefinition, subLabel, custom);
      item(collection + "/{name}/" + sub.name(), sub.verbs(), inner);
      put(sub.verbs(), "create", collection + "/{name}/" + sub.name(), "post", inner, WRITING);
    }
  }

  private void item(String path, List<String> verbs, Subject subject) {
    put(verbs, "get", path, "get", subject, List.of());
    put(verbs, "update", path, "put", subject, WRITING);
    put(verbs, "delete", path, "delete", subject, DELETING);
    put(
        verbs,
        "patch",
        path,
        "patch",
        subject,
        List.of("dryRun", "fieldManager", "fieldValidation", "force"));
  }

  private void put(
      List<String> verbs,
      String verb,
      String path,
      String method,
      Subject subject,
      List<String> parameters) {
    if (verbs.contains(verb)) {
      operation(path, method, verb, subject, parameters);
    }
  }

  private void operation(
      String path, String method, String verb, Subject subject, List<String> parameters) {
    ObjectNode place = paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"));
    if (place.isEmpty()) {
      place.set("parameters", inPath(path));
    }
    ObjectNode operation = place.putObject(method);
    String id =
        switch (verb) {
              case "get" -> "read";
              case "update" -> "replace";
              case "deletecollection" -> "deleteCollection";
              default -> verb;
            }
            + groupLabel(subject)
            + capital(subject.version())
            + subject.label();
    operation.put("operationId", id);
    ArrayNode query = operation.putArray("parameters");
    parameters.forEach(name -> query.add(parameter(name, "query")));
    body(operation, method, subject);
    responses(operation, subject, verb.equals("list"));
    operation.put("x-kubernetes-action", verb);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", subject.group())
        .put("version", subject.version())
        .put("kind", subject.kind());
  }

  private ArrayNode inPath(String path) {
    ArrayNode parameters = NODES.arrayNode();
    for (String name : List.of("name", "namespace")) {
      if (path.contains("{" + name + "}")) {
        parameters.add(parameter(name, "path").put("required", true));
      }
    }
    parameters.add(parameter("pretty", "query"));
    return parameters;
  }

  private ObjectNode parameter(String name, String in) {
    String type =
        NUMBERS.contains(name) ? "integer" : SWITCHES.contains(name) ? "boolean" : "string";
    ObjectNode parameter = NODES.objectNode().put("name", name).put("in", in);
    if (three) {
      parameter.putObject("schema").put("type", type).put("uniqueItems", true);
    } else {
      parameter.put("type", type).put("uniqueItems", true);
    }
    return parameter;
  }

  private void body(ObjectNode operation, String method, Subject subject) {
    boolean patch = method.equals("patch");
    if (!patch && !method.equals("post") && !method.equals("put")) {
      return;
    }
    List<String> types =
        !patch
            ? List.of("application/json", "application/yaml")
            : subject.custom()
                ? List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/apply-patch+yaml")
                : List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml");
    ObjectNode schema =
        patch ? NODES.objectNode().put("type", "object") : reference(subject.definition());
    if (three) {
      ObjectNode content =
          operation.putObject("requestBody").put("required", true).putObject("content");
      types.forEach(type -> content.putObject(type).set("schema", schema));
    } else {
      operation.set("consumes", CustomDefinition.texts(types));
      ObjectNode parameter =
          NODES.objectNode().put("name", "body").put("in", "body").put("required", true);
      parameter.set("schema", schema);
      ((ArrayNode) operation.path("parameters")).add(parameter);
    }
  }

  private void responses(ObjectNode operation, Subject subject, boolean list) {
    ObjectNode schema =
        reference(
            subject.definition().isEmpty() ? "" : subject.definition() + (list ? "List" : ""));
    ObjectNode ok = operation.putObject("responses").putObject("200").put("description", "OK");
    if (three) {
      ok.putObject("content").putObject("application/json").set("schema", schema);
    } else {
      operation.set(
          "produces", CustomDefinition.texts(List.of("application/json", "application/yaml")));
      ok.set("schema", schema);
    }
  }

  private ObjectNode reference(String definition) {
    String home = three ? "#/components/schemas/" : "#/definitions/";
    return definition.isEmpty()
        ? NODES.objectNode().put("type", "string")
        : NODES.objectNode().put("$ref", home + definition);
  }

  private static String groupLabel(Subject subject) {
    if (subject.group().isEmpty()) {
      return "Core";
    }
    StringBuilder label = new StringBuilder();
    String plain =
        subject.group().endsWith(".k8s.io")
            ? subject.group().substring(0, subject.group().length() - 7)
            : subject.group();
    for (String part : plain.split("[.-]", -1)) {
      label.append(capital(part));
    }
    return label.toString();
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
