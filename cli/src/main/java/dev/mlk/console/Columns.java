package dev.mlk.console;

import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes: none, one or two for each character. */
public final class Columns {
  /** Colours, and links with their ends. */
  private static final Pattern UNSEEN =
      Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]|\u001B\\][^\u001B]*\u001B\\\\");

  /** The first combining mark of Unicode. */
  private static final char FIRST_MARK = '\u0300';

  private static final int LONGEST = 32;

  private Columns() {}

  /** The columns of a plain text. */
  public static int of(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); ) {
      columns += at(text, i);
      i += length(text, i);
    }
    return columns;
  }

  /** The columns of a line that may have colours and links. */
  public static int seen(String line) {
    return of(line.indexOf('\u001B') < 0 ? line : UNSEEN.matcher(line).replaceAll(""));
  }

  /** The columns of the character, with all its marks, that begins at an index. */
  public static int at(String text, int index) {
    return Math.max(
        0,
        alone(text, index)
            ? WCWidth.wcwidth(text.charAt(index))
            : WCWidth.wcwidthForGraphemeCluster(window(text, index), 0));
  }

  /** How many Java characters the character that begins at an index consists of. */
  public static int length(String text, int index) {
    return alone(text, index)
        ? 1
        : Math.max(1, WCWidth.charCountForGraphemeCluster(window(text, index), 0));
  }

  /** Whether a character is one by itself, as nearly all are: no mark can follow. */
  private static boolean alone(String text, int index) {
    return text.charAt(index) < FIRST_MARK
        && (index + 1 == text.length() || text.charAt(index + 1) < FIRST_MARK);
  }

  /** Few characters are that long; to find the end of one, the JDK looks at all it is given. */
  private static String window(String text, int index) {
    return text.substring(index, Math.min(text.length(), index + LONGEST));
  }

  /**
   * The end of the most of a text, from an index on, that fits into so many columns; one character
   * at least.
   */
  public static int fitting(String text, int from, int columns) {
    int end = from;
    int used = 0;
    while (end < text.length()) {
      int more = at(text, end);
      if (used + more > columns && end > from) {
        break;
      }
      used += more;
      end += length(text, end);
    }
    return end;
  }
}
