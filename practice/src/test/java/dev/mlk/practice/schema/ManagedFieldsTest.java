package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.practice.schema.ManagedFields.ApplyOptions;
import dev.mlk.practice.schema.ManagedFields.UpdateOptions;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays what kube-apiserver 1.35.4 answered: apply-cases.json holds sequences of requests to one
 * object each, with the object (or the error) after every one.
 */
final class ManagedFieldsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Compared by themselves, and counted by the server. */
  private static final List<String> SERVERS = List.of("managedFields", "generation");

  private static final TypeSchema CONFIG_MAP =
      Schemas.builtIn().find("", "v1", "ConfigMap").orElseThrow();

  @TestFactory
  Stream<DynamicTest> ownershipMovesAsOnTheRealServer() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode scenario : JsonMapper.shared().readTree(Schemas.read("apply-cases.json"))) {
      ObjectNode live = null;
      int second = 0;
      for (JsonNode step : scenario.path("steps")) {
        ObjectNode before = live;
        Instant now = START.plusSeconds(second);
        String name = scenario.path("name").asString() + " " + second;
        tests.add(DynamicTest.dynamicTest(name, () -> replay(scenario, step, before, now)));
        live = step.path("after") instanceof ObjectNode after ? after : live;
        second++;
      }
    }
    return tests.stream();
  }

  private static void replay(JsonNode scenario, JsonNode step, ObjectNode before, Instant now) {
    Case one = new Case(scenario, step, now);
    if (step.has("error")) {
      refused(one, before);
      return;
    }
    JsonNode after = step.path("after");
    ObjectNode result;
    if (step.path("op").asString().equals("apply")) {
      result = ManagedFields.apply(before, one.body(), one.type(), one.applyOptions());
      TypedForm.normalize(result, one.type());
      assertThat(inside(result, after)).as(result + " in " + after).isTrue();
    } else {
      result = (ObjectNode) after.deepCopy();
      JsonNode written = before == null ? one.body() : Patches.merge(before, one.body());
      result
          .withObject("/metadata")
          .set("managedFields", ManagedFields.managedFields((ObjectNode) written));
      ManagedFields.track(result, before, one.type(), one.updateOptions());
    }
    assertThat(ManagedFields.managedFields(result))
        .isEqualTo(after.path("metadata").path("managedFields"));
  }

  private static void refused(Case one, ObjectNode before) {
    JsonNode error = one.step().path("error");
    if (error.path("code").asInt() != 409) {
      return;
    }
    assertThatThrownBy(
            () -> ManagedFields.apply(before, one.body(), one.type(), one.applyOptions()))
        .isInstanceOfSatisfying(
            ApplyConflict.class,
            conflict -> {
              assertThat(conflict).hasMessage(error.path("message").asString());
              assertThat(conflict.causes().stream().map(FieldError::field))
                  .isEqualTo(error.path("causes").findValuesAsString("field"));
            });
  }

  /** Whether the server's object has all of ours and differs by nothing but defaults. */
  private static boolean inside(JsonNode ours, JsonNode theirs) {
    if (ours.isObject()) {
      return ours.properties().stream()
          .allMatch(
              e -> SERVERS.contains(e.getKey()) || inside(e.getValue(), theirs.path(e.getKey())));
    }
    if (ours.isArray()) {
      boolean same = ours.size() == theirs.size();
      for (int i = 0; same && i < ours.size(); i++) {
        same = inside(ours.get(i), theirs.get(i));
      }
      return same;
    }
    return ours.equals(theirs) || (ours.isNull() && theirs.isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          'extra':1 => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .extra: field not declared in schema
          'data':5 => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .data: expected map, got &{5}
          'data':{'a':5,'b':true} => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): errors:|  .data.a: expected string, got &value.valueUnstructured{Value:5}|  .data.b: expected string, got &value.valueUnstructured{Value:true}
          'immutable':'x' => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .immutable: expected boolean, got &{x}
          'metadata':{'name':'x','managedFields':[]} => 400 => metadata.managedFields must be nil
          'apiVersion':'v2' => 400 => invalid object type: /v2, Kind=ConfigMap
          'metadata':{'name':'x','finalizers':['a/b','a/b']} => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .metadata.finalizers: duplicate entries for key [="a/b"]
          'metadata':{'name':'x','labels':[1]} => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .metadata.labels: expected map, got &{[1]}
          'metadata':{'name':'x','generation':'q'} => 500 => failed to create typed patch object (/x; /v1, Kind=ConfigMap): .metadata.generation: expected numeric (int or float), got string
          """)
  void configurationsThatDoNotFitAreRefused(String part, int code, String message) {
    ObjectNode applied =
        Trees.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'}}");
    applied.setAll(Trees.object("{" + part + "}"));
    ApplyOptions options = new ApplyOptions("m", "v1", "", START, false, List.of());

    assertThatThrownBy(() -> ManagedFields.apply(null, applied, CONFIG_MAP, options))
        .hasMessage(message.replace('|', '\n'))
        .extracting("code")
        .isEqualTo(code);
  }

  /** One request. */
  private record Case(JsonNode scenario, JsonNode step, Instant now) {
    ObjectNode body() {
      return (ObjectNode) step.path("body");
    }

    TypeSchema type() {
      return Schemas.builtIn().find(text("group"), text("version"), text("kind")).orElseThrow();
    }

    ApplyOptions applyOptions() {
      boolean force = step.path("force").asBoolean(false);
      return new ApplyOptions(
          step.path("manager").asString(), apiVersion(), subresource(), now, force, ignored());
    }

    UpdateOptions updateOptions() {
      return new UpdateOptions(
          step.path("manager").asString(), apiVersion(), subresource(), now, ignored());
    }

    private List<String> ignored() {
      return subresource().isEmpty() ? List.of("status") : List.of("spec", "metadata.labels");
    }

    private String subresource() {
      return step.path("subresource").asString("");
    }

    private String apiVersion() {
      return text("group").isEmpty() ? text("version") : text("group") + "/" + text("version");
    }

    private String text(String field) {
      return scenario.path(field).asString();
    }
  }
}
