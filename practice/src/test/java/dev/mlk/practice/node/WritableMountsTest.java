package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that makes no mount namespaces says so where it matters. */
final class WritableMountsTest {
  private static final String EVENT =
      "WritableMounts: No mount namespace can be made on this machine: this pod's programs can"
          + " write where its mounts are readOnly";

  @TempDir Path folder;

  private static final String SPEC =
      """
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        command: [sh, -c, "echo written > /shared/file && cat /data/file"]
        volumeMounts:
        - {name: data, mountPath: /data}
        - {name: data, mountPath: /shared, readOnly: %s}
      volumes: [{name: data, emptyDir: {}}]
      """;

  @Test
  void a_pod_with_a_read_only_mount_runs_and_its_event_tells_that_it_can_be_written()
      throws Exception {
    try (TestCluster cluster = TestCluster.withoutMounts(folder)) {
      cluster.pod("asks", SPEC.formatted(true));
      cluster.pod("asks-not", SPEC.formatted(false));
      for (String name : List.of("asks", "asks-not")) {
        cluster.awaitPhase(name, "Succeeded");
        assertThat(cluster.log(name)).isEqualTo("written\n");
      }
      // Events are written beside what they tell of, and this one is made before the last.
      for (String name : List.of("asks", "asks-not")) {
        Await.until(
            "its events are there",
            () -> cluster.events(name).stream().anyMatch(text -> text.startsWith("Started: ")));
      }
      assertThat(cluster.events("asks")).containsOnlyOnce(EVENT);
      assertThat(cluster.events("asks-not")).doesNotContain(EVENT);
    }
  }
}
