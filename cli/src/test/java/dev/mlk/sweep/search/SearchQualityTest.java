package dev.mlk.sweep.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.sweep.space.DomainReader;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SearchQualityTest {
  private static final int BUDGET = 60;
  private static final int SEEDS = 20;

  /** A standard test function; definitions: Surjanovic and Bingham, Virtual Library. */
  record Function(String name, List<String> ranges, ToDoubleFunction<double[]> value) {
    private static final double[][] A = {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}};
    private static final double[][] P = {
      {0.3689, 0.1170, 0.2673},
      {0.4699, 0.4387, 0.7470},
      {0.1091, 0.8732, 0.5547},
      {0.0381, 0.5743, 0.8828}
    };
    private static final double[] ALPHA = {1, 1.2, 3, 3.2};

    private static double branin(double x, double y) {
      double first = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
      return first * first + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static double camel(double x, double y) {
      return (4 - 2.1 * x * x + Math.pow(x, 4) / 3) * x * x + x * y + (-4 + 4 * y * y) * y * y;
    }

    private static double hartmann(double[] x) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double inner = 0;
        for (int j = 0; j < 3; j++) {
          inner += A[i][j] * (x[j] - P[i][j]) * (x[j] - P[i][j]);
        }
        sum -= ALPHA[i] * Math.exp(-inner);
      }
      return sum;
    }

    Space space() {
      return new Space(
          IntStream.range(0, ranges.size())
              .mapToObj(i -> new Parameter("x" + i, List.of(), DomainReader.read(ranges.get(i))))
              .toList(),
          List.of());
    }

    double at(Point point) {
      return value.applyAsDouble(
          point.values().values().stream().mapToDouble(Double::parseDouble).toArray());
    }
  }

  static Stream<Function> functions() {
    return Stream.of(
        new Function("Branin", List.of("-5..10", "0..15"), x -> Function.branin(x[0], x[1])),
        new Function("six-hump camel", List.of("-2..2", "-1..1"), x -> Function.camel(x[0], x[1])),
        new Function("Hartmann 3", List.of("0..1", "0..1", "0..1"), Function::hartmann));
  }

  private static double best(Function function, Search.Kind kind, long seed) {
    Search search = Search.of(kind, function.space(), seed);
    List<Tried> history = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < BUDGET; i++) {
      Point point = search.next(history).orElseThrow();
      double value = function.at(point);
      best = Math.min(best, value);
      history.add(new Tried(point, OptionalDouble.of(value)));
    }
    return best;
  }

  private static double median(Function function, Search.Kind kind) {
    double[] all =
        IntStream.range(0, SEEDS)
            .mapToDouble(seed -> best(function, kind, seed))
            .sorted()
            .toArray();
    return (all[SEEDS / 2 - 1] + all[SEEDS / 2]) / 2;
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("functions")
  void learningBeatsChanceWithTheSameBudget(Function function) {
    double random = median(function, Search.Kind.RANDOM);
    double tpe = median(function, Search.Kind.TPE);
    System.out.println(
        "sweep search quality, "
            + function.name
            + ", median of 20 seeds: random "
            + random
            + ", tpe "
            + tpe);
    assertThat(tpe).isLessThan(random);
  }

  @Test
  void theSameSeedAndHistoryGiveTheSamePointAndNoneComesTwice() {
    for (Search.Kind kind : List.of(Search.Kind.GRID, Search.Kind.RANDOM, Search.Kind.TPE)) {
      Space space =
          new Space(
              List.of(
                  new Parameter("a", List.of(), DomainReader.read("1..6:int")),
                  new Parameter("b", List.of(), DomainReader.read("x,y,z"))),
              List.of());
      Search one = Search.of(kind, space, 5);
      Search other = Search.of(kind, space, 5);
      List<Tried> history = new ArrayList<>();
      Set<Point> seen = new HashSet<>();
      while (one.next(history).isPresent()) {
        Point point = one.next(history).orElseThrow();
        assertThat(other.next(history)).contains(point);
        assertThat(seen.add(point)).isTrue();
        history.add(new Tried(point, OptionalDouble.of(point.hashCode() % 10)));
      }
      assertThat(seen).as(kind.word()).hasSize(kind == Search.Kind.GRID ? 15 : 18);
    }
  }
}
