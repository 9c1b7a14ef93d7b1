package dev.mlk.course.watch;

import dev.mlk.console.Style;

/** How a step stands, for the eye. */
public enum Mark {
  /** It passed and still does. */
  PASSED("✓", "+", Style.OK, "passed"),
  /** It passed once and does not any more. */
  REGRESSED("↺", "!", Style.WARN, "regressed"),
  /** Something is wrong. */
  FAILED("✗", "x", Style.BAD, "failed"),
  /** Nothing is wrong; something is still to be done or to come. */
  OPEN("·", ".", Style.PLAIN, "open"),
  /** This cluster cannot show it. */
  SKIPPED("–", "-", Style.DIM, "skipped");

  private final String sign;
  private final String plain;
  private final Style style;
  private final String word;

  Mark(String sign, String plain, Style style, String word) {
    this.sign = sign;
    this.plain = plain;
    this.style = style;
    this.word = word;
  }

  /** One character. */
  public String sign(boolean unicode) {
    return unicode ? sign : plain;
  }

  /** Its colour. */
  public Style style() {
    return style;
  }

  /** As documents and plain lines name it. */
  public String word() {
    return word;
  }
}
