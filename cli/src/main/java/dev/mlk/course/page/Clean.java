package dev.mlk.course.page;

/**
 * Text without what would change a terminal: control characters and marks that turn the direction
 * of writing. Pages may come from anybody.
 */
final class Clean {
  private Clean() {}

  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (harmful(text.charAt(i))) {
        return without(text);
      }
    }
    return text;
  }

  private static String without(String text) {
    var clean = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!harmful(c)) {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  private static boolean harmful(char c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    return control || turns;
  }

  /** An address that may be opened: of the web or of mail; else empty. */
  static String address(String address) {
    String clean = text(address).replace("\n", "").replace("\t", "");
    return clean.startsWith("https://")
            || clean.startsWith("http://")
            || clean.startsWith("mailto:")
        ? clean
        : "";
  }
}
