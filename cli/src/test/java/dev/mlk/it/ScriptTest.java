package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the scripts of clients can say, and that they fail when they should. */
final class ScriptTest {
  private static Script.Step step(String text) {
    List<Script.Step> steps = Script.parse(text.lines().toList());
    assertThat(steps).hasSize(1);
    return steps.getFirst();
  }

  private static boolean good(String text, int code, String... lines) {
    return step(text).expected("new").matches(new Shell.Answer(code, List.of(lines)));
  }

  @Test
  void aLineIsComparedLetterByLetterAsAPatternOrWithGaps() {
    assertThat(good("  $ a\n  b  c", 0, "b  c")).isTrue();
    assertThat(good("  $ a\n  b  c", 0, "b c")).isFalse();
    assertThat(good("  $ a\n  b * d (glob)", 0, "b   c   d")).isTrue();
    assertThat(good("  $ a\n  b * d (glob)", 0, "b c e")).isFalse();
    assertThat(good("  $ a\n  b[0-9] (re)", 0, "b7")).isTrue();
    assertThat(good("  $ a\n  b[0-9] (re)", 0, "b77")).isFalse();
  }

  @Test
  void moreOrFewerLinesThanExpectedAreADifference() {
    assertThat(good("  $ a", 0)).isTrue();
    assertThat(good("  $ a", 0, "b")).isFalse();
    assertThat(good("  $ a\n  b", 0)).isFalse();
    assertThat(good("  $ a\n  b", 0, "b", "c")).isFalse();
    assertThat(good("  $ a\n  b\n  ...\n  d", 0, "b", "c", "c", "d")).isTrue();
    assertThat(good("  $ a\n  b\n  ...\n  d", 0, "b", "c")).isFalse();
  }

  @Test
  void theExitCodeIsZeroUnlessItIsSaid() {
    assertThat(good("  $ a\n  b\n  [3]", 3, "b")).isTrue();
    assertThat(good("  $ a\n  b\n  [3]", 0, "b")).isFalse();
    assertThat(good("  $ a\n  b", 3, "b")).isFalse();
  }

  @Test
  void aClientMayHaveAnOutputOfItsOwnOrNoneAtAll() {
    Script.Step step = step("words\n\n  (not none, other: why)\n  $ a\n  b\n  (old:)\n  c\n  [1]");
    assertThat(step.notFor()).containsExactly("none", "other");
    assertThat(step.expected("new")).isEqualTo(new ExpectedOutput(List.of("b"), 0));
    assertThat(step.expected("old")).isEqualTo(new ExpectedOutput(List.of("c"), 1));
  }

  @Test
  void aCommandMayHaveSeveralLinesAndBeRepeated() {
    Script.Step step = step("  ~ cat <<END\n  > one\n  >\n  > END\n  one");
    assertThat(step.command()).isEqualTo("cat <<END\none\n\nEND");
    assertThat(step.repeated()).isTrue();
    assertThatThrownBy(() -> Script.parse(List.of("  output")))
        .hasMessage("line 1: output without a command");
  }
}
