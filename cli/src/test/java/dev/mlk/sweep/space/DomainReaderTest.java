package dev.mlk.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.01,0.001,0.1|0.01 0.001 0.1",
        "adam,sgd,adam|adam sgd",
        "[64,32],[128]|[64,32] [128]",
        "1e-4..1e-1:log|0.0001 0.001 0.01 0.1",
        "16..256:int:4|16 96 176 256",
        "16..256:log:int:5|16 32 64 128 256",
        "0..1|0 0.25 0.5 0.75 1",
        "1..3:int|1 2 3",
        "-1..1:3|-1 0 1"
      })
  void aGridHasTheValuesThatAPersonWouldExpect(String text, String values) {
    assertThat(DomainReader.read(text).grid()).isEqualTo(List.of(values.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,,2",
        "2..1",
        "0..1:log",
        "0.5..2:int",
        "1..x",
        "1..2:maybe",
        "1..2:0",
        "1..Infinity"
      })
  void whatMakesNoSenseIsRefusedWithASentence(String text) {
    assertThatThrownBy(() -> DomainReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".{12,}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-4..1e-1:log", "16..256:int:4", "0..1", "a,b,c", "1..8:log:int"})
  void whatIsWrittenDownReadsTheSame(String text) {
    Domain domain = DomainReader.read(text);
    assertThat(DomainReader.read(domain.text())).isEqualTo(domain);
  }

  @Test
  void valuesOfARangeStayInsideAndAreFoundAgainWhereTheyWereTaken() {
    Random random = new Random(7);
    for (String text : List.of("1e-4..1e-1:log", "16..256:int", "-3..3", "2..64:log:int")) {
      Domain.Range range = (Domain.Range) DomainReader.read(text);
      for (int i = 0; i < 500; i++) {
        double place = random.nextDouble();
        String value = range.at(place);
        assertThat(Double.parseDouble(value)).isBetween(range.low(), range.high());
        assertThat(range.place(value)).isBetween(0.0, 1.0);
        if (!range.integer()) {
          assertThat(range.place(value))
              .isCloseTo(place, org.assertj.core.data.Offset.offset(1e-3));
        }
      }
    }
  }

  @Test
  void everyWholeNumberOfARangeIsDrawn() {
    Domain range = DomainReader.read("1..4:int");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(range.at(i / 100.0));
    }
    assertThat(seen).containsExactlyInAnyOrder("1", "2", "3", "4");
  }
}
