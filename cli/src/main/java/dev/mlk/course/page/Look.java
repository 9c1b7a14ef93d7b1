package dev.mlk.course.page;

/**
 * How a piece of text looks.
 *
 * @param strong bold
 * @param emphasis italic
 * @param code as in a program
 * @param quiet less than the rest
 * @param link where it leads; empty for nowhere
 */
record Look(boolean strong, boolean emphasis, boolean code, boolean quiet, String link) {
  static final Look PLAIN = new Look(false, false, false, false, "");
  static final Look QUIET = new Look(false, false, false, true, "");

  Look asStrong() {
    return new Look(true, emphasis, code, quiet, link);
  }

  Look asEmphasis() {
    return new Look(strong, true, code, quiet, link);
  }

  Look asCode() {
    return new Look(strong, emphasis, true, quiet, link);
  }

  Look asLink(String address) {
    return new Look(strong, emphasis, code, quiet, address);
  }
}
