package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A terminal taken over and given back; the test plays the terminal. */
final class ScreenTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final BlockingQueue<Screen.Event> events = new LinkedBlockingQueue<>();
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

  private void press(String text) throws Exception {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private Screen.Event next() throws InterruptedException {
    return events.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void keysAreToldAsTheyArePressed() throws Exception {
    try (Screen _ = Screen.on(terminal, events::add)) {
      for (String[] key :
          new String[][] {
            {"n", "n"},
            {"\u001B[A", "up"},
            {"\u001BOB", "down"},
            {"\u001B[6~", "page-down"},
            {"\r", "enter"},
            {" ", " "}
          }) {
        press(key[0]);
        assertThat(next()).isEqualTo(new Screen.Event.Key(key[1]));
      }
    }
  }

  @Test
  void anotherSizeIsTold() throws Exception {
    try (Screen taken = Screen.on(terminal, events::add)) {
      terminal.setSize(Size.of(30, 9));
      terminal.raise(Terminal.Signal.WINCH);
      assertThat(next()).isEqualTo(new Screen.Event.Resized());
      assertThat(taken.columns()).isEqualTo(30);
      assertThat(taken.rows()).isEqualTo(9);
    }
  }

  @Test
  void moreLinesThanThereAreAreNotDrawn() {
    try (Screen taken = Screen.on(terminal, events::add)) {
      taken.draw(List.of("one", "two", "three", "four", "five", "six", "seven"));
    }
    drawn("six\u001B[K");
    assertThat(screen.toString(StandardCharsets.UTF_8)).doesNotContain("seven");
  }

  @Test
  void aFullLineKeepsItsLastCharacter() {
    try (Screen taken = Screen.on(terminal, events::add)) {
      taken.draw(List.of("1", "2", "3", "4", "5", "x".repeat(40)));
    }
    // Whatever would be erased from the cursor on begins with the last character.
    drawn("x".repeat(40) + "\u001B[?2026l");
  }

  @Test
  void theTerminalIsGivenBackAsItWas() {
    Attributes before = terminal.getAttributes();
    try (Screen taken = Screen.on(terminal, events::add)) {
      assertThat(terminal.getAttributes().toString()).isNotEqualTo(before.toString());
      taken.draw(List.of("x"));
    }
    assertThat(terminal.getAttributes().toString()).isEqualTo(before.toString());
    drawn("\u001B[?7h\u001B[?25h\u001B[?1049l");
  }

  /** Waits until the terminal has written this. */
  private void drawn(String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!screen.toString(StandardCharsets.UTF_8).contains(text)) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
