package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mlk gpu top -w} in a real terminal, as tmux shows it. */
@Tag("slow")
final class GpuTopInTerminalIT {
  private final Mlk mlk = new Mlk();

  private String tmux(String... words) throws InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("tmux", "-S", mlk.home().resolve("tmux").toString()),
                Arrays.stream(words))
            .toList();
    try (Mlk.Running running = mlk.program(command)) {
      return running.end().out();
    }
  }

  private String screen() {
    try {
      return tmux("capture-pane", "-p", "-t", "top");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsDrawnInPlaceFollowsTheSizeAndEndsWithQ() throws Exception {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
    // mlk needs no tmux; only this test does, to see a terminal as its user sees it.
    assumeTrue(there, "SKIPPED: tmux is not on this machine");
    try (mlk) {
      mlk.ok("cluster", "start", "--nodes", "2", "--gpus", "4");
      String command = "sh " + mlk.checkout().resolve("mlk") + " gpu top -w --every 1";
      tmux("-f", "/dev/null", "new-session", "-d", "-s", "top", "-x", "80", "-y", "24", "sh");
      tmux("send-keys", "-t", "top", "echo before; " + command + "; echo ended with $?", "Enter");
      Mlk.await("the first picture", () -> screen().contains("q ends"));
      String first = screen();
      assertThat(first).contains("0 of 8 GPUs allocated, 8 free", "node-1   Tesla-T4   0/4");
      assertThat(first.lines()).allMatch(line -> line.length() <= 80);
      Mlk.await(
          "a later picture", () -> !screen().lines().findFirst().equals(first.lines().findFirst()));
      tmux("resize-window", "-t", "top", "-x", "80", "-y", "8");
      Mlk.await("a smaller picture", () -> screen().contains("more lines below"));
      tmux("send-keys", "-t", "top", "q");
      Mlk.await("the end", () -> screen().contains("ended with 0"));
      tmux("send-keys", "-t", "top", "clear; " + command + "; echo ended with $?", "Enter");
      Mlk.await("another picture", () -> screen().contains("q ends"));
      tmux("send-keys", "-t", "top", "C-c");
      Mlk.await("the other end", () -> screen().contains("ended with 130"));
      tmux("kill-server");
    }
  }
}
