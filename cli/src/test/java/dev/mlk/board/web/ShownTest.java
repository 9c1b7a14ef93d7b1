package dev.mlk.board.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.RunName;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ShownTest {
  private static Line line(long[] steps, double[] values) {
    double[] times = Arrays.stream(steps).mapToDouble(step -> 1e9 + step * 60).toArray();
    return new Line(new RunName(0, "run", 1e9), "loss", steps, times, values, steps.length);
  }

  private static Line many(int spike) {
    double[] values = new double[10_000];
    values[spike] = 7;
    return line(LongStream.range(0, values.length).toArray(), values);
  }

  private static Shown.Wanted columns(int columns) {
    return new Shown.Wanted(
        Shown.Axis.STEP, 0, columns, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Test
  void noSpikeIsLostHoweverFewColumnsThereAre() {
    for (int spike : new int[] {0, 1, 4999, 5003, 9998, 9999}) {
      Shown shown = Shown.of(many(spike), columns(100));
      assertThat(shown.x()).hasSizeLessThanOrEqualTo(100 * 4 + 6).contains(0, spike, 9999);
      assertThat(shown.y()).as("spike at " + spike).contains(7);
    }
  }

  @Test
  void fewNumbersAreAllShown() {
    Shown shown = Shown.of(line(new long[] {1, 5, 9}, new double[] {3, 2, 1}), columns(100));
    assertThat(shown.x()).containsExactly(1, 5, 9);
    assertThat(shown.y()).containsExactly(3, 2, 1);
  }

  @Test
  void aRangeHasOneNeighbourOnEachSideSoThatLinesReachTheEdge() {
    Shown.Wanted wanted = new Shown.Wanted(Shown.Axis.STEP, 0, 1000, 4000, 4002);
    assertThat(Shown.of(many(1), wanted).x()).containsExactly(3999, 4000, 4001, 4002, 4003);
  }

  @Test
  void smoothingSeesWhatIsLeftOfTheRange() {
    Line line = line(new long[] {0, 1, 2}, new double[] {10, 0, 0});
    Shown shown = Shown.of(line, new Shown.Wanted(Shown.Axis.STEP, 0.5, 100, 2, 2));
    assertThat(shown.y()[shown.y().length - 1]).isGreaterThan(1);
    assertThat(shown.raw()[shown.raw().length - 1]).isZero();
  }

  @Test
  void axesAreStepsSecondsSinceTheRunsStartAndTime() {
    Line line = line(new long[] {10, 11}, new double[] {1, 2});
    Shown.Wanted all = columns(10);
    assertThat(Shown.of(line, all).x()).containsExactly(10, 11);
    Shown.Wanted relative =
        new Shown.Wanted(Shown.Axis.of("relative"), 0, 10, all.from(), all.to());
    assertThat(Shown.of(line, relative).x()).containsExactly(0, 60);
    Shown.Wanted wall = new Shown.Wanted(Shown.Axis.of("wall"), 0, 10, all.from(), all.to());
    assertThat(Shown.of(line, wall).x()).containsExactly(1e9 + 600, 1e9 + 660);
  }

  @Test
  void stepsOutOfOrderAreOrdered() {
    Shown shown = Shown.of(line(new long[] {3, 1, 2}, new double[] {30, 10, 20}), columns(10));
    assertThat(shown.x()).containsExactly(1, 2, 3);
    assertThat(shown.y()).containsExactly(10, 20, 30);
  }

  @Test
  void notANumberStaysWhereItIs() {
    Shown shown = Shown.of(line(new long[] {1, 2}, new double[] {Double.NaN, 1}), columns(10));
    assertThat(shown.y()[0]).isNaN();
  }
}
