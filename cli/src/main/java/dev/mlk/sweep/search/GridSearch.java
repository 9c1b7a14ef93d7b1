package dev.mlk.sweep.search;

import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.List;
import java.util.Optional;

/** Every combination, in the user's order. */
final class GridSearch implements Search {
  private final List<Point> points;

  GridSearch(Space space) {
    this.points = space.grid();
  }

  @Override
  public Optional<Point> next(List<Tried> history) {
    return history.size() < points.size()
        ? Optional.of(points.get(history.size()))
        : Optional.empty();
  }

  @Override
  public boolean settled() {
    return true;
  }
}
