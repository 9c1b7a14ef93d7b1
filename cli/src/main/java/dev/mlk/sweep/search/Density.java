package dev.mlk.sweep.search;

import java.util.Random;

/** How likely a parameter's values are, over places from 0 to 1. */
interface Density {
  /** The density at a place; above 0 everywhere. */
  double at(double place);

  /** A place drawn from it. */
  double draw(Random random);

  /** Of a choice: how often each was there, and once more for each. */
  static Density ofChoice(double[] places, int choices) {
    double[] weights = new double[choices];
    java.util.Arrays.fill(weights, 1.0);
    for (double place : places) {
      weights[(int) Math.min(choices - 1, place * choices)] += 1;
    }
    double sum = places.length + choices;
    return new Density() {
      @Override
      public double at(double place) {
        return weights[(int) Math.min(choices - 1, place * choices)] / sum * choices;
      }

      @Override
      public double draw(Random random) {
        double left = random.nextDouble() * sum;
        int index = 0;
        while (index < choices - 1 && left >= weights[index]) {
          left -= weights[index++];
        }
        return (index + 0.5) / choices;
      }
    };
  }

  /**
   * Of a range: a normal distribution around each place, as wide as the way to its farther
   * neighbour, cut off at 0 and 1; and an even one, which keeps everything possible.
   *
   * @param places sorted
   */
  static Density ofRange(double[] places) {
    double[] widths = new double[places.length];
    double narrowest = 1.0 / Math.min(100, 2 + places.length);
    for (int i = 0; i < places.length; i++) {
      double left = i == 0 ? places[i] : places[i] - places[i - 1];
      double right = i == places.length - 1 ? 1 - places[i] : places[i + 1] - places[i];
      widths[i] = Math.max(narrowest, Math.min(1, Math.max(left, right)));
    }
    return new Density() {
      @Override
      public double at(double place) {
        double sum = 1;
        for (int i = 0; i < places.length; i++) {
          double z = (place - places[i]) / widths[i];
          double inside =
              Normal.below((1 - places[i]) / widths[i]) - Normal.below(-places[i] / widths[i]);
          sum += Math.exp(-z * z / 2) / (Math.sqrt(2 * Math.PI) * widths[i] * inside);
        }
        return sum / (places.length + 1);
      }

      @Override
      public double draw(Random random) {
        int index = random.nextInt(places.length + 1);
        if (index == places.length) {
          return random.nextDouble();
        }
        for (int i = 0; i < 100; i++) {
          double place = places[index] + random.nextGaussian() * widths[index];
          if (place >= 0 && place < 1) {
            return place;
          }
        }
        return places[index];
      }
    };
  }
}
