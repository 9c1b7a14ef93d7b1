package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private Terminal terminal;
  private Path folder;

  @BeforeEach
  void start() throws Exception {
    Terminal.assumeThere();
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
      if (terminal != null) {
        terminal.close();
      }
      mlk.close();
    }
  }

  private void open() throws InterruptedException {
    terminal = Terminal.open(mlk, 80, 24);
    type("stty -g > before.txt; " + watch() + "; echo ended with $?");
    terminal.await("NO-KIND");
  }

  private String watch() {
    return "sh " + mlk.checkout().resolve("mlk") + " watch practice-1";
  }

  private void type(String line) throws InterruptedException {
    terminal.type("cd " + mlk.home() + "; " + line);
  }

  /** The terminal is as it was: same settings, the old screen, a cursor. */
  private void restored() throws InterruptedException {
    type("stty -g > after.txt; echo compared $(cmp before.txt after.txt && echo same)");
    terminal.await("compared same");
    assertThat(terminal.state("#{alternate_on} #{cursor_flag}")).isEqualTo("0 1");
  }

  @Test
  void aModuleIsFollowedFromTheFirstKeyToTheLast() throws Exception {
    open();
    assertThat(terminal.screen()).contains("1.1 Write it down", "n next  h hint", "expected");
    assertThat(terminal.screen().lines()).allMatch(line -> line.length() <= 80);
    terminal.key("h");
    terminal.await("hint ");
    Files.writeString(folder.resolve("practice-1").resolve("note.txt"), "kind: ConfigMap\n");
    terminal.await("1/2");
    terminal.key("n");
    terminal.await("configmap/note created");
    terminal.resize(140, 40);
    terminal.await("│ ");
    terminal.key("s");
    terminal.await("Solution of 1.2");
    terminal.key("y");
    terminal.await("2/2");
    terminal.key("q");
    terminal.await("ended with 0");
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
    terminal.await("ended with 143");
    restored();
    terminal.type("clear");
    type(watch() + "; echo interrupted with $?");
    terminal.await("NO-KIND");
    terminal.key("C-c");
    terminal.await("interrupted with 130");
    restored();
  }
}
