package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal of 40 columns and 6 rows whose keys and eyes are the test's. */
final class PlayedTerminal implements AutoCloseable {
  static final long SECONDS = 60;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final Terminal terminal;

  PlayedTerminal() throws IOException {
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm")
            .encoding(StandardCharsets.UTF_8)
            .streams(new PipedInputStream(keys), screen)
            .build();
    terminal.setSize(Size.of(40, 6));
  }

  Terminal terminal() {
    return terminal;
  }

  void press(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  void resize(int columns, int rows) {
    terminal.setSize(Size.of(columns, rows));
    terminal.raise(Terminal.Signal.WINCH);
  }

  /** All that was ever written to it. */
  String drawn() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  void awaitDrawn(String text) {
    await(() -> drawn().contains(text));
  }

  static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
