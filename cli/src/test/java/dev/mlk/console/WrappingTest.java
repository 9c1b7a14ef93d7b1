package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WrappingTest {
  @Test
  void linesBreakAtBlanksAndLongWordsStayWhole() {
    assertThat(Wrapping.lines("kubectl get pods -n mlk --selector=app=hello,tier=front", 24))
        .containsExactly("kubectl get pods -n mlk", "--selector=app=hello,tier=front");
  }

  @Test
  void whatIsIndentedStaysSoAndSoDoItsContinuations() {
    assertThat(Wrapping.lines("spec:\n  containers:\n    - name: one two three four five", 24))
        .containsExactly("spec:", "  containers:", "    - name: one two", "    three four five");
  }

  @Test
  void widthIsCountedInColumnsNotInCharacters() {
    // Each of these takes two columns.
    assertThat(Wrapping.lines("模型训练 模型训练 模型训练", 20)).containsExactly("模型训练 模型训练", "模型训练");
  }

  @Test
  void blanksWithinALineStayAndEmptyLinesToo() {
    assertThat(Wrapping.lines("a   b\n\nc", 40)).containsExactly("a   b", "", "c");
  }
}
