package dev.mlk.course.verify;

import java.util.Locale;

/** The name of the file that keeps the progress on a cluster. */
public final class ProgressName {
  private ProgressName() {}

  /**
   * The file's name.
   *
   * @param practice the practice cluster's name; empty for any other cluster
   */
  public static String of(String practice, String context, String namespace) {
    String cluster =
        practice.isEmpty()
            ? context.isEmpty() ? "in-cluster" : "context-" + context
            : "practice-" + practice;
    return (cluster + "." + namespace).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "_")
        + ".json";
  }
}
