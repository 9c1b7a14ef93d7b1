package dev.mlk.tfjob.validation;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Names that were meant. */
final class Names {
  private Names() {}

  /** The nearest of some names, if one is near enough to be meant. */
  static Optional<String> nearest(String written, Collection<String> known) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(lower(written), lower(name));
      if (distance < least || (distance == least && best != null && name.compareTo(best) < 0)) {
        least = distance;
        best = name;
      }
    }
    boolean near = best != null && least <= Math.max(1, Math.min(written.length(), 9) / 3);
    return near ? Optional.of(best) : Optional.empty();
  }

  /** A legal name of an object that looks like what was written. */
  static Optional<String> legal(String written) {
    String legal =
        lower(written)
            .replaceAll("[^a-z0-9-]+", "-")
            .replaceAll("^[^a-z]+", "")
            .replaceAll("-+$", "");
    return legal.isEmpty() ? Optional.empty() : Optional.of(legal);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance, where two neighbours changed about count once. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
