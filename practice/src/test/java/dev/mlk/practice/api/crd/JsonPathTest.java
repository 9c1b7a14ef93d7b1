package dev.mlk.practice.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonPathTest {
  private static final JsonNode OBJECT =
      JsonMapper.shared()
          .readTree(
              """
              {"metadata":{"labels":{"a.b/c":"l"}},"status":{"conditions":[
               {"type":"Created","status":"True"},{"type":"Running","status":"False"}]}}
              """);

  @Test
  void theLastElementIsFoundByASlice() {
    assertThat(find(".status.conditions[-1:].type")).containsExactly("Running");
  }

  @Test
  void elementsAreFoundByPlaceByAMembersValueOrAllAtOnce() {
    assertThat(find(".status.conditions[0].type")).containsExactly("Created");
    assertThat(find(".status.conditions[?(@.type==\"Running\")].status")).containsExactly("False");
    assertThat(find(".status.conditions[*].type")).containsExactly("Created", "Running");
  }

  @Test
  void membersWithDotsAreFoundInQuotes() {
    assertThat(find(".metadata.labels['a.b/c']")).containsExactly("l");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(find(".spec.nothing")).isEmpty();
    assertThat(find(".status.conditions[7].type")).isEmpty();
  }

  private static List<String> find(String path) {
    return new JsonPath(path).find(OBJECT).stream().map(node -> node.asString("")).toList();
  }
}
