package dev.mlk.course.command;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.console.Wrapping;
import dev.mlk.course.Status;
import java.time.Duration;

/** Marks and paragraphs of the workshop's commands. */
final class Texts {
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
    for (String line : Wrapping.lines(text, console.width() - label.length())) {
      console.print((first ? console.paint(Style.DIM, label) : gap) + line);
      first = false;
    }
  }

  static String minutes(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : seconds > 0 && time.toMinutes() == 0 ? seconds + " s" : time.toMinutes() + " min";
  }
}
