package dev.mlk.course.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1+2*3 | 7",
        "(1+2)*3 | 9",
        "10/4 | 2.5",
        "8 / 0 | 0",
        "-2+5 | 3",
        "100*10 | 1000",
        "if(2 > 1, 'yes', 'no') | yes",
        "if('a' == 'b', 1, 2) | 2",
        "f('x', 3) | f:x,3",
        "3 <= 3 | true"
      })
  void expressionsAreComputed(String text, String expected) {
    Expressions expressions =
        new Expressions(
            (name, values) ->
                new Value(
                    name + ":" + String.join(",", values.stream().map(Value::text).toList())));
    assertThat(expressions.value(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1+ | a value is missing",
        "count('Pod' | ) is missing",
        "cuont('Pod','') | there is no function cuont",
        "count('Pod') | takes [2, 4] values",
        "1 2 | something is left over",
        "'a | a text has no end"
      })
  void whatMakesNoSenseIsSaid(String text, String said) {
    assertThat(Expressions.wrong(text)).contains(said);
  }

  @Test
  void pathsFindValues() {
    var tree =
        Json.read(
            """
            {"spec": {"containers": [
               {"name": "a", "args": ["--lr=0.1", "--dir", "/x"]}, {"name": "b"}]},
             "status": {"conditions": [{"type": "Ready", "status": "True"}]},
             "metadata": {"labels": {"mlk.dev/x": "y"}}}
            """);
    assertThat(Paths.values(tree, "spec.containers[*].name").toString())
        .isEqualTo("[\"a\", \"b\"]");
    assertThat(Paths.values(tree, "spec.containers[a].args[--lr]").toString())
        .isEqualTo("[\"0.1\"]");
    assertThat(Paths.values(tree, "spec.containers[0].args[--dir]").toString())
        .isEqualTo("[\"/x\"]");
    assertThat(Paths.values(tree, "status.conditions[Ready].status").toString())
        .isEqualTo("[\"True\"]");
    assertThat(Paths.values(tree, "metadata.labels[\"mlk.dev/x\"]").toString())
        .isEqualTo("[\"y\"]");
    assertThat(Paths.values(tree, "spec.nothing[*].x")).isEmpty();
  }
}
