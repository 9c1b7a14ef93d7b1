package dev.mlk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlTest {
  @Test
  void whatOtherReadersTakeForAnotherTypeIsQuoted() {
    assertThat(
            Yaml.write(
                Json.read(
                    """
                    {"a":"yes","b":"1e3","c":"0x1F","d":"1:30","e":"null","f":"","g":"~","h":true,
                     "i":1.5,"j":"text: with colon","k":"line\\nline\\n","l":[],"m":{},"n":[{"x":1}],
                     "y":null}
                    """)))
        .isEqualTo(
            """
            a: "yes"
            b: "1e3"
            c: "0x1F"
            d: "1:30"
            e: "null"
            f: ""
            g: "~"
            h: true
            i: 1.5
            j: 'text: with colon'
            k: |
              line
              line
            l: []
            m: {}
            "n":
            - x: 1
            "y": null
            """);
  }

  @Test
  void everyPieceKnowsWhereItStands() {
    List<YamlNode> documents = Yaml.read("a: 1\nb:\n- c: two\n---\n- x\n", "file");
    assertThat(documents).hasSize(2);
    YamlNode.Mapping first = (YamlNode.Mapping) documents.getFirst();
    YamlNode.Sequence list = (YamlNode.Sequence) first.field("b").orElseThrow();
    YamlNode.Mapping inner = (YamlNode.Mapping) list.elements().getFirst();
    assertThat(inner.field("c"))
        .isEqualTo(
            java.util.Optional.of(new YamlNode.Scalar("two", true, new YamlNode.Position(3, 6))));
  }

  @Test
  void syntaxErrorsNameFileLineAndColumn() {
    for (String[] wrong :
        new String[][] {
          {"a: [1, 2\nb: 3\n", "2:"},
          {"a: 1\n\tb: 2\n", "2:1"},
          {"a: 1\na: 2\n", "2:1: the field \"a\" is here twice"},
          {"a: *nobody\n", "1:4: no anchor &nobody"},
          {"[".repeat(200), "1:102: nested more than 100 levels deep"}
        }) {
      assertThatThrownBy(() -> Yaml.read(wrong[0], "job.yaml"))
          .isInstanceOfSatisfying(
              Problem.BadInput.class,
              problem ->
                  assertThat(problem.explanation().causes().getFirst())
                      .startsWith("job.yaml:" + wrong[1]));
    }
  }

  @Test
  void anAnchorIsSharedAndNotCopied() {
    YamlNode.Mapping document =
        (YamlNode.Mapping) Yaml.read("a: &x [1]\nb: [*x, *x]\n", "file").getFirst();
    YamlNode.Sequence list = (YamlNode.Sequence) document.field("b").orElseThrow();
    assertThat(list.elements().get(0)).isSameAs(list.elements().get(1));
  }
}
