package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mlk watch} in a real terminal, as tmux shows it. */
@Tag("slow")
final class WatchInTerminalIT {
  /** Of one processor; a process that asks ten times a second takes more. */
  private static final double AT_REST = 0.02;

  private static final long REST_SECONDS = 6;
  private Mlk mlk;
  private Path folder;

  @BeforeEach
  void start() throws Exception {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(one -> Files.isExecutable(Path.of(one, "tmux")));
    // mlk needs no tmux; only this test does, to see a terminal as its user sees it.
    assumeTrue(there, "SKIPPED: tmux is not on this machine");
    mlk = new Mlk();
    folder = mlk.home().resolve("work");
    mlk.set("MLK_WORKSHOP", folder.toString());
    mlk.set("MLK_PACK", mlk.checkout().resolve("cli/src/test/resources/course/watched").toString());
    mlk.ok("cluster", "start");
    mlk.ok("module", "start", "practice-1");
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (mlk != null) {
      tmux("kill-server");
      mlk.close();
    }
  }

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
      return tmux("capture-pane", "-p", "-t", "watch");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void open() throws InterruptedException {
    String command = "sh " + mlk.checkout().resolve("mlk") + " watch practice-1";
    tmux("-f", "/dev/null", "new-session", "-d", "-s", "watch", "-x", "80", "-y", "24", "sh");
    type("stty -g > before.txt; " + command + "; echo ended with $?");
    Mlk.await("the first picture", () -> screen().contains("NO-KIND"));
  }

  private void type(String line) throws InterruptedException {
    tmux("send-keys", "-t", "watch", "cd " + mlk.home() + "; " + line, "Enter");
  }

  private void key(String key) throws InterruptedException {
    tmux("send-keys", "-t", "watch", key);
  }

  /** The terminal is as it was: same settings, the old screen, a cursor. */
  private void restored() throws InterruptedException {
    type("stty -g > after.txt; echo compared $(cmp before.txt after.txt && echo same)");
    Mlk.await("the same settings", () -> screen().contains("compared same"));
    assertThat(tmux("display-message", "-p", "-t", "watch", "#{alternate_on} #{cursor_flag}"))
        .isEqualToIgnoringWhitespace("0 1");
  }

  @Test
  void aModuleIsFollowedFromTheFirstKeyToTheLast() throws Exception {
    open();
    assertThat(screen()).contains("1.1 Write it down", "n next  h hint", "expected");
    assertThat(screen().lines()).allMatch(line -> line.length() <= 80);
    key("h");
    Mlk.await("a hint", () -> screen().contains("hint "));
    Files.writeString(folder.resolve("practice-1").resolve("note.txt"), "kind: ConfigMap\n");
    Mlk.await("the save seen", () -> screen().contains("1/2"));
    key("n");
    Mlk.await("the next step", () -> screen().contains("configmap/note created"));
    tmux("resize-window", "-t", "watch", "-x", "140", "-y", "40");
    Mlk.await("side by side", () -> screen().contains("│ "));
    key("s");
    Mlk.await("the solution", () -> screen().contains("Solution of 1.2"));
    key("y");
    Mlk.await("the end of the module", () -> screen().contains("2/2"));
    key("q");
    Mlk.await("the end", () -> screen().contains("ended with 0"));
    restored();
  }

  @Test
  void atRestItUsesNoProcessorAndHoweverItEndsTheTerminalIsGivenBack() throws Exception {
    open();
    List<ProcessHandle> watching = mlk.processes("dev.mlk.Mlk watch");
    assertThat(watching).hasSize(1);
    ProcessFigures figures = new ProcessFigures(watching.getFirst().pid());
    CountDownLatch never = new CountDownLatch(1);
    // Its looks come further apart the longer nothing happens.
    assertThat(never.await(8, TimeUnit.SECONDS)).isFalse();
    double before = figures.processorSeconds();
    assertThat(never.await(REST_SECONDS, TimeUnit.SECONDS)).isFalse();
    double share = (figures.processorSeconds() - before) / REST_SECONDS;
    assertThat(share).as("share of a processor at rest").isLessThan(AT_REST);
    assertThat(watching.getFirst().destroy()).isTrue();
    Mlk.await("the end by a signal", () -> screen().contains("ended with 143"));
    restored();
    tmux("send-keys", "-t", "watch", "clear", "Enter");
    type("sh " + mlk.checkout().resolve("mlk") + " watch practice-1; echo interrupted with $?");
    Mlk.await("another picture", () -> screen().contains("NO-KIND"));
    key("C-c");
    Mlk.await("the end by Ctrl-C", () -> screen().contains("interrupted with 130"));
    restored();
  }
}
