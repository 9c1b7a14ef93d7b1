package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.status.FieldError;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Expectations were read off kube-apiserver 1.35.4. */
final class CustomRulesTest {
  private static final CustomSchema RULED =
      CustomSchema.compile(
          (ObjectNode) JsonMapper.shared().readTree(Schemas.read("rules-schema.json")));

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          'lo':1,'hi':3,'s':'ab' => ok
          'im':'a' => ok
          """)
  void rulesAreCheckedInTheServersWords(String spec, String errors) {
    assertThat(texts(RULED.validate(object(spec), null))).isEqualTo(errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          'im':'a' => 'im':'b' => spec.im: Invalid value: "b": im is immutable
          'im':'a' => 'im':'a' => ok
          'im':'a' => 'lo':1 => ok
          'lo':1 => 'im':'a' => ok
          """)
  void rulesAboutTheOldValueRunOnlyWhereThereIsOne(String old, String spec, String errors) {
    assertThat(texts(RULED.validate(object(spec), object(old)))).isEqualTo(errors);
  }

  private static ObjectNode object(String spec) {
    return Trees.object(
        "{'apiVersion':'t.io/v1','kind':'Rule','metadata':{'name':'a'},'spec':{" + spec + "}}");
  }

  private static String texts(List<FieldError> errors) {
    return errors.isEmpty()
        ? "ok"
        : errors.stream()
            .map(e -> e.field() + ": " + e.message())
            .collect(Collectors.joining("; "));
  }
}
