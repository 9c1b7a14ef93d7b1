package dev.mlk.course.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Screen;
import dev.mlk.console.TestConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the keys of a watch do. */
final class WatchLoopTest {
  private final PlayedLesson lesson =
      new PlayedLesson("module-3", Path.of("x"), Mark.PASSED, Mark.FAILED, Mark.OPEN);
  private final WatchLoop loop = new WatchLoop(lesson, System::nanoTime);
  private final List<String> followed = new ArrayList<>();
  private volatile String screen = "";

  /** Draws as a terminal would. */
  private final class Drawing implements WatchLoop.Face {
    private WatchScreen.Drawn drawn = new WatchScreen.Drawn(List.of(), 0, 0);

    @Override
    public void show(WatchState state) {
      drawn =
          new WatchScreen(TestConsole.terminal("").console().withColour(false), 24, false)
              .draw(state);
      screen = String.join("\n", drawn.lines());
    }

    @Override
    public WatchScreen.Drawn drawn() {
      return drawn;
    }

    @Override
    public boolean endsWhenComplete() {
      return false;
    }
  }

  private CompletableFuture<WatchLoop.End> run() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return loop.run(new Drawing(), other -> followed.add(other.name()));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        // One that hangs must not keep others from a thread.
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private void press(String key) {
    loop.seen(new Screen.Event.Key(key));
  }

  private void shows(String text) {
    await(() -> screen.contains(text), text);
  }

  private void await(BooleanSupplier holds, String what) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s is not on\n%s", what, screen).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void ends(CompletableFuture<WatchLoop.End> end) throws Exception {
    press("q");
    assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(WatchLoop.End.QUIT);
  }

  @Test
  void itBeginsAtTheFirstStepThatIsNotDoneWithItsDiagnosis() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    shows("GPU-NO-LIMIT");
    shows("3.2 Ask for one GPU");
    ends(end);
  }

  @Test
  void hIsTheNextHint() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    press("h");
    shows("1 of 4: kubectl describe node");
    ends(end);
  }

  @Test
  void sShowsTheSolutionAndOnlyYDoesIt() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    press("s");
    shows("Solution of 3.2");
    press("x");
    press("escape");
    shows("n next");
    assertThat(lesson.solved).isEmpty();
    press("s");
    shows("Solution of 3.2");
    press("y");
    await(() -> lesson.solved.equals(List.of("3.2")), "solved");
    ends(end);
  }

  @Test
  void nGoesOnWithTheNextStepAndAfterTheLastWithTheNextModule() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    press("n");
    shows("3.3 Ask for too many");
    lesson.stands(Mark.PASSED, Mark.PASSED, Mark.PASSED);
    loop.saved();
    shows("3/3");
    press("n");
    shows("module-4: GPUs");
    assertThat(followed).containsExactly("module-3", "module-4");
    ends(end);
  }

  @Test
  void lIsTheListOfModules() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    press("l");
    shows("> module-3");
    press("down");
    shows("> module-4");
    press("enter");
    shows("module-4: GPUs");
    ends(end);
  }

  @Test
  void thePageCanBeReadFromItsBeginningToItsEnd() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    shows("3.2 Ask for one GPU\n---");
    press("home");
    shows("Module 3: GPUs\n===");
    press("end");
    shows("Debrief\n---");
    press("page-up");
    await(() -> !screen.contains("Debrief\n---"), "scrolled");
    ends(end);
  }

  @Test
  void whatCannotBeVerifiedIsSaidAndTriedAgain() throws Exception {
    lesson.verdict =
        () -> {
          if (lesson.verified.get() < 2) {
            throw new IllegalStateException("nobody answers");
          }
          return PlayedLesson.standing(Mark.PASSED, Mark.PASSED, Mark.OPEN);
        };
    CompletableFuture<WatchLoop.End> end = run();
    await(() -> lesson.verified.get() >= 2, "tried again");
    shows("2/3");
    ends(end);
  }

  @Test
  void theStepAtHandIsShownBeforeTheOthersAreVerified() throws Exception {
    CountDownLatch others = new CountDownLatch(1);
    lesson.early =
        () -> Optional.of(PlayedLesson.standing(Mark.PASSED, Mark.PASSED).ticks().getLast());
    lesson.verdict =
        () -> {
          others.await();
          return PlayedLesson.standing(Mark.PASSED, Mark.PASSED, Mark.FAILED);
        };
    CompletableFuture<WatchLoop.End> end = run();
    shows("[✓ 3.2]  · 3.3");
    shows("checking");
    others.countDown();
    shows("[✓ 3.2]  ✗ 3.3");
    shows("3.2 is done");
    ends(end);
  }

  @Test
  void aVerificationThatFailsWhileAKeyWaitsForItIsTriedAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch pressed = new CountDownLatch(1);
    lesson.verdict =
        () -> {
          if (running.getCount() > 0) {
            running.countDown();
            pressed.await();
            throw new IllegalStateException("nobody answers");
          }
          return PlayedLesson.standing(Mark.PASSED, Mark.PASSED, Mark.OPEN);
        };
    CompletableFuture<WatchLoop.End> end = run();
    running.await();
    press("h");
    press("l");
    shows("> module-3");
    pressed.countDown();
    shows("2/3");
    ends(end);
  }

  @Test
  void ctrlCEndsIt() throws Exception {
    CompletableFuture<WatchLoop.End> end = run();
    loop.seen(new Screen.Event.Interrupted());
    assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(WatchLoop.End.INTERRUPTED);
  }
}
