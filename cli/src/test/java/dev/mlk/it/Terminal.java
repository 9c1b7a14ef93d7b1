package dev.mlk.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real terminal, played by tmux, with a shell in it that runs in the surroundings of {@link Mlk}.
 */
final class Terminal implements AutoCloseable {
  private static final String NAME = "terminal";

  private final Mlk mlk;

  private Terminal(Mlk mlk) {
    this.mlk = mlk;
  }

  /** Skips the running test, and says so, where there is no tmux. */
  static void assumeThere() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(one -> Files.isExecutable(Path.of(one, "tmux")));
    // mlk needs no tmux; only tests do, to see a terminal as its user sees it.
    assumeTrue(there, "SKIPPED: tmux is not on this machine");
  }

  /** Opens one of that size. */
  static Terminal open(Mlk mlk, int columns, int rows) throws InterruptedException {
    Terminal terminal = new Terminal(mlk);
    terminal.tmux(
        List.of("-f", "/dev/null", "new-session", "-d", "-s", NAME),
        List.of("-x", Integer.toString(columns), "-y", Integer.toString(rows), "sh"));
    return terminal;
  }

  private String tmux(List<String> words, List<String> more) throws InterruptedException {
    List<String> command =
        Stream.of(List.of("tmux", "-S", mlk.home().resolve("tmux").toString()), words, more)
            .flatMap(List::stream)
            .toList();
    try (Mlk.Running running = mlk.program(command)) {
      return running.end().out();
    }
  }

  private String tmux(String verb, String... words) throws InterruptedException {
    return tmux(List.of(verb, "-t", NAME), List.of(words));
  }

  /** What stands on it. */
  String screen() {
    try {
      return tmux("capture-pane", "-p");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until a text stands on it. */
  void await(String text) {
    Mlk.await("\"" + text + "\" on the screen", () -> screen().contains(text));
  }

  /** Types a line for the shell. */
  void type(String line) throws InterruptedException {
    tmux("send-keys", line, "Enter");
  }

  /** Presses a key, as tmux names it. */
  void key(String key) throws InterruptedException {
    tmux("send-keys", key);
  }

  void resize(int columns, int rows) throws InterruptedException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** What tmux knows of it, such as {@code #{cursor_flag}}. */
  String state(String format) throws InterruptedException {
    return tmux("display-message", "-p", format).strip();
  }

  @Override
  public void close() {
    try {
      tmux(List.of("kill-server"), List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
