package dev.mlk.sweep.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.sweep.early.EarlyStop;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches on a real space: its trainings were recorded once, and are looked up here. */
final class MnistSearchTest {
  private static final int SEEDS = 20;
  private static final int BUDGET = 30;
  private static final int AT_ONCE = 4;
  private static final Objective ACCURACY = new Objective("accuracy", true);
  private final MnistSpace mnist;

  MnistSearchTest() throws IOException {
    mnist = new MnistSpace();
  }

  private static double median(LongToDoubleFunction run) {
    double[] all = LongStream.range(0, SEEDS).mapToDouble(run).sorted().toArray();
    return (all[SEEDS / 2 - 1] + all[SEEDS / 2]) / 2;
  }

  private double best(Search.Kind kind, long seed) {
    Search search = Search.of(kind, mnist.space(), seed);
    List<Tried> history = new ArrayList<>();
    double best = 0;
    for (int i = 0; i < BUDGET; i++) {
      Point point = search.next(history).orElseThrow();
      OptionalDouble accuracy = mnist.at(point).accuracy();
      best = Math.max(best, accuracy.orElse(0));
      double loss =
          accuracy.isPresent() ? ACCURACY.loss(accuracy.getAsDouble()) : Double.POSITIVE_INFINITY;
      history.add(new Tried(point, OptionalDouble.of(loss)));
    }
    return best;
  }

  @Test
  void theSpaceIsWhatWasRecorded() {
    assertThat(mnist.space().grid()).containsExactlyInAnyOrderElementsOf(mnist.points());
  }

  @Tag("slow")
  @Test
  void learningBeatsChanceWithTheSameBudget() {
    double random = median(seed -> best(Search.Kind.RANDOM, seed));
    double tpe = median(seed -> best(Search.Kind.TPE, seed));
    System.out.println(
        "sweep search quality, MNIST, best of 30 of 324, median of 20 seeds: random "
            + random
            + ", tpe "
            + tpe
            + ", best of all "
            + mnist.best());
    assertThat(tpe).isGreaterThan(random);
  }

  /** One training that goes on step by step. */
  private static final class Running {
    private final MnistSpace.Training training;
    private int known;

    Running(MnistSpace.Training training) {
      this.training = training;
    }

    Curve curve() {
      Curve whole = training.curve();
      return new Curve(whole.steps().subList(0, known), whole.values().subList(0, known));
    }

    boolean over() {
      return known == training.curve().steps().size();
    }
  }

  /** What successive halving made of the whole grid. */
  private record Halving(double best, double steps) {}

  private Halving halve(long seed) {
    List<Point> order = new ArrayList<>(mnist.points());
    Collections.shuffle(order, new Random(seed));
    EarlyStop rule = EarlyStop.of("asha", ACCURACY, MnistSpace.STEPS);
    List<Running> running = new ArrayList<>();
    List<Curve> ended = new ArrayList<>();
    List<Curve> stopped = new ArrayList<>();
    double best = 0;
    double steps = 0;
    int next = 0;
    while (next < order.size() || !running.isEmpty()) {
      while (running.size() < AT_ONCE && next < order.size()) {
        running.add(new Running(mnist.at(order.get(next++))));
      }
      for (Running one : List.copyOf(running)) {
        if (one.over()) {
          steps += one.curve().reached();
          best = Math.max(best, one.training.accuracy().orElse(0));
          ended.add(one.curve());
          running.remove(one);
          continue;
        }
        one.known++;
        List<Curve> all = new ArrayList<>(ended);
        all.addAll(stopped);
        running.stream().filter(other -> other != one).forEach(other -> all.add(other.curve()));
        if (rule.reason(one.curve(), new EarlyStop.Others(ended, all)).isPresent()) {
          steps += one.curve().reached();
          stopped.add(one.curve());
          running.remove(one);
        }
      }
    }
    return new Halving(best, steps);
  }

  @Tag("slow")
  @Test
  void successiveHalvingReachesTheGridsBestWithHalfItsSteps() {
    double grid = (double) mnist.points().size() * MnistSpace.STEPS;
    double best = median(seed -> halve(seed).best());
    double steps = median(seed -> halve(seed).steps());
    System.out.println(
        "sweep early stopping, MNIST, median of 20 orders: asha "
            + best
            + " with "
            + Math.round(100 * steps / grid)
            + " % of the grid's steps, grid "
            + mnist.best());
    assertThat(steps).isLessThanOrEqualTo(grid / 2);
    assertThat(best).isEqualTo(mnist.best());
  }
}
