package dev.mlk.check;

import dev.mlk.console.Style;

/** How a check came out. */
public enum Outcome {
  PASS(Style.OK),
  WARN(Style.WARN),
  FAIL(Style.BAD),
  /** It cannot be known: for want of rights, or because there is nothing to look at. */
  SKIP(Style.DIM);

  private final Style style;

  Outcome(Style style) {
    this.style = style;
  }

  /** How it looks. */
  public Style style() {
    return style;
  }
}
