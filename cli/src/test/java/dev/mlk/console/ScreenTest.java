package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A terminal taken over and given back; the test plays the terminal. */
final class ScreenTest {
  private final BlockingQueue<Screen.Event> events = new LinkedBlockingQueue<>();
  private PlayedTerminal played;

  @BeforeEach
  void connect() throws Exception {
    played = new PlayedTerminal();
  }

  @AfterEach
  void disconnect() throws Exception {
    played.close();
  }

  private Screen.Event next() throws InterruptedException {
    return events.poll(PlayedTerminal.SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void keysAreToldAsTheyArePressed() throws Exception {
    try (Screen _ = Screen.on(played.terminal(), events::add)) {
      for (String[] key :
          new String[][] {
            {"n", "n"},
            {"\u001B[A", "up"},
            {"\u001BOB", "down"},
            {"\u001B[6~", "page-down"},
            {"\r", "enter"},
            {" ", " "}
          }) {
        played.press(key[0]);
        assertThat(next()).isEqualTo(new Screen.Event.Key(key[1]));
      }
    }
  }

  @Test
  void anotherSizeIsTold() throws Exception {
    try (Screen taken = Screen.on(played.terminal(), events::add)) {
      played.resize(30, 9);
      assertThat(next()).isEqualTo(new Screen.Event.Resized());
      assertThat(taken.columns()).isEqualTo(30);
      assertThat(taken.rows()).isEqualTo(9);
    }
  }

  @Test
  void moreLinesThanThereAreAreNotDrawn() {
    try (Screen taken = Screen.on(played.terminal(), events::add)) {
      taken.draw(List.of("one", "two", "three", "four", "five", "six", "seven"));
    }
    played.awaitDrawn("six\u001B[K");
    assertThat(played.drawn()).doesNotContain("seven");
  }

  @Test
  void aFullLineKeepsItsLastCharacter() {
    try (Screen taken = Screen.on(played.terminal(), events::add)) {
      taken.draw(List.of("1", "2", "3", "4", "5", "x".repeat(40)));
    }
    // Whatever would be erased from the cursor on begins with the last character.
    played.awaitDrawn("x".repeat(40) + "\u001B[?2026l");
  }

  @Test
  void theTerminalIsGivenBackAsItWas() {
    Attributes before = played.terminal().getAttributes();
    try (Screen taken = Screen.on(played.terminal(), events::add)) {
      assertThat(played.terminal().getAttributes().toString()).isNotEqualTo(before.toString());
      taken.draw(List.of("x"));
    }
    assertThat(played.terminal().getAttributes().toString()).isEqualTo(before.toString());
    played.awaitDrawn("\u001B[?7h\u001B[?25h\u001B[?1049l");
  }
}
