package dev.mlk.practice.api.catalog;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' order of versions: v2, v1, v2beta1, v1beta2, v1alpha1, then others by name. */
final class Versions {
  static final Comparator<String> BEST_FIRST =
      Comparator.comparingInt(Versions::stability)
          .thenComparing(Comparator.comparingInt((String version) -> number(version, 1)).reversed())
          .thenComparing(Comparator.comparingInt((String version) -> number(version, 3)).reversed())
          .thenComparing(Comparator.naturalOrder());

  private static final Pattern SHAPE = Pattern.compile("v(\\d{1,8})(?:(alpha|beta)(\\d{1,8}))?");

  private Versions() {}

  private static int stability(String version) {
    Matcher match = SHAPE.matcher(version);
    if (!match.matches()) {
      return 3;
    }
    return match.group(2) == null ? 0 : match.group(2).equals("beta") ? 1 : 2;
  }

  private static int number(String version, int part) {
    Matcher match = SHAPE.matcher(version);
    return match.matches() && match.group(part) != null ? Integer.parseInt(match.group(part)) : 0;
  }
}
