package dev.mlk.practice.api.crd;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.catalog.CustomKind;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.schema.Bodies.Body;
import dev.mlk.practice.schema.CustomSchema;
import dev.mlk.practice.schema.Decoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One served version of a custom resource definition. */
final class CustomVersion implements CustomKind {
  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
  private final ObjectNode openApi;
  private final CustomSchema schema;
  private final String storageVersion;
  private final String deprecation;
  private final Optional<ScalePaths> scale;

  private CustomVersion(
      ObjectNode openApi,
      CustomSchema schema,
      String storageVersion,
      String deprecation,
      Optional<ScalePaths> scale) {
    this.openApi = openApi;
    this.schema = schema;
    this.storageVersion = storageVersion;
    this.deprecation = deprecation;
    this.scale = scale;
  }

  /** All versions of a definition that are served. */
  static List<Served> of(ObjectNode definition) {
    List<Served> served = new ArrayList<>();
    JsonNode spec = definition.path("spec");
    String storage = "";
    for (JsonNode version : spec.path("versions")) {
      if (version.path("storage").asBoolean(false)) {
        storage = version.path("name").asString();
      }
    }
    for (JsonNode version : spec.path("versions")) {
      if (version.path("served").asBoolean(false)) {
        served.add(served(spec, version, storage));
      }
    }
    return served;
  }

  private static Served served(JsonNode spec, JsonNode version, String storage) {
    JsonNode names = spec.path("names");
    boolean namespaced = spec.path("scope").asString("").equals("Namespaced");
    Resource resource =
        new Resource(
            spec.path("group").asString(),
            version.path("name").asString(),
            names.path("plural").asString(),
            names.path("kind").asString(),
            namespaced);
    ObjectNode openApi = openApi(version);
    CustomSchema schema = CustomSchema.compile(openApi);
    JsonNode paths = version.path("subresources").path("scale");
    Optional<ScalePaths> scale =
        paths.isObject()
            ? Optional.of(
                new ScalePaths(
                    paths.path("specReplicasPath").asString(""),
                    paths.path("statusReplicasPath").asString(""),
                    paths.path("labelSelectorPath").asString("")))
            : Optional.empty();
    Kind kind =
        new Kind(
            resource,
            names.path("singular").asString(),
            texts(names.path("shortNames")),
            texts(names.path("categories")),
            VERBS,
            subresources(resource, version),
            new CustomRules(schema, version));
    CustomVersion custom =
        new CustomVersion(openApi, schema, storage, deprecation(spec, version, resource), scale);
    return new Served(kind, Optional.of(schema.type()), Optional.of(custom));
  }

  private static ObjectNode openApi(JsonNode version) {
    return version.path("schema").path("openAPIV3Schema") instanceof ObjectNode schema
        ? schema
        : JsonNodeFactory.instance
            .objectNode()
            .put("type", "object")
            .put("x-kubernetes-preserve-unknown-fields", true);
  }

  private static List<Kind.Subresource> subresources(Resource resource, JsonNode version) {
    List<String> verbs = List.of("get", "patch", "update");
    List<Kind.Subresource> found = new ArrayList<>();
    if (version.path("subresources").has("status")) {
      found.add(
          new Kind.Subresource(
              "status", resource.group(), resource.version(), resource.kind(), verbs));
    }
    if (version.path("subresources").has("scale")) {
      found.add(new Kind.Subresource("scale", "autoscaling", "v1", "Scale", verbs));
    }
    return found;
  }

  private static String deprecation(JsonNode spec, JsonNode version, Resource resource) {
    if (!version.path("deprecated").asBoolean(false)) {
      return "";
    }
    String own = version.path("deprecationWarning").asString("");
    if (!own.isEmpty()) {
      return own;
    }
    String head = resource.apiVersion() + " " + resource.kind() + " is deprecated";
    for (JsonNode other : spec.path("versions")) {
      boolean fresh =
          other.path("served").asBoolean(false) && !other.path("deprecated").asBoolean(false);
      if (fresh) {
        return head
            + "; use "
            + resource.group()
            + "/"
            + other.path("name").asString()
            + " "
            + resource.kind();
      }
    }
    return head;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  @Override
  public String storageVersion() {
    return storageVersion;
  }

  @Override
  public String deprecation() {
    return deprecation;
  }

  @Override
  public Optional<ScalePaths> scale() {
    return scale;
  }

  @Override
  public ObjectNode openApi() {
    return openApi;
  }

  @Override
  public Decoding.Result check(Body body) {
    return schema.check(body);
  }

  @Override
  public void prune(ObjectNode object) {
    schema.prune(object);
  }
}
