package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays creates of custom objects on kube-apiserver 1.35.4: thing-schema.json is the schema,
 * thing-cases.json what came of them.
 */
final class CustomSchemaTest {
  private static final CustomSchema THING =
      CustomSchema.compile(
          (ObjectNode) JsonMapper.shared().readTree(Schemas.read("thing-schema.json")));

  @TestFactory
  Stream<DynamicTest> objectsAreCheckedPrunedAndDefaultedAsOnTheRealServer() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : JsonMapper.shared().readTree(Schemas.read("thing-cases.json"))) {
      tests.add(DynamicTest.dynamicTest(one.path("spec").asString(), () -> replay(one)));
    }
    return tests.stream();
  }

  private static void replay(JsonNode one) {
    Bodies.Body body = thing(one.path("spec").asString());
    ObjectNode object = body.object();

    List<String> warnings = THING.check(body).strictErrors();
    THING.prune(object);
    THING.applyDefaults(object);
    List<FieldError> errors = THING.validate(object, null);

    assertThat(warnings).isEqualTo(texts(one.path("warnings")));
    assertThat(errors).containsExactlyInAnyOrderElementsOf(causes(one.path("causes")));
    if (one.has("result")) {
      assertThat(Numbers.equal(object.path("spec"), one.path("result")))
          .as(object.toString())
          .isTrue();
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static List<FieldError> causes(JsonNode list) {
    List<FieldError> causes = new ArrayList<>();
    for (JsonNode cause : list) {
      causes.add(
          new FieldError(
              cause.path("reason").asString(),
              cause.path("field").asString(),
              cause.path("message").asString()));
    }
    return causes;
  }

  @Test
  void unknownFieldsOfMetadataComeFirstAndTheOthersByAlphabet() {
    Bodies.Body body =
        Bodies.json(
            """
            {"apiVersion":"t.io/v1","kind":"Thing","metadata":{"name":"a","foo":1},
             "spec":{"zz":1,"aa":{"b":1},"o":{"x":"1","y":1,"q":1},"i":1,"i":2},"extra":1}"""
                .getBytes(StandardCharsets.UTF_8));

    assertThat(THING.check(body).strictErrors())
        .containsExactly(
            "duplicate field \"spec.i\"",
            "unknown field \"metadata.foo\"",
            "unknown field \"extra\"",
            "unknown field \"spec.aa\"",
            "unknown field \"spec.o.q\"",
            "unknown field \"spec.o.y\"",
            "unknown field \"spec.zz\"");
    assertThat(body.object().path("spec").has("zz")).isTrue();
  }

  @Test
  void metadataOfAWrongTypeIsSaidInGoWords() {
    Bodies.Body body =
        Bodies.json(
            "{\"apiVersion\":\"t.io/v1\",\"kind\":\"Thing\",\"metadata\":{\"labels\":5}}"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(THING.check(body).typeError())
        .contains(
            "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type map[string]string");
  }

  @Test
  void whatHasNotChangedIsNotHeldAgainstAnUpdate() {
    ObjectNode old = thing("\"min\":-1,\"i\":1").object();
    ObjectNode changed = thing("\"min\":-1,\"i\":2").object();
    ObjectNode worse = thing("\"min\":-2,\"i\":1").object();

    assertThat(THING.validate(changed, old)).isEmpty();
    assertThat(THING.validate(worse, old))
        .extracting(FieldError::field)
        .containsExactly("spec.min");
  }

  @Test
  void theTypeKnowsHowListsMerge() {
    TypeSchema spec = THING.type().at("spec").orElseThrow();

    assertThat(spec.at("lm").orElseThrow().mapKeys()).containsExactly("k");
    assertThat(spec.at("ls").orElseThrow().listType()).isEqualTo(TypeSchema.ListType.SET);
    assertThat(THING.type().at("metadata", "labels").orElseThrow().shape())
        .isEqualTo(TypeSchema.Shape.MAP);
  }

  private static Bodies.Body thing(String spec) {
    String text =
        "{\"apiVersion\":\"t.io/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"a\"},\"spec\":{"
            + spec
            + "}}";
    return Bodies.json(text.getBytes(StandardCharsets.UTF_8));
  }
}
