package dev.mlk.course.page;

import dev.mlk.console.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page in Markdown as lines for a terminal or a pipe. Paragraphs wrap and tables fit; code stands
 * as it was typed, from the first column on, so that it can be copied. Without colours the marks of
 * Markdown stay, so that nothing is lost. Nothing of a page reaches the terminal as a command.
 */
public final class PageText {
  private final List<String> lines;
  private final Map<String, Integer> headings;

  private PageText(List<String> lines, Map<String, Integer> headings) {
    this.lines = List.copyOf(lines);
    this.headings = new LinkedHashMap<>(headings);
  }

  /**
   * A page to be printed, as wide as the console.
   *
   * @param markdown the page
   * @param links whether the terminal knows links, see {@link Hyperlinks}
   */
  public static PageText printed(String markdown, Console console, boolean links) {
    return of(markdown, new Sheet(console, console.width(), links, false));
  }

  /** A page for a part of the screen: nothing is wider than the console's width, not even code. */
  public static PageText boxed(String markdown, Console console, boolean links) {
    return of(markdown, new Sheet(console, console.width(), links, true));
  }

  private static PageText of(String markdown, Sheet sheet) {
    List<Row> rows = new Blocks(sheet).below(Markdown.parse(markdown), sheet.width());
    List<String> lines = new ArrayList<>();
    Map<String, Integer> headings = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!row.heading().isEmpty()) {
        headings.putIfAbsent(row.heading(), lines.size());
      }
      lines.add(row.text());
    }
    return new PageText(lines, headings);
  }

  /** The lines, without their ends. */
  public List<String> lines() {
    return lines;
  }

  /**
   * The line of the heading that begins with these words, such as a step's number; 0 when there is
   * none.
   */
  public int line(String start) {
    for (Map.Entry<String, Integer> heading : headings.entrySet()) {
      String words = heading.getKey();
      if (words.equals(start) || words.startsWith(start + " ")) {
        return heading.getValue();
      }
    }
    return 0;
  }

  /** All lines, each with its end. */
  public String text() {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
