package dev.mlk.course.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import dev.mlk.course.board.Notes;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A watch on files and on the practice cluster. */
final class WatchTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;
  private static Connection connection;
  private static Invocation invocation;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    invocation =
        new Invocation(
            TestConsole.pipe().console(),
            GlobalOptions.NONE,
            Map.of("KUBECONFIG", cluster.kubeconfig().toString()),
            home,
            InstantSource.system());
    connection =
        new Connections(
                invocation,
                _ -> {
                  throw new IllegalStateException("the kubeconfig names the cluster");
                })
            .open();
  }

  @AfterAll
  static void stop() throws IOException {
    connection.close();
    cluster.close();
  }

  private static ApiClient client() {
    return connection.client();
  }

  private static ObjectNode configMap(String name, Map<String, String> labels) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    ObjectNode all = metadata.putObject("labels");
    labels.forEach(all::put);
    return object;
  }

  /** Runs a watch and tells every standing that is not being verified; an interrupt ends it. */
  private static Thread follow(PlayedLesson lesson, BlockingQueue<Lesson.Standing> seen) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                new Watch(invocation, client(), "default")
                    .follow(
                        lesson,
                        (_, standing, busy) -> {
                          if (!busy) {
                            seen.add(standing);
                          }
                        });
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static Duration until(
      BlockingQueue<Lesson.Standing> seen, Lesson.Standing wanted, long start)
      throws InterruptedException {
    while (true) {
      Lesson.Standing one = seen.poll(60, TimeUnit.SECONDS);
      assertThat(one).as("never shown").isNotNull();
      if (one.equals(wanted)) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
    }
  }

  /** Its steps are always settled: nothing is looked at again by the clock. */
  @Test
  void aSaveAndAnEventOfTheClusterAreAnsweredWithoutWaitingForTheNextLook(TestReporter reporter)
      throws Exception {
    PlayedLesson lesson = new PlayedLesson("module-3", folder, Mark.OPEN, Mark.OPEN, Mark.OPEN);
    lesson.verdict =
        () -> {
          boolean file = Files.exists(folder.resolve("gpu-job.yaml"));
          boolean there = client().find(Resources.CONFIG_MAPS, "default", "seen").isPresent();
          return PlayedLesson.standing(
              file ? Mark.PASSED : Mark.SKIPPED, there ? Mark.PASSED : Mark.SKIPPED, Mark.OPEN);
        };
    BlockingQueue<Lesson.Standing> seen = new LinkedBlockingQueue<>();
    Thread watch = follow(lesson, seen);
    until(seen, PlayedLesson.standing(Mark.SKIPPED, Mark.SKIPPED, Mark.OPEN), 0);
    quiet(lesson);

    long start = System.nanoTime();
    Files.writeString(folder.resolve("gpu-job.yaml"), "kind: Job\n");
    Duration save = until(seen, PlayedLesson.standing(Mark.PASSED, Mark.SKIPPED, Mark.OPEN), start);

    start = System.nanoTime();
    client().create(Resources.CONFIG_MAPS, "default", configMap("seen", Map.of()));
    Duration event = until(seen, PlayedLesson.standing(Mark.PASSED, Mark.PASSED, Mark.OPEN), start);
    reporter.publishEntry(Map.of("save", save.toString(), "event", event.toString()));
    watch.interrupt();
    watch.join();
  }

  /** Waits until the informers have said all that they have to say at the start. */
  private static void quiet(PlayedLesson lesson) throws InterruptedException {
    int before;
    do {
      before = lesson.verified.get();
      assertThat(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS)).isFalse();
    } while (lesson.verified.get() != before);
  }

  /** Everything up to a change: a young cluster changes by itself, too. */
  private static List<String> until(BlockingQueue<String> changes, String wanted)
      throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (!all.contains(wanted)) {
      String one = changes.poll(60, TimeUnit.SECONDS);
      assertThat(one).as("%s after %s", wanted, all).isNotNull();
      all.add(one);
    }
    return all;
  }

  @Test
  void whatMlkWritesForTheBoardIsNoChange() throws Exception {
    BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    try (ClusterChanges _ =
        ClusterChanges.of(client(), "default", List.of(Resources.CONFIG_MAPS), changes::add)) {
      until(changes, "ConfigMap");
      client()
          .create(Resources.CONFIG_MAPS, "default", configMap("note", Map.of(Notes.LABEL, "note")));
      client().create(Resources.CONFIG_MAPS, "default", configMap("theirs", Map.of()));
      assertThat(until(changes, "ConfigMap theirs")).doesNotContain("ConfigMap note");
    }
  }

  @Test
  void whatIsDeletedIsAChange() throws Exception {
    client().create(Resources.CONFIG_MAPS, "default", configMap("goes", Map.of()));
    BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    try (ClusterChanges _ =
        ClusterChanges.of(client(), "default", List.of(Resources.CONFIG_MAPS), changes::add)) {
      until(changes, "ConfigMap");
      client().delete(Resources.CONFIG_MAPS, "default", "goes", Json.object());
      until(changes, "ConfigMap goes");
    }
  }

  @Test
  void withoutATerminalThereAreLinesUntilAllHavePassed() throws Exception {
    PlayedLesson lesson = new PlayedLesson("module-3", folder, Mark.OPEN, Mark.OPEN, Mark.OPEN);
    lesson.verdict =
        () ->
            lesson.verified.get() < 3
                ? PlayedLesson.standing(Mark.PASSED, Mark.FAILED, Mark.OPEN)
                : PlayedLesson.standing(Mark.PASSED, Mark.PASSED, Mark.SKIPPED);
    TestConsole console = TestConsole.pipe();
    int code = new Watch(invocation.with(console.console()), client(), "default").show(lesson);
    assertThat(code).isZero();
    assertThat(console.out())
        .isEqualTo(
            """
            module-3: GPUs, 3 steps
            3.1 passed
            3.2 failed GPU-NO-LIMIT: Job module3-gpu has nvidia.com/gpu under requests only; expected nvidia.com/gpu: 1 under resources.limits; next: put nvidia.com/gpu: 1 under resources.limits of the container
            3.3 open
            3.2 passed
            3.3 skipped
            """);
  }
}
