package dev.mlk.images.mnist.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShuffleTest {
  @Test
  void everyExampleComesOnceAnEpoch() {
    Shuffle shuffle = new Shuffle(12, 7);
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < 4; step++) {
      for (int index : shuffle.batch(step, 3)) {
        seen.add(index);
      }
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(12);
  }

  @Test
  void aBatchDependsOnSeedAndStepAlone() {
    Shuffle whole = new Shuffle(100, 7);
    for (int step = 0; step < 20; step++) {
      whole.batch(step, 32);
    }
    assertThat(new Shuffle(100, 7).batch(20, 32)).isEqualTo(whole.batch(20, 32));
    assertThat(new Shuffle(100, 8).batch(20, 32)).isNotEqualTo(whole.batch(20, 32));
  }
}
