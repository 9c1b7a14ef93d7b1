package dev.mlk.course.watch;

import dev.mlk.console.Screen;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Verifies a module again whenever files or the cluster change, and answers keys. One thread keeps
 * the state; what takes long runs beside it, one thing at a time, and it waits without doing
 * anything in between.
 */
final class WatchLoop {
  /** How a watch ended. */
  enum End {
    QUIT,
    INTERRUPTED,
    COMPLETE
  }

  /** What a watch is shown on. */
  interface Face {
    /** Shows the state as it is now. */
    void show(WatchState state);

    /** How many lines a page has, and where it is now: for scrolling. */
    WatchScreen.Drawn drawn();

    /** Whether the watch ends by itself when the module is complete. */
    boolean endsWhenComplete();
  }

  /** Follows another module's files and objects, and no other's any more. */
  interface Follower {
    /** The module to follow. */
    void follow(Lesson lesson);
  }

  private sealed interface Event {
    record Changed(boolean inStrokes) implements Event {}

    record Judged(Lesson lesson, Tick tick) implements Event {}

    record Found(Lesson lesson, Lesson.Standing standing) implements Event {}

    record Done(Consumer<WatchState> change) implements Event {}

    record NotFound(String why) implements Event {}

    record NotDone(String why) implements Event {}

    record Seen(Screen.Event event) implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final WatchState state;
  private final LongSupplier nanos;
  private final Pace pace;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("course").factory());
  private Face face;
  private Follower follower;
  private boolean acting;

  WatchLoop(Lesson lesson, LongSupplier nanos) {
    this.state = new WatchState(lesson);
    this.nanos = nanos;
    this.pace = new Pace(nanos.getAsLong());
  }

  /** What is shown; only to be read once the watch has ended. */
  WatchState state() {
    return state;
  }

  /** Something changed outside. */
  void changed() {
    events.add(new Event.Changed(false));
  }

  /** A file is being saved, which may take several strokes. */
  void saved() {
    events.add(new Event.Changed(true));
  }

  /** Something happened at the terminal. */
  void seen(Screen.Event event) {
    events.add(new Event.Seen(event));
  }

  /** Runs until somebody ends it. */
  End run(Face shown, Follower following) throws InterruptedException {
    face = shown;
    follower = following;
    follower.follow(state.lesson());
    try {
      return run();
    } finally {
      worker.shutdownNow();
    }
  }

  private End run() throws InterruptedException {
    while (true) {
      if (pace.ready(nanos.getAsLong()) && !acting) {
        verify();
      }
      face.show(state);
      if (face.endsWhenComplete() && !pace.running() && state.standing().complete()) {
        return End.COMPLETE;
      }
      long rest = acting ? Long.MAX_VALUE : pace.rest(nanos.getAsLong());
      Event event =
          rest == Long.MAX_VALUE ? events.take() : events.poll(rest, TimeUnit.NANOSECONDS);
      while (event != null) {
        Optional<End> end = take(event);
        if (end.isPresent()) {
          return end.get();
        }
        event = events.poll();
      }
    }
  }

  private void verify() {
    Lesson lesson = state.lesson();
    pace.start(nanos.getAsLong());
    state.busy(true);
    String step = state.step();
    beside(
        () ->
            new Event.Found(
                lesson, lesson.verify(step, tick -> events.add(new Event.Judged(lesson, tick)))),
        Event.NotFound::new);
  }

  private void beside(Callable<Event> work, Function<String, Event> failed) {
    worker.execute(
        () -> {
          try {
            events.add(work.call());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (Exception e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            events.add(failed.apply(why));
          }
        });
  }

  private Optional<End> take(Event event) {
    switch (event) {
      case Event.Changed changed -> {
        if (changed.inStrokes) {
          pace.saved(nanos.getAsLong());
        } else {
          pace.changed(nanos.getAsLong());
        }
      }
      case Event.Judged judged -> {
        if (judged.lesson.name().equals(state.lesson().name())) {
          state.judged(judged.tick);
        }
      }
      case Event.Found found -> {
        pace.end(nanos.getAsLong(), !found.standing.complete());
        state.busy(false);
        if (found.lesson.name().equals(state.lesson().name())) {
          state.found(found.standing);
        } else {
          pace.changed(nanos.getAsLong());
        }
      }
      case Event.Done done -> {
        acting = false;
        state.busy(false);
        done.change.accept(state);
        pace.changed(nanos.getAsLong());
      }
      case Event.NotFound failed -> {
        pace.end(nanos.getAsLong(), true);
        state.busy(false);
        state.message(failed.why);
      }
      case Event.NotDone failed -> {
        acting = false;
        state.busy(false);
        state.message(failed.why);
      }
      case Event.Seen seen -> {
        return seen(state, seen.event);
      }
    }
    return Optional.empty();
  }

  private Optional<End> seen(WatchState now, Screen.Event event) {
    return switch (event) {
      case Screen.Event.Interrupted _ -> Optional.of(End.INTERRUPTED);
      case Screen.Event.Gone _ -> Optional.of(End.QUIT);
      case Screen.Event.Resized _ -> Optional.empty();
      case Screen.Event.Key key -> {
        if (key.name().equals("q") || key.name().equals("Q")) {
          yield Optional.of(End.QUIT);
        }
        switch (now.place()) {
          case PAGE -> onPage(key.name());
          case LIST -> onList(key.name());
          case SOLUTION -> onSolution(key.name());
        }
        yield Optional.empty();
      }
    };
  }

  private void onPage(String key) {
    switch (key) {
      case "n" -> next();
      case "h" -> act(step -> hinted(step, state.lesson().hint(step)));
      case "s" -> act(step -> solutionOf(step, state.lesson().solution(step)));
      case "l" -> state.list();
      case "escape" -> state.page();
      default -> scroll(key);
    }
  }

  private static Consumer<WatchState> hinted(String step, String hint) {
    return state -> state.hint(step, hint);
  }

  private static Consumer<WatchState> solutionOf(String step, String text) {
    return state -> {
      if (state.step().equals(step)) {
        state.solution(text);
      }
    };
  }

  private void next() {
    if (state.standing().complete() || !state.next()) {
      List<Lesson.Entry> modules = state.lesson().modules();
      for (int i = 0; i + 1 < modules.size(); i++) {
        if (modules.get(i).name().equals(state.lesson().name())) {
          open(modules.get(i + 1).name());
          return;
        }
      }
      state.message("this was the last module");
    }
  }

  private void open(String module) {
    state.open(state.lesson().open(module));
    follower.follow(state.lesson());
    pace.changed(nanos.getAsLong());
  }

  private void onList(String key) {
    switch (key) {
      case "up", "k" -> state.choose(-1);
      case "down", "j" -> state.choose(1);
      case "enter" -> {
        List<Lesson.Entry> modules = state.lesson().modules();
        if (state.chosen() < modules.size()) {
          open(modules.get(state.chosen()).name());
        }
      }
      case "escape", "l" -> state.page();
      default -> scroll(key);
    }
  }

  private void onSolution(String key) {
    switch (key) {
      case "y" -> {
        state.page();
        act(
            step -> {
              String last = String.join("; ", state.lesson().solve(step));
              return now -> now.message(last);
            });
      }
      case "escape", "s", "n" -> state.page();
      default -> scroll(key);
    }
  }

  /** Something to be done for a step, which may take a while. */
  private interface Act {
    Consumer<WatchState> on(String step) throws Exception;
  }

  private void act(Act act) {
    if (acting || state.step().isEmpty()) {
      return;
    }
    acting = true;
    state.busy(true);
    String step = state.step();
    beside(() -> new Event.Done(act.on(step)), Event.NotDone::new);
  }

  private void scroll(String key) {
    WatchScreen.Drawn drawn = face.drawn();
    int screen = Math.max(1, drawn.page() - 1);
    switch (key) {
      case "up", "k" -> state.scroll(drawn.top() - 1);
      case "down", "j" -> state.scroll(drawn.top() + 1);
      case "page-up", "b" -> state.scroll(drawn.top() - screen);
      case "page-down", " " -> state.scroll(drawn.top() + screen);
      case "home", "g" -> state.scroll(0);
      case "end", "G" -> state.scroll(Integer.MAX_VALUE);
      default -> {
        // Any other key means nothing, and must do nothing.
      }
    }
  }
}
