package dev.mlk.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConstraintTest {
  private static final Point POINT =
      new Point(Map.of("lr", "0.1", "batch-size", "64", "optimizer", "adam"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lr*batch_size<10;true",
        "lr * batch_size < 6.4;false",
        "1 + 2 * 3 == 7;true",
        "(1 + 2) * 3 == 9;true",
        "batch_size % 32 == 0 && lr >= 1e-1;true",
        "optimizer == 'sgd' || lr < 1;true",
        "!(optimizer != \"adam\");true",
        "-lr < 0;true",
        "optimizer=='sgd' && lr<1;false",
        "10 - 2 - 3 == 5;true"
      })
  void conditionsMeanWhatTheySay(String text, boolean holds) {
    assertThat(Constraint.read(text, POINT.values().keySet()).holds(POINT)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lr <",
        "lr < 1 2",
        "(lr < 1",
        "momentum < 1",
        "lr < 'x",
        "1.2.3 < lr",
        "System.exit(1)"
      })
  void whatIsNoConditionIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> Constraint.read(text, POINT.values().keySet()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--where");
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimizer * 2 < 1", "lr", "lr + 1", "lr && optimizer == 'adam'"})
  void textsAndNumbersAreNotMixed(String text) {
    Constraint constraint = Constraint.read(text, POINT.values().keySet());
    assertThatThrownBy(() -> constraint.holds(POINT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void aGridHasOnlyWhatTheConditionAllows() {
    Space space =
        new Space(
            List.of(
                new Parameter("lr", List.of("arg.lr"), DomainReader.read("0.1,1")),
                new Parameter("batch-size", List.of("arg.b"), DomainReader.read("1,16"))),
            List.of(Constraint.read("lr*batch_size<10", List.of("lr", "batch-size"))));
    assertThat(space.grid().stream().map(Point::text))
        .containsExactly("lr=0.1 batch-size=1", "lr=0.1 batch-size=16", "lr=1 batch-size=1");
  }
}
