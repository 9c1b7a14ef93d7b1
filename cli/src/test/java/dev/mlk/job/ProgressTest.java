package dev.mlk.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void aTrainingLineTellsStepLossAccuracyAndThroughput() {
    assertThat(Progress.parse("step=100 loss=0.31 accuracy=0.91 examples/s=82400"))
        .map(Progress::text)
        .contains("step 100  loss 0.31  accuracy 0.91  examples/s 82400");
  }

  @Test
  void aLineWithoutStepTellsNothing() {
    assertThat(Progress.parse("phase=load seconds=0.08")).isEmpty();
  }
}
