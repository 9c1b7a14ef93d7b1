package dev.mlk.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonTextTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private static JsonNode read(String text) {
    return JsonText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":{\"b\":[1,[],{},null,true,false]},\"c\":\"\"}",
        "{\"twice\":1,\"twice\":{\"last\":\"wins\"}}",
        "[0,-1,2147483647,2147483648,-9223372036854775808,9223372036854775808]",
        "[0.1,1.0,-2.5e10,1e300,3E-7]",
        "[\"\\u0000\\n\\t\\\"\\\\/\",\"ä€😀\",\"\\ud83d\\ude00\"]",
        " \n\"alone\" ",
      })
  void readsAndWritesWhatTheMapperReadsAndWrites(String text) {
    JsonNode tree = read(text);
    assertThat(tree).isEqualTo(MAPPER.readTree(text));
    assertThat(new String(JsonText.bytes(tree), StandardCharsets.UTF_8))
        .isEqualTo(MAPPER.writeValueAsString(tree));
    assertThat(JsonText.line(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
    assertThat(JsonText.indented(tree))
        .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":}", "[1,]", "{} {}", "nul", "<html>", "[1"})
  void refusesWhatIsNotOneJsonValue(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void refusesWhatIsNestedDeeperThanAnyObjectIs() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(JacksonException.class);
  }

  private static List<String> items(String text, List<String> metadata) {
    List<String> items = new ArrayList<>();
    JsonText.items(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        Set.of("env", "managedFields"),
        one -> metadata.add(one.toString()),
        one -> items.add(one.toString()));
    return items;
  }

  @Test
  void aListIsHandedOverItemByItemWithoutWhatNobodyNeeds() {
    List<String> metadata = new ArrayList<>();
    assertThat(
            items(
                """
                {"kind":"PodList","x":[{"items":[1]}],"metadata":{"continue":"t"},"items":[
                {"metadata":{"labels":{"env":"prod"},"managedFields":[{"a":{}}]},"env":[1,{"b":2}]},
                {"env":{"c":3}}, 7],"more":{"items":[2]}}
                """,
                metadata))
        .containsExactly("{\"metadata\":{\"labels\":{\"env\":\"prod\"}}}", "{}", "7");
    assertThat(metadata).containsExactly("{\"continue\":\"t\"}");
    assertThat(items("{\"items\":null}", metadata)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{\"items\":[{", "{\"items\":[]} {}", "{\"items\":[}"})
  void refusesWhatIsNoWholeList(String text) {
    assertThatThrownBy(() -> items(text, new ArrayList<>())).isInstanceOf(JacksonException.class);
  }
}
