package dev.mlk.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.kind.BuiltInKinds;
import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.schema.CustomSchema;
import dev.mlk.practice.status.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of custom resources, held against what kube-apiserver 1.35.4 said to the same. */
final class RecordedRulesTest {
  private static final CustomSchema RULED = CustomSchema.compile(read("rules-schema.json"));
  private static final CustomSchema COSTLY = CustomSchema.compile(read("costs-schema.json"));

  @ParameterizedTest
  @MethodSource
  void objectsAreJudgedAsByTheRealServer(ObjectNode recorded) {
    ObjectNode object = object(recorded, "spec");
    ObjectNode old = recorded.has("old") ? object(recorded, "old") : null;
    RULED.applyDefaults(object);
    assertThat(texts(RULED.validate(object, old))).isEqualTo(expected(recorded));
  }

  static Stream<ObjectNode> objectsAreJudgedAsByTheRealServer() {
    return lines("objects.jsonl");
  }

  /** Long lists are recorded as what they are made of. */
  @ParameterizedTest
  @MethodSource
  void whatRulesCostAndTheirLaterFunctionsAreTheRealServers(ObjectNode recorded) {
    recorded.set("spec", unfolded(recorded.path("spec")));
    assertThat(texts(COSTLY.validate(object(recorded, "spec"), null)))
        .containsExactlyInAnyOrderElementsOf(expected(recorded));
  }

  static Stream<ObjectNode> whatRulesCostAndTheirLaterFunctionsAreTheRealServers() {
    return lines("costs.jsonl");
  }

  private static JsonNode unfolded(JsonNode folded) {
    if (!(folded instanceof ObjectNode object)) {
      return folded;
    }
    ArrayNode list = JsonMapper.shared().createArrayNode();
    for (int i = 0; i < object.path("upTo").asInt(0); i++) {
      list.add(i);
    }
    for (int i = 0; i < object.path("times").asInt(0); i++) {
      list.add(unfolded(object.path("of")));
    }
    if (!list.isEmpty()) {
      return list;
    }
    ObjectNode unfolded = JsonMapper.shared().createObjectNode();
    object.properties().forEach(each -> unfolded.set(each.getKey(), unfolded(each.getValue())));
    return unfolded;
  }

  @ParameterizedTest
  @MethodSource
  void definitionsAreRefusedAsByTheRealServer(ObjectNode recorded) {
    assertThat(texts(definitions().validate(definition(recorded.path("schema")))))
        .isEqualTo(expected(recorded));
  }

  static Stream<ObjectNode> definitionsAreRefusedAsByTheRealServer() {
    return lines("definitions.jsonl");
  }

  @Test
  void aRuleThatRunsTooLongIsGivenUp() {
    ObjectNode schema =
        json(
            """
            {"type": "object", "properties": {"l": {"type": "array", "items": {"type": "integer"},
             "x-kubernetes-validations": [
              {"rule": "self.all(x, self.all(y, self.all(z, x + y + z >= 0)))"},
              {"rule": "self.size() < 3"}]}}}
            """);
    ObjectNode object = json("{\"l\": []}");
    for (int i = 0; i < 200; i++) {
      object.withArray("l").add(i);
    }
    assertThat(texts(CustomSchema.compile(schema).validate(object, null)))
        .containsExactly(
            "l: Invalid value: \"array\": 'operation cancelled: actual cost limit exceeded': no"
                + " further validation rules will be run due to call cost exceeds limit for rule: self.all(x, self.all(y, self.all(z, x + y + z >= 0)))");
  }

  @Test
  void theCommonestRuleIsGood() {
    assertThat(
            texts(
                definitions()
                    .validate(
                        definition(
                            json(
                                """
                                {"type": "object", "properties": {"spec": {"type": "object",
                                 "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}
                                """)))))
        .isEmpty();
  }

  private static KindRules definitions() {
    return BuiltInKinds.all().stream()
        .filter(kind -> kind.resource().plural().equals("customresourcedefinitions"))
        .findFirst()
        .orElseThrow()
        .rules();
  }

  private static ObjectNode definition(JsonNode schema) {
    ObjectNode definition =
        json(
            """
            {"metadata": {"name": "things.t.io"}, "spec": {"group": "t.io", "scope": "Namespaced",
             "names": {"plural": "things", "kind": "Thing"},
             "versions": [{"name": "v1", "served": true, "storage": true, "schema": {}}]}}
            """);
    ((ObjectNode) definition.at("/spec/versions/0/schema")).set("openAPIV3Schema", schema);
    definitions().defaults(definition);
    return definition;
  }

  private static ObjectNode object(JsonNode recorded, String spec) {
    ObjectNode object = json("{\"apiVersion\": \"t.io/v1\", \"kind\": \"Goods\"}");
    object.putObject("metadata").put("name", recorded.path("name").asString("a"));
    object.set("spec", recorded.path(spec).deepCopy());
    return object;
  }

  private static List<String> texts(List<FieldError> errors) {
    return errors.stream().map(error -> error.field() + ": " + error.message()).toList();
  }

  private static List<String> expected(JsonNode recorded) {
    List<String> errors = new ArrayList<>();
    recorded.path("errors").forEach(error -> errors.add(error.asString()));
    return errors;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private static ObjectNode read(String name) {
    try (InputStream in = RecordedRulesTest.class.getResourceAsStream(name)) {
      return (ObjectNode) JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ObjectNode> lines(String name) {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                RecordedRulesTest.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
      return in.lines().map(RecordedRulesTest::json).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
