package dev.mlk.sweep.early;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EarlyStopTest {
  private static final Objective ACCURACY = new Objective("accuracy", true);
  private static final int STEPS = 90;

  /** A curve that rises to a value, one point every ten steps. */
  private static Curve rising(double end, int steps) {
    double[] at = IntStream.rangeClosed(1, steps / 10).mapToDouble(i -> i * 10.0).toArray();
    return new Curve(
        DoubleStream.of(at).boxed().toList(),
        DoubleStream.of(at).map(step -> end * (1 - Math.exp(-step / 30))).boxed().toList());
  }

  @Test
  void theMedianRuleStopsWhatIsWorseThanMostWereOnAverage() {
    EarlyStop rule = EarlyStop.of("median", ACCURACY, 0);
    List<Curve> ended = List.of(rising(0.9, STEPS), rising(0.8, STEPS), rising(0.7, STEPS));
    EarlyStop.Others others = new EarlyStop.Others(ended, ended);
    assertThat(rule.reason(rising(0.1, 40), others).orElseThrow())
        .startsWith("stopped at step 40: its best accuracy 0.07")
        .contains("the median of what 3 ended trials had on average up to that step");
    assertThat(rule.reason(rising(0.9, 40), others)).isEmpty();
    assertThat(rule.reason(rising(0.1, 10), others)).as("too early").isEmpty();
    assertThat(rule.reason(rising(0.1, 40), new EarlyStop.Others(ended.subList(0, 2), ended)))
        .as("too few")
        .isEmpty();
  }

  @Test
  void theGoalDecidesWhatIsWorse() {
    EarlyStop rule = EarlyStop.of("median", new Objective("loss", false), 0);
    List<Curve> ended = List.of(rising(0.9, STEPS), rising(0.8, STEPS), rising(0.7, STEPS));
    assertThat(rule.reason(rising(0.1, 40), new EarlyStop.Others(ended, ended))).isEmpty();
  }

  @Test
  void nothingIsStoppedUnlessAskedFor() {
    List<Curve> ended = List.of(rising(0.9, STEPS), rising(0.8, STEPS), rising(0.7, STEPS));
    assertThat(
            EarlyStop.of("none", ACCURACY, STEPS)
                .reason(rising(0.01, 80), new EarlyStop.Others(ended, ended)))
        .isEmpty();
  }

  /** Nine trials one after the other, each stopped as soon as the rule says so. */
  @Test
  void successiveHalvingFindsTheGridsBestWithLessThanHalfOfItsSteps() {
    EarlyStop rule = EarlyStop.of("asha", ACCURACY, STEPS);
    List<Double> ends = List.of(0.5, 0.95, 0.3, 0.6, 0.2, 0.7, 0.1, 0.4, 0.05);
    List<Curve> all = new ArrayList<>();
    List<Curve> whole = new ArrayList<>();
    double steps = 0;
    for (double end : ends) {
      Optional<String> reason = Optional.empty();
      Curve curve = Curve.NONE;
      for (int at = 10; at <= STEPS && reason.isEmpty(); at += 10) {
        curve = rising(end, at);
        reason = rule.reason(curve, new EarlyStop.Others(whole, all));
      }
      all.add(curve);
      steps += curve.reached();
      if (reason.isEmpty()) {
        whole.add(curve);
      } else {
        assertThat(reason.get()).contains("place").contains("go on");
      }
    }
    assertThat(whole).contains(rising(0.95, STEPS));
    assertThat(steps).isLessThanOrEqualTo(ends.size() * STEPS / 2.0);
  }
}
