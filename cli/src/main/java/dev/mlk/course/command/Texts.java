package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.course.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Marks and paragraphs of the workshop's commands. */
final class Texts {
  private static final int NARROW = 20;

  private Texts() {}

  static String mark(Console console, Status status) {
    return switch (status) {
      case PASS -> console.paint(Style.OK, console.unicode() ? "✓" : "ok");
      case FAIL -> console.paint(Style.BAD, console.unicode() ? "✗" : "no");
      case SKIP -> console.paint(Style.DIM, console.unicode() ? "○" : "--");
      case REGRESSED -> console.paint(Style.WARN, console.unicode() ? "↺" : "!!");
    };
  }

  /** A text under a name, wrapped, later lines indented as the first. */
  static void field(Console console, String indent, String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    String label = indent + name + " ".repeat(Math.max(1, 10 - name.length()));
    String gap = " ".repeat(label.length());
    boolean first = true;
    for (String line : wrap(text, console.width() - label.length())) {
      console.print((first ? console.paint(Style.DIM, label) : gap) + line);
      first = false;
    }
  }

  /** The text in lines of at most so many characters; longer words stay whole. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      var line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > Math.max(NARROW, width)) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  static String minutes(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : seconds > 0 && time.toMinutes() == 0 ? seconds + " s" : time.toMinutes() + " min";
  }
}
