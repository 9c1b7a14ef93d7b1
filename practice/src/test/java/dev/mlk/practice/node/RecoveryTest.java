package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.testing.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is found and done when the cluster starts again, however it ended. */
@Tag("target")
final class RecoveryTest {
  @TempDir Path folder;

  static final String COUNTER =
      """
      restartPolicy: %s
      containers:
      - name: main
        image: busybox
        command: [sh, -c, 'echo $$$$ >> /note/pids; sleep 1000 & echo $! >> /note/pids; echo run >> /note/runs; wait']
        volumeMounts: [{name: note, mountPath: /note}]
      volumes: [{name: note, emptyDir: {}}]
      """;

  @Test
  void containers_that_ran_are_restarted_as_their_policy_says_and_finished_ones_stay()
      throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("always", COUNTER.formatted("Always"));
      cluster.pod("never", COUNTER.formatted("Never"));
      cluster.pod(
          "done",
          "{restartPolicy: Never, containers: [{name: main, image: busybox, command: [echo, ok]}]}");
      ObjectNode always = cluster.awaitPhase("always", "Running");
      cluster.awaitPhase("never", "Running");
      ObjectNode done = cluster.awaitPhase("done", "Succeeded");
      Path note = cluster.podFolder(always).resolve("volumes/note/runs");
      Await.until("it has run", () -> Files.exists(note) && Files.size(note) > 0);
      Path vanished = cluster.folder().resolve("nodes/node-1/pods/vanished");
      Files.createDirectories(vanished);
      cluster.stopAgent();
      cluster.startAgent();
      JsonNode again =
          TestCluster.container(
              cluster.await(
                  "always",
                  "restarted",
                  pod ->
                      TestCluster.container(pod).path("restartCount").asInt() == 1
                          && TestCluster.state(pod).has("running")));
      assertThat(again.path("lastState").path("terminated").path("reason").asString(""))
          .isEqualTo("Unknown");
      Await.until("it has run again", () -> Files.readString(note).equals("run\nrun\n"));
      ObjectNode never = cluster.awaitPhase("never", "Failed");
      JsonNode ended = TestCluster.state(never).path("terminated");
      assertThat(ended.path("reason").asString("")).isEqualTo("Unknown");
      assertThat(ended.path("exitCode").asInt()).isEqualTo(255);
      assertThat(cluster.get("done").path("status").path("phase").asString(""))
          .isEqualTo("Succeeded");
      assertThat(TestCluster.container(cluster.get("done")).path("containerID"))
          .isEqualTo(TestCluster.container(done).path("containerID"));
      assertThat(cluster.log("done")).isEqualTo("ok\n");
      assertThat(vanished).doesNotExist();
    }
  }

  @Test
  void kill_9_of_the_whole_cluster_leaves_no_process_and_its_pods_come_back() throws Exception {
    Target.only(Target.BUILT_IN, "another process has a cluster of its own");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(WholeClusterToKill.class.getName(), folder.toString()));
    Process jvm =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      Await.until("its pod runs", () -> Files.exists(folder.resolve("runs")) || !jvm.isAlive());
      assertThat(jvm.isAlive()).as(Files.readString(folder.resolve("errors"))).isTrue();
    } finally {
      jvm.destroyForcibly().waitFor();
    }
    Path note = Path.of(Files.readString(folder.resolve("runs")));
    List<Long> pids = Files.readAllLines(note.resolve("pids")).stream().map(Long::valueOf).toList();
    assertThat(pids).hasSize(2);
    Await.until("no process is left", () -> pids.stream().noneMatch(RecoveryTest::alive));
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.await(
          "always",
          "restarted",
          pod ->
              TestCluster.container(pod).path("restartCount").asInt() == 1
                  && TestCluster.state(pod).has("running"));
      Await.until(
          "it has run again", () -> Files.readString(note.resolve("runs")).equals("run\nrun\n"));
    }
  }

  /** A zombie that nobody has fetched yet is dead. */
  static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
