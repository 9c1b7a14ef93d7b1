package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Programs that behave badly, and many at once. */
final class StubbornTest {
  @TempDir Path folder;

  @Test
  void a_log_that_cannot_be_written_does_not_hold_up_its_program() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      ObjectNode pod =
          cluster.pod(
              "talker",
              """
              restartPolicy: Never
              containers:
              - name: main
                image: busybox
                command: [sh, -c, 'while [ ! -e /g/go ]; do sleep 0.02; done; head -c 1000000 /dev/zero; echo; touch /g/through']
                volumeMounts: [{name: g, mountPath: /g}]
              volumes: [{name: g, hostPath: {path: /g}}]
              """);
      cluster.awaitPhase("talker", "Running");
      Path logs = cluster.podFolder(pod).resolve("containers/main/logs");
      Files.createDirectories(logs.getParent());
      Files.deleteIfExists(logs);
      Files.writeString(logs, "where a folder should be");
      Path gate = cluster.folder().resolve("nodes/node-1/host/g");
      Files.createFile(gate.resolve("go"));
      cluster.awaitPhase("talker", "Succeeded");
      assertThat(gate.resolve("through")).exists();
    }
  }

  @Test
  @Tag("slow")
  void a_program_that_logs_as_fast_as_it_can_keeps_to_its_disk_space() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      ObjectNode pod =
          cluster.pod(
              "flood",
              """
              restartPolicy: Never
              containers:
              - {name: main, image: busybox, command: [sh, -c, 'yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c 300000000; echo; echo last']}
              """);
      cluster.awaitPhase("flood", "Succeeded");
      long bytes = size(cluster.podFolder(pod).resolve("containers/main/logs"));
      assertThat(bytes).isBetween(40L << 20, 51L << 20);
      assertThat(cluster.log("flood")).endsWith("\nlast\n");
    }
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  @Tag("slow")
  void two_hundred_processes_start_and_end_at_once() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      for (int i = 0; i < 200; i++) {
        cluster.pod(
            "p-" + i,
            "{restartPolicy: Never, terminationGracePeriodSeconds: 60, containers: [{name: main, image: busybox, command: [sleep, '1000']}]}");
      }
      Await.until("all run", () -> phases(cluster, "Running") == 200);
      for (int i = 0; i < 200; i++) {
        cluster.delete("p-" + i, 60);
      }
      Await.until(
          "all are gone",
          () -> cluster.api().list(Resources.PODS, "default", Map.of()).path("items").isEmpty());
    }
  }

  private static int phases(TestCluster cluster, String phase) {
    int count = 0;
    for (JsonNode pod : cluster.api().list(Resources.PODS, "default", Map.of()).path("items")) {
      count += pod.path("status").path("phase").asString("").equals(phase) ? 1 : 0;
    }
    return count;
  }
}
