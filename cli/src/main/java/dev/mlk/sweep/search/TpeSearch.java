package dev.mlk.sweep.search;

import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Tree-structured Parzen estimators (Bergstra, Bardenet, Bengio and Kégl, Algorithms for
 * Hyper-Parameter Optimization, NeurIPS 2011): of the points tried, the best share and the others
 * each give a density per parameter; of points drawn from the first, that with the largest ratio of
 * the two is next. The first points are random. A trial that runs counts among the others, so that
 * trials at the same time differ.
 */
final class TpeSearch implements Search {
  private static final int STARTUP = 10;
  private static final int CANDIDATES = 64;
  private static final double GOOD_SHARE = 0.15;
  private static final int MOST_GOOD = 25;
  private final Space space;
  private final long seed;

  TpeSearch(Space space, long seed) {
    this.space = space;
    this.seed = seed;
  }

  @Override
  public boolean settled() {
    return false;
  }

  @Override
  public Optional<Point> next(List<Tried> history) {
    Random random = new Random(seed * 1_000_003 + history.size());
    Set<Point> known = new HashSet<>();
    history.forEach(tried -> known.add(tried.point()));
    List<Tried> ended =
        history.stream()
            .filter(tried -> tried.loss().isPresent())
            .sorted(Comparator.comparingDouble((Tried tried) -> tried.loss().getAsDouble()))
            .toList();
    boolean informed =
        ended.size() >= STARTUP && Double.isFinite(ended.getFirst().loss().orElse(0));
    return informed ? learned(history, ended, known, random) : drawn(known, random);
  }

  private Optional<Point> drawn(Set<Point> known, Random random) {
    for (int i = 0; i < RandomSearch.PATIENCE; i++) {
      Point point = space.at(random.doubles(space.parameters().size()).toArray());
      if (space.allows(point) && !known.contains(point)) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  private Optional<Point> learned(
      List<Tried> history, List<Tried> ended, Set<Point> known, Random random) {
    int number = (int) Math.min(MOST_GOOD, Math.max(2, Math.ceil(GOOD_SHARE * ended.size())));
    Set<Point> best = new HashSet<>();
    ended.subList(0, number).forEach(tried -> best.add(tried.point()));
    List<Density> good = densities(history, best, true);
    List<Density> others = densities(history, best, false);
    Point chosen = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double[] places = new double[good.size()];
      for (int d = 0; d < places.length; d++) {
        places[d] = good.get(d).draw(random);
      }
      Point point = space.at(places);
      if (!known.contains(point) && space.allows(point)) {
        double score = 0;
        for (int d = 0; d < places.length; d++) {
          score += Math.log(good.get(d).at(places[d])) - Math.log(others.get(d).at(places[d]));
        }
        if (score > highest) {
          highest = score;
          chosen = point;
        }
      }
    }
    return chosen == null ? drawn(known, random) : Optional.of(chosen);
  }

  private List<Density> densities(List<Tried> history, Set<Point> best, boolean good) {
    List<Density> densities = new ArrayList<>();
    for (Parameter parameter : space.parameters()) {
      Domain domain = parameter.domain();
      double[] places =
          history.stream()
              .filter(tried -> best.contains(tried.point()) == good)
              .mapToDouble(tried -> domain.place(tried.point().values().get(parameter.name())))
              .sorted()
              .toArray();
      densities.add(
          domain instanceof Domain.Choice choice
              ? Density.ofChoice(places, choice.values().size())
              : Density.ofRange(places));
    }
    return densities;
  }
}
