package dev.mlk.practice.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AgesTest {
  @Test
  void agesHaveTwoUnitsAtMost() {
    assertThat(Ages.text(Duration.ofSeconds(119))).isEqualTo("119s");
    assertThat(Ages.text(Duration.ofMinutes(2))).isEqualTo("2m");
    assertThat(Ages.text(Duration.ofSeconds(125))).isEqualTo("2m5s");
    assertThat(Ages.text(Duration.ofMinutes(10).plusSeconds(5))).isEqualTo("10m");
    assertThat(Ages.text(Duration.ofMinutes(179))).isEqualTo("179m");
    assertThat(Ages.text(Duration.ofMinutes(185))).isEqualTo("3h5m");
    assertThat(Ages.text(Duration.ofHours(47))).isEqualTo("47h");
    assertThat(Ages.text(Duration.ofHours(49))).isEqualTo("2d1h");
    assertThat(Ages.text(Duration.ofDays(100))).isEqualTo("100d");
    assertThat(Ages.text(Duration.ofDays(800))).isEqualTo("2y70d");
    assertThat(Ages.text(Duration.ofDays(3000))).isEqualTo("8y");
  }

  @Test
  void clocksMayDisagreeByASecond() {
    assertThat(Ages.text(Duration.ofMillis(-1500))).isEqualTo("0s");
    assertThat(Ages.text(Duration.ofSeconds(-2))).isEqualTo("<invalid>");
  }
}
