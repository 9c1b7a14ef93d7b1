package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.BuiltInKinds;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.schema.OpenApiDocuments.Described;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What kubectl reads out of the documents; tried by hand with kubectl 1.20, 1.32 and 1.35. */
final class OpenApiDocumentsTest {
  private static final OpenApiDocuments DOCUMENTS = new OpenApiDocuments(kinds(true));

  @Test
  void theIndexNamesEveryGroupVersionWithAHash() {
    JsonNode paths = tree(DOCUMENTS.v3Index()).path("paths");

    assertThat(paths.propertyNames())
        .contains("api/v1", "apis/apps/v1", "apis/batch/v1", "apis/t.io/v1");
    assertThat(paths.path("api/v1").path("serverRelativeURL").asString())
        .startsWith("/openapi/v3/api/v1?hash=");
    assertThat(DOCUMENTS.v3("apis/nope/v1")).isEmpty();
  }

  @Test
  void theHashChangesWithTheCustomSchemaOnly() {
    JsonNode with = tree(DOCUMENTS.v3Index()).path("paths");
    JsonNode without = tree(new OpenApiDocuments(kinds(false)).v3Index()).path("paths");

    assertThat(without.path("apis/t.io/v1").isMissingNode()).isTrue();
    assertThat(without.path("api/v1")).isEqualTo(with.path("api/v1"));
  }

  @Test
  void fieldsAreDescribedForExplain() {
    JsonNode schemas = three("api/v1").path("components").path("schemas");
    JsonNode containers =
        schemas.path("io.k8s.api.core.v1.PodSpec").path("properties").path("containers");
    JsonNode pod = schemas.path("io.k8s.api.core.v1.Pod");

    assertThat(containers.path("description").asString())
        .startsWith("List of containers belonging to the pod.");
    assertThat(containers.at("/items/allOf/0/$ref").asString())
        .isEqualTo("#/components/schemas/io.k8s.api.core.v1.Container");
    assertThat(containers.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("name");
    assertThat(containers.path("x-kubernetes-patch-strategy").asString()).isEqualTo("merge");
    assertThat(pod.at("/x-kubernetes-group-version-kind/0/kind").asString()).isEqualTo("Pod");
    assertThat(schemas.at("/io.k8s.api.core.v1.PodSpec/properties/restartPolicy/enum"))
        .isEqualTo(Trees.value("['Always','Never','OnFailure']"));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (String path : tree(DOCUMENTS.v3Index()).path("paths").propertyNames()) {
      JsonNode document = three(path);
      for (String reference : references(document)) {
        String name = reference.substring("#/components/schemas/".length());
        assertThat(document.path("components").path("schemas").has(name))
            .as(path + " " + name)
            .isTrue();
      }
    }
    JsonNode two = tree(DOCUMENTS.v2Json());
    for (String reference : references(two)) {
      assertThat(two.path("definitions").has(reference.substring("#/definitions/".length())))
          .as(reference)
          .isTrue();
    }
  }

  @Test
  void patchOperationsTellThatFieldsAreValidatedAndListsMerged() {
    JsonNode patch =
        three("apis/apps/v1")
            .path("paths")
            .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
            .path("patch");

    assertThat(patch.at("/x-kubernetes-group-version-kind/kind").asString())
        .isEqualTo("Deployment");
    assertThat(patch.path("parameters").findValuesAsString("name"))
        .contains("fieldValidation", "dryRun", "force");
    assertThat(
            patch.path("requestBody").path("content").has("application/strategic-merge-patch+json"))
        .isTrue();
    JsonNode custom =
        three("apis/t.io/v1")
            .path("paths")
            .path("/apis/t.io/v1/namespaces/{namespace}/things/{name}");
    assertThat(
            custom
                .path("patch")
                .path("requestBody")
                .path("content")
                .has("application/strategic-merge-patch+json"))
        .isFalse();
  }

  @Test
  void customKindsAreThereWithTheirEnvelope() {
    JsonNode thing = three("apis/t.io/v1").path("components").path("schemas").path("io.t.v1.Thing");

    assertThat(thing.path("properties").propertyNames())
        .contains("apiVersion", "kind", "metadata", "spec");
    assertThat(thing.path("required")).isEqualTo(Trees.value("['spec']"));
    JsonNode two = tree(DOCUMENTS.v2Json()).path("definitions").path("io.t.v1.Thing");
    assertThat(two.at("/properties/spec/properties/i/type").asString()).isEqualTo("integer");
    assertThat(two.at("/properties/spec/properties/nul").has("type")).isFalse();
    assertThat(two.at("/properties/spec/properties/any").has("oneOf")).isFalse();
    assertThat(two.at("/properties/spec/properties/pu").has("properties")).isFalse();
  }

  @Test
  void theProtobufFormHasTheSameDefinitions() {
    byte[] bytes = DOCUMENTS.v2Protobuf();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);

    assertThat(bytes[0]).isEqualTo((byte) 0x0a);
    assertThat(text).startsWith("\n\u00032.0");
    for (String name : tree(DOCUMENTS.v2Json()).path("definitions").propertyNames()) {
      assertThat(text).contains(name);
    }
  }

  /** One type has a property of that name, which is no reference. */
  private static List<String> references(JsonNode document) {
    return document.findValues("$ref").stream()
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .toList();
  }

  private static JsonNode three(String path) {
    return tree(DOCUMENTS.v3(path).orElseThrow());
  }

  private static JsonNode tree(byte[] json) {
    return JsonMapper.shared().readTree(json);
  }

  private static List<Described> kinds(boolean withThing) {
    List<Described> kinds = new ArrayList<>();
    BuiltInKinds.all().forEach(kind -> kinds.add(new Described(kind, Optional.empty())));
    if (withThing) {
      Kind sample = kinds.getFirst().kind();
      Resource things = new Resource("t.io", "v1", "things", "Thing", true);
      List<String> verbs = List.of("create", "delete", "get", "list", "patch", "update", "watch");
      Kind thing =
          new Kind(things, "thing", List.of(), List.of(), verbs, List.of(), sample.rules());
      ObjectNode schema =
          (ObjectNode) JsonMapper.shared().readTree(Schemas.read("thing-schema.json"));
      kinds.add(new Described(thing, Optional.of(schema)));
    }
    return kinds;
  }
}
