package dev.mlk.practice.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.status.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Kubernetes 1.35.4 said to the creation of these objects: each line of answers.jsonl has an
 * object and the causes of its refusal, none when it was accepted.
 */
final class AnswersTest {
  private static final String UID = "abc-uid";

  @Test
  void everyObjectIsAcceptedOrRefusedAsKubernetesDoes() throws IOException {
    List<String> different = new ArrayList<>();
    int lines = 0;
    for (String line : lines()) {
      lines++;
      JsonNode answer = JsonMapper.shared().readTree(line);
      List<String> expected =
          answer.path("causes").valueStream().map(JsonNode::asString).sorted().toList();
      List<String> actual = causes((ObjectNode) answer.path("object"));
      if (!agree(actual, expected)) {
        different.add(answer.path("case").asString() + "\n" + actual + "\n" + expected);
      }
    }
    assertThat(different).isEmpty();
    assertThat(lines).isGreaterThan(100);
  }

  private static List<String> causes(ObjectNode object) {
    KindRules rules =
        BuiltInKinds.all().stream()
            .filter(kind -> kind.resource().kind().equals(object.path("kind").asString()))
            .filter(
                kind -> kind.resource().apiVersion().equals(object.path("apiVersion").asString()))
            .findFirst()
            .orElseThrow()
            .rules();
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    metadata.put("uid", UID).put("creationTimestamp", "2026-01-01T00:00:00Z");
    if (!metadata.has("namespace")) {
      metadata.put("namespace", "ad-rrrrr");
    }
    rules.defaults(object);
    rules.prepareCreate(object);
    rules.defaults(object);
    List<String> causes = new ArrayList<>();
    for (FieldError error : rules.validate(object)) {
      causes.add(error.field() + ": " + error.message());
    }
    causes.sort(null);
    return causes;
  }

  /** Large values were not recorded: {@code <object>} stands for any. */
  private static boolean agree(List<String> actual, List<String> expected) {
    if (actual.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < actual.size(); i++) {
      int open = expected.get(i).indexOf("<object>");
      boolean same =
          open < 0
              ? actual.get(i).equals(expected.get(i))
              : actual.get(i).startsWith(expected.get(i).substring(0, open))
                  && actual.get(i).endsWith(expected.get(i).substring(open + 8));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                AnswersTest.class.getResourceAsStream("answers.jsonl"), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
