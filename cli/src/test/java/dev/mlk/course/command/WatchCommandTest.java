package dev.mlk.course.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.cluster.PracticeInProcess.Result;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlk watch} with the engine, on the practice cluster and a learner's folder. */
final class WatchCommandTest {
  private static final Path PACK = Path.of("src/test/resources/course/watched").toAbsolutePath();
  @TempDir private static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static Result run(TestConsole console, Map<String, String> more, String... arguments) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MLK_PACK", PACK.toString());
    environment.put("MLK_WORKSHOP", home.resolve("work").toString());
    return cluster.run(console, environment, arguments);
  }

  private static void await(TestConsole console, String text) {
    BooleanSupplier there = () -> console.out().contains(text);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s is not in\n%s", text, console.out()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void savesAndChangesOfTheClusterAreSeenUntilTheModuleIsComplete() throws Exception {
    TestConsole console = TestConsole.pipe();
    run(TestConsole.pipe(), Map.of(), "board", "join", "--as-name", "ada");
    CompletableFuture<Result> watch =
        CompletableFuture.supplyAsync(
            () -> run(console, Map.of(), "watch", "practice-1"),
            task -> Thread.ofPlatform().daemon().start(task));
    await(console, "1.1 failed NO-KIND");
    Path note = home.resolve("work").resolve("practice-1").resolve("note.txt");
    assertThat(note).hasContent("# your note");
    Files.writeString(note, "kind: ConfigMap\n");
    await(console, "1.1 passed");
    Result solved = run(TestConsole.pipe(), Map.of(), "module", "solve", "1.2", "--yes");
    assertThat(solved.code()).as(solved.err()).isZero();
    Result ended = watch.get(60, TimeUnit.SECONDS);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("practice-1: Notes, 2 steps\n").endsWith("1.2 passed\n");
    assertThat(run(TestConsole.pipe(), Map.of(), "board").out())
        .contains("1 learner: 1 in practice-1", "ada", "done", "2/2");
    run(TestConsole.pipe(), Map.of(), "board", "leave");
  }

  @Test
  void aPageIsShownWithTheLearnersNames() {
    Result page =
        run(TestConsole.pipe(), Map.of("MLK_LEARNER", "ada"), "module", "show", "practice-1");
    assertThat(page.code()).as(page.err()).isZero();
    assertThat(page.out())
        .startsWith("Module 1: Notes\n===============\n")
        .contains("the cluster of ada", "$ kubectl create configmap note -n mlk");
    Result section = run(TestConsole.terminal(""), Map.of(), "module", "show", "1.2");
    assertThat(section.out()).startsWith("\u001B[1m1.2 Put it into the cluster");
  }

  @Test
  void aModuleThatIsNotThereIsRefused() {
    assertThat(run(TestConsole.pipe(), Map.of(), "watch", "module-9").code()).isEqualTo(3);
    assertThat(run(TestConsole.pipe(), Map.of(), "watch", "-o", "json").code()).isEqualTo(2);
  }
}
