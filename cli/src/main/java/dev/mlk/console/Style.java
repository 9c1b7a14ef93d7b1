package dev.mlk.console;

import java.util.List;

/** What a piece of text is, for the eye; {@link Console#paint} decides whether that shows. */
public enum Style {
  PLAIN(""),
  OK("\u001B[32m"),
  WARN("\u001B[33m"),
  BAD("\u001B[31m"),
  DIM("\u001B[2m"),
  BOLD("\u001B[1m"),
  ITALIC("\u001B[3m"),
  UNDERLINE("\u001B[4m"),
  FIRST("\u001B[36m"),
  SECOND("\u001B[35m"),
  THIRD("\u001B[34m"),
  FOURTH("\u001B[33m"),
  FIFTH("\u001B[32m"),
  SIXTH("\u001B[96m"),
  SEVENTH("\u001B[95m"),
  EIGHTH("\u001B[94m");

  private static final List<Style> DISTINCT =
      List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH);
  static final String END = "\u001B[0m";
  private final String start;

  Style(String start) {
    this.start = start;
  }

  /** One of eight colours that tell replicas apart, the same for the same number. */
  public static Style distinct(int number) {
    return DISTINCT.get(Math.floorMod(number, DISTINCT.size()));
  }

  String start() {
    return start;
  }
}
