package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A live view on a terminal that the test plays. */
final class LiveViewTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final AtomicInteger looks = new AtomicInteger();
  private Terminal terminal;

  @BeforeEach
  void connect() throws Exception {
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm")
            .encoding(StandardCharsets.UTF_8)
            .streams(new PipedInputStream(keys), screen)
            .build();
    terminal.setSize(Size.of(40, 6));
  }

  @AfterEach
  void disconnect() throws Exception {
    terminal.close();
  }

  private CompletableFuture<LiveView.End> show(Callable<LiveView.Picture> look) {
    LiveView view = new LiveView(TestConsole.terminal("").console(), Duration.ofMillis(20), look);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return view.show(terminal);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private LiveView.Picture picture() {
    int number = looks.incrementAndGet();
    return console -> "look " + number + ", " + console.width() + " wide\n";
  }

  private String drawn() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void itIsDrawnOverWhatIsThereUntilQ() throws Exception {
    CompletableFuture<LiveView.End> end = show(this::picture);
    await(() -> drawn().contains("look 3, 40 wide"));
    keys.write('q');
    keys.flush();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(LiveView.End.QUIT);
    // In place: the cursor goes home, and nothing is cleared before it is drawn over.
    assertThat(drawn()).contains("\u001B[Hlook 2, 40 wide\u001B[K\r\n").doesNotContain("\u001B[2J");
    // The screen that was there before comes back, with its cursor, and what was seen last.
    await(() -> drawn().matches("(?s).*\u001B\\[\\?1049l.*look .*"));
    assertThat(drawn()).contains("\u001B[?25h");
  }

  @Test
  void anotherSizeIsDrawnAtOnce() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<LiveView.End> end =
        show(
            () -> {
              if (looks.get() > 0) {
                never.await();
              }
              return picture();
            });
    await(() -> drawn().contains("look 1, 40 wide"));
    terminal.setSize(Size.of(30, 6));
    terminal.raise(Terminal.Signal.WINCH);
    await(() -> drawn().contains("look 1, 30 wide"));
    terminal.raise(Terminal.Signal.INT);
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(LiveView.End.INTERRUPTED);
  }

  @Test
  void whatDoesNotFitIsCounted() throws Exception {
    CompletableFuture<LiveView.End> end = show(() -> _ -> "1\n2\n3\n4\n5\n6\n7\n");
    await(() -> drawn().contains("and 3 more lines below"));
    keys.write('q');
    keys.flush();
    end.get(10, TimeUnit.SECONDS);
    assertThat(drawn()).contains("4\u001B[K").doesNotContain("5\u001B[K");
  }

  @Test
  void aFailureEndsIt() {
    CompletableFuture<LiveView.End> end =
        show(
            () -> {
              throw new IllegalStateException("nobody there");
            });
    assertThat(end)
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .withMessageContaining("nobody there");
  }

  @Test
  void inAPipeItIsBlockAfterBlock() {
    TestConsole console = TestConsole.pipe();
    LiveView view =
        new LiveView(
            console.console(),
            Duration.ofMillis(1),
            () -> {
              if (looks.get() == 2) {
                throw new InterruptedException();
              }
              return picture();
            });
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> view.show(false)))
        .isInstanceOf(InterruptedException.class);
    assertThat(console.out()).isEqualTo("look 1, 80 wide\n\nlook 2, 80 wide\n");
  }

  /** A picture after which nothing changes. */
  private record Last(String line) implements LiveView.Picture {
    @Override
    public String text(Console console) {
      return line + "\n";
    }

    @Override
    public boolean last() {
      return true;
    }
  }

  @Test
  void theLastPictureEndsTheViewAndStaysReadable() throws Exception {
    assertThat(show(() -> new Last("the end")).get(10, TimeUnit.SECONDS))
        .isEqualTo(LiveView.End.OVER);
    await(
        () ->
            drawn().contains("\u001B[?1049l")
                && drawn().lastIndexOf("the end") > drawn().indexOf("\u001B[?1049l"));
  }

  @Test
  void theLastPictureEndsBlocksInAPipeAsWell() throws Exception {
    TestConsole console = TestConsole.pipe();
    LiveView view =
        new LiveView(console.console(), Duration.ofMillis(1), () -> new Last("the end"));
    assertThat(view.show(true)).isEqualTo(LiveView.End.OVER);
    assertThat(console.out()).isEqualTo("the end\n");
  }
}
