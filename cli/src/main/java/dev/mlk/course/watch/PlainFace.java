package dev.mlk.course.watch;

import dev.mlk.console.Console;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A watch where nobody sits: a line whenever a step stands differently, until all have passed. */
final class PlainFace implements WatchLoop.Face {
  private final Console console;
  private final Map<String, String> told = new HashMap<>();
  private String message = "";
  private boolean begun;

  PlainFace(Console console) {
    this.console = console;
  }

  @Override
  public void show(WatchState state) {
    if (!begun) {
      begun = true;
      Lesson lesson = state.lesson();
      console.print(
          lesson.name()
              + ": "
              + lesson.title()
              + ", "
              + state.standing().ticks().size()
              + " steps");
    }
    if (!state.busy() || !told.isEmpty()) {
      for (Tick tick : state.standing().ticks()) {
        String line = line(tick);
        if (!line.equals(told.put(tick.step(), line))) {
          console.print(line);
        }
      }
    }
    if (!state.message().isEmpty() && !state.message().equals(message)) {
      console.tell(state.message());
    }
    message = state.message();
    console.flush();
  }

  private static String line(Tick tick) {
    var line = new StringBuilder(tick.step());
    line.append(' ').append(tick.mark().word());
    Tick.Said said = tick.said();
    if (!tick.settled() && !said.code().isEmpty()) {
      line.append(' ').append(said.code()).append(": ").append(said.seen());
      add(line, "; expected ", said.expected());
      add(line, "; next: ", said.next());
    }
    return line.toString();
  }

  private static void add(StringBuilder line, String before, String text) {
    if (!text.isEmpty()) {
      line.append(before).append(text);
    }
  }

  @Override
  public WatchScreen.Drawn drawn() {
    return new WatchScreen.Drawn(List.of(), 0, 0);
  }

  @Override
  public boolean endsWhenComplete() {
    return true;
  }
}
