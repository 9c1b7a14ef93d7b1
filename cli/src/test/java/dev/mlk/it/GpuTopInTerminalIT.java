package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mlk gpu top -w} in a real terminal, as tmux shows it. */
@Tag("slow")
final class GpuTopInTerminalIT {
  @Test
  void itIsDrawnInPlaceFollowsTheSizeAndEndsWithQ() throws Exception {
    Terminal.assumeThere();
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start", "--nodes", "2", "--gpus", "4");
      String command = "sh " + mlk.checkout().resolve("mlk") + " gpu top -w --every 1";
      try (Terminal terminal = Terminal.open(mlk, 80, 24)) {
        terminal.type("echo before; " + command + "; echo ended with $?");
        terminal.await("q ends");
        String first = terminal.screen();
        assertThat(first).contains("0 of 8 GPUs allocated, 8 free", "node-1   Tesla-T4   0/4");
        assertThat(first.lines()).allMatch(line -> line.length() <= 80);
        Mlk.await(
            "a later picture",
            () -> !terminal.screen().lines().findFirst().equals(first.lines().findFirst()));
        terminal.resize(80, 8);
        terminal.await("more lines below");
        terminal.key("q");
        terminal.await("ended with 0");
        terminal.type("clear; " + command + "; echo ended with $?");
        terminal.await("q ends");
        terminal.key("C-c");
        terminal.await("ended with 130");
      }
    }
  }
}
