package dev.mlk.sweep.search;

import dev.mlk.sweep.space.DomainReader;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import dev.mlk.sweep.store.Curve;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A real space: what 324 trainings of the mnist program came to, each of 180 steps. {@code
 * dev.mlk.images.mnist.RecordedSpace} has recorded it, and says how.
 */
final class MnistSpace {
  /** Steps of a whole training. */
  static final int STEPS = 180;

  /**
   * A training.
   *
   * @param accuracy on digits that it has not seen; empty when it diverged
   * @param curve the accuracy on its own digits, every ten steps
   */
  record Training(OptionalDouble accuracy, Curve curve) {}

  private final Map<Point, Training> trainings = new LinkedHashMap<>();

  MnistSpace() throws IOException {
    List<String> lines;
    try (InputStream in = MnistSpace.class.getResourceAsStream("mnist-space.csv")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<String> names = List.of(lines.getFirst().split(",", -1)).subList(0, 4);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), cells[i]);
      }
      OptionalDouble accuracy =
          cells[4].equals("nan")
              ? OptionalDouble.empty()
              : OptionalDouble.of(Double.parseDouble(cells[4]));
      trainings.put(new Point(values), new Training(accuracy, curve(cells[5])));
    }
  }

  private static Curve curve(String text) {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (String point : text.split(" ", -1)) {
      if (!point.isEmpty()) {
        steps.add(Double.valueOf(point.split(":", -1)[0]));
        values.add(Double.valueOf(point.split(":", -1)[1]));
      }
    }
    return new Curve(steps, values);
  }

  /** What was tried. */
  Space space() {
    return new Space(
        List.of(
            new Parameter("lr", List.of(), DomainReader.read("1e-4..1:log:9")),
            new Parameter("batch-size", List.of(), DomainReader.read("16..128:log:int:4")),
            new Parameter("optimizer", List.of(), DomainReader.read("sgd,momentum,adam")),
            new Parameter("dropout", List.of(), DomainReader.read("0..0.5:3"))),
        List.of());
  }

  /** The training of a point of that space. */
  Training at(Point point) {
    Training training = trainings.get(point);
    if (training == null) {
      throw new AssertionError("nobody has trained " + point.text());
    }
    return training;
  }

  /** All points, in the order of the file. */
  List<Point> points() {
    return List.copyOf(trainings.keySet());
  }

  /** The best accuracy of all. */
  double best() {
    return trainings.values().stream()
        .mapToDouble(training -> training.accuracy().orElse(0))
        .max()
        .orElseThrow();
  }
}
