package dev.mlk.format;

import java.util.Collection;
import java.util.Optional;

/** The legal name that a mistyped one was most likely meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of the names, if it is near enough to be worth saying. */
  public static Optional<String> to(String typed, Collection<String> names) {
    String best = null;
    int least = Math.max(1, typed.length() / 3) + 1;
    for (String name : names) {
      int distance = name.startsWith(typed) && typed.length() > 1 ? 1 : distance(typed, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Optimal string alignment: insert, delete, replace, swap neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + replace);
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
