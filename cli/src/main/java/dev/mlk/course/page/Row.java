package dev.mlk.course.page;

/**
 * A line of a page.
 *
 * @param text as printed
 * @param typed whether it is code, before which nothing may stand: it is there to be copied
 * @param heading the words of the heading that begins here; empty for other lines
 */
record Row(String text, boolean typed, String heading) {
  static final Row EMPTY = new Row("", false, "");

  static Row of(String text) {
    return new Row(text, false, "");
  }

  static Row typed(String text) {
    return new Row(text, true, "");
  }

  /** The same behind something else, unless it is code. */
  Row behind(String prefix) {
    return typed
        ? this
        : new Row(text.isEmpty() ? prefix.stripTrailing() : prefix + text, false, heading);
  }
}
