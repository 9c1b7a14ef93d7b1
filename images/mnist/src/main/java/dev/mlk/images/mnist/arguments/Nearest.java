package dev.mlk.images.mnist.arguments;

import java.util.List;

/** The legal name that a wrong one probably meant. */
final class Nearest {
  private Nearest() {}

  /** The end of a sentence: which name was probably meant, or which there are. */
  static String suggestion(String wrong, List<String> legal) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : legal) {
      int distance = distance(wrong, name);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    if (bestDistance <= Math.max(2, wrong.length() / 3)) {
      return "Did you mean " + best + "?";
    }
    return "There are: " + String.join(", ", legal) + ".";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
