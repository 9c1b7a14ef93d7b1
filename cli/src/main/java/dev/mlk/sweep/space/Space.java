package dev.mlk.sweep.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a sweep may try.
 *
 * @param parameters what differs between trials
 * @param constraints what every trial must meet
 */
public record Space(List<Parameter> parameters, List<Constraint> constraints) {
  public Space {
    parameters = List.copyOf(parameters);
    constraints = List.copyOf(constraints);
  }

  /** Whether all constraints hold. */
  public boolean allows(Point point) {
    return constraints.stream().allMatch(constraint -> constraint.holds(point));
  }

  /** How many points a grid has before constraints; at most {@link Long#MAX_VALUE}. */
  public long gridSize() {
    double size = 1;
    for (Parameter parameter : parameters) {
      size *= parameter.domain().grid().size();
    }
    return (long) Math.min(size, Long.MAX_VALUE);
  }

  /** All points of the grid that the constraints allow; the last parameter changes fastest. */
  public List<Point> grid() {
    List<Point> points = new ArrayList<>();
    grid(0, new LinkedHashMap<>(), points);
    return points;
  }

  private void grid(int index, Map<String, String> values, List<Point> points) {
    if (index == parameters.size()) {
      Point point = new Point(values);
      if (allows(point)) {
        points.add(point);
      }
      return;
    }
    Parameter parameter = parameters.get(index);
    for (String value : parameter.domain().grid()) {
      values.put(parameter.name(), value);
      grid(index + 1, values, points);
    }
    values.remove(parameter.name());
  }

  /** The point at places between 0 and 1, one for each parameter in order. */
  public Point at(double... places) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      values.put(parameters.get(i).name(), parameters.get(i).domain().at(places[i]));
    }
    return new Point(values);
  }
}
