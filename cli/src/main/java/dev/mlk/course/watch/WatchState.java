package dev.mlk.course.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a watch shows at the moment: which module, which step, what was opened by a key. */
final class WatchState {
  /** What stands where the page stands otherwise. */
  enum Place {
    PAGE,
    LIST,
    SOLUTION
  }

  private final Map<String, List<String>> hints = new HashMap<>();
  private Lesson lesson;
  private Lesson.Standing standing;
  private String step;
  private Place place = Place.PAGE;
  private String solution = "";
  private int scroll;
  private int chosen;
  private String message = "";
  private boolean busy;

  WatchState(Lesson lesson) {
    open(lesson);
  }

  /** Shows another module. */
  void open(Lesson other) {
    lesson = other;
    standing = other.known();
    step = firstOpen().map(Tick::step).orElse(last());
    hints.clear();
    page();
  }

  Lesson lesson() {
    return lesson;
  }

  Lesson.Standing standing() {
    return standing;
  }

  /** What a verification found; the step at hand changes only by a key, or once it is done. */
  void found(Lesson.Standing now) {
    boolean was = tick().map(Tick::settled).orElse(false);
    standing = now;
    if (tick().isEmpty()) {
      step = firstOpen().map(Tick::step).orElse(last());
    } else if (!was && tick().map(Tick::settled).orElse(false)) {
      message = step + " is done" + (firstOpen().isPresent() ? ": n goes on" : "");
    }
  }

  /** What a verification found out about one step before it looked at the others. */
  void judged(Tick now) {
    List<Tick> ticks =
        standing.ticks().stream().map(tick -> tick.step().equals(now.step()) ? now : tick).toList();
    found(new Lesson.Standing(ticks, standing.spent()));
  }

  private String last() {
    return standing.ticks().isEmpty() ? "" : standing.ticks().getLast().step();
  }

  private Optional<Tick> firstOpen() {
    return standing.ticks().stream()
        .filter(tick -> !tick.optional() && !tick.settled())
        .findFirst();
  }

  /** The step at hand. */
  Optional<Tick> tick() {
    return standing.ticks().stream().filter(tick -> tick.step().equals(step)).findFirst();
  }

  /**
   * Goes on to the next step that is not done, after the one at hand first; whether there is one.
   */
  boolean next() {
    List<Tick> ticks = standing.ticks();
    int here = 0;
    for (int i = 0; i < ticks.size(); i++) {
      if (ticks.get(i).step().equals(step)) {
        here = i;
      }
    }
    for (int i = 1; i <= ticks.size(); i++) {
      Tick tick = ticks.get((here + i) % ticks.size());
      if (!tick.settled() && !tick.step().equals(step)) {
        step = tick.step();
        page();
        return true;
      }
    }
    return false;
  }

  String step() {
    return step;
  }

  List<String> hints() {
    return hints.getOrDefault(step, List.of());
  }

  void hint(String of, String text) {
    List<String> shown = hints.computeIfAbsent(of, _ -> new ArrayList<>());
    if (!shown.contains(text)) {
      shown.add(text);
    }
    message = "";
  }

  Place place() {
    return place;
  }

  /** Back to the page, at the step at hand. */
  void page() {
    place = Place.PAGE;
    scroll = -1;
    message = "";
  }

  void list() {
    place = Place.LIST;
    scroll = 0;
    List<Lesson.Entry> entries = lesson.modules();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).name().equals(lesson.name())) {
        chosen = i;
      }
    }
    message = "";
  }

  void solution(String text) {
    place = Place.SOLUTION;
    solution = text;
    scroll = 0;
    message = "y does this, Esc goes back";
  }

  String solution() {
    return solution;
  }

  int chosen() {
    return chosen;
  }

  void choose(int step) {
    int last = lesson.modules().size() - 1;
    chosen = Math.clamp(chosen + step, 0, Math.max(0, last));
  }

  /** The first line shown; -1 for where the step at hand begins. */
  int scroll() {
    return scroll;
  }

  void scroll(int line) {
    scroll = Math.max(0, line);
  }

  String message() {
    return message;
  }

  void message(String text) {
    message = text;
  }

  boolean busy() {
    return busy;
  }

  void busy(boolean now) {
    busy = now;
  }

  Duration spent() {
    return standing.spent();
  }
}
