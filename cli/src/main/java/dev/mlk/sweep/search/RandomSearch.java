package dev.mlk.sweep.search;

import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Points drawn independently and evenly over the space (Bergstra and Bengio, Random Search for
 * Hyper-Parameter Optimization, JMLR 13, 2012); none twice.
 */
final class RandomSearch implements Search {
  /** So many draws without a new point mean that there is none left. */
  static final int PATIENCE = 10_000;

  private final Space space;
  private final Random random;
  private final List<Point> drawn = new ArrayList<>();
  private final Set<Point> known = new HashSet<>();

  RandomSearch(Space space, long seed) {
    this.space = space;
    this.random = new Random(seed);
  }

  @Override
  public Optional<Point> next(List<Tried> history) {
    while (drawn.size() <= history.size()) {
      Optional<Point> point = draw();
      if (point.isEmpty()) {
        return Optional.empty();
      }
      drawn.add(point.get());
    }
    return Optional.of(drawn.get(history.size()));
  }

  private Optional<Point> draw() {
    for (int i = 0; i < PATIENCE; i++) {
      double[] places = random.doubles(space.parameters().size()).toArray();
      Point point = space.at(places);
      if (space.allows(point) && known.add(point)) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean settled() {
    return true;
  }
}
