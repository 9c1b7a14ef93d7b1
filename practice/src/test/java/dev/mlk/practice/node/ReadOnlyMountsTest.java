package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.kube.Resources;
import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.node.volume.MountNamespaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What may not be written cannot be written, and everything else can. */
@Tag("target")
final class ReadOnlyMountsTest {
  private static final String REFUSED = "Read-only file system";

  @TempDir Path folder;

  @BeforeEach
  void where_it_can_be_done() {
    // Only Linux has them, and a container or a hardened system may forbid them.
    assumeTrue(
        new MountNamespaces(folder).possible(), "SKIPPED: no mount namespace can be made here");
  }

  private record Ended(int code, String text) {}

  private static Ended exec(TestCluster cluster, String command) throws Exception {
    return exec(cluster, List.of("sh", "-c", command + " 2>&1"));
  }

  private static Ended exec(TestCluster cluster, List<String> command) throws Exception {
    try (RunningCommand running =
        cluster.agent().streams().exec(cluster.target("runs", "main"), command, false)) {
      running.stdin().close();
      String text = new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(running.waitFor(), text);
    }
  }

  private static void create(TestCluster cluster, String kind, String rest) {
    cluster
        .api()
        .create(
            kind.equals("Secret") ? Resources.SECRETS : Resources.CONFIG_MAPS,
            "default",
            TestCluster.yaml("{apiVersion: v1, kind: " + kind + ", " + rest + "}"));
  }

  @Test
  void a_program_that_writes_into_a_read_only_mount_hears_so() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      create(cluster, "ConfigMap", "metadata: {name: settings}, data: {a: A}");
      create(cluster, "Secret", "metadata: {name: keys}, stringData: {k: K}");
      cluster.pod(
          "reader",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            workingDir: /shared
            command: [sh, -c, "echo new > /data/file; cat /shared/file; for at in /shared/x ./here /data/part/x /settings/a /keys/new /me/x; do touch $at; echo $?; done; mkdir /data/other && ls /data; echo $SOME_THING"]
            env: [{name: SOME_THING, value: some thing}]
            volumeMounts:
            - {name: data, mountPath: /data}
            - {name: data, mountPath: /shared, readOnly: true}
            - {name: data, mountPath: /data/part, subPath: part, readOnly: true}
            - {name: settings, mountPath: /settings}
            - {name: keys, mountPath: /keys}
            - {name: me, mountPath: /me}
          volumes:
          - {name: data, emptyDir: {}}
          - {name: settings, configMap: {name: settings}}
          - {name: keys, secret: {secretName: keys}}
          - {name: me, downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
          """);
      cluster.awaitPhase("reader", "Succeeded");
      String log = cluster.log("reader");
      assertThat(log.lines().filter(line -> line.endsWith(REFUSED))).as(log).hasSize(6);
      assertThat(log.lines().filter(line -> !line.endsWith(REFUSED)))
          .as(log)
          .containsSubsequence("new", "1", "1", "1", "1", "1", "1", "file", "other", "part")
          .endsWith("some thing");
    }
  }

  @Test
  void so_does_a_command_beside_it_and_files_still_follow_their_objects() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      create(cluster, "ConfigMap", "metadata: {name: settings}, data: {a: old}");
      // A name that a plain shell would drop.
      cluster.pod(
          "runs",
          """
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            env: [{name: some.thing, value: dotted}]
            volumeMounts: [{name: s, mountPath: /s}, {name: s, mountPath: /bin/a, subPath: a}]
          volumes: [{name: s, configMap: {name: settings, defaultMode: 493}}]
          """);
      cluster.awaitPhase("runs", "Running");
      Ended ended = exec(cluster, "touch /s/b");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.text()).endsWith(REFUSED + "\n");
      assertThat(exec(cluster, "(echo x >> /bin/a)").text()).endsWith(REFUSED + "\n");
      assertThat(exec(cluster, "touch /tmp/b && echo done").text()).isEqualTo("done\n");
      assertThat(exec(cluster, List.of("env")).text())
          .contains("some.thing=dotted\n")
          .doesNotContain("PWD=");
      ObjectNode map = cluster.api().get(Resources.CONFIG_MAPS, "default", "settings");
      map.putObject("data").put("a", "new");
      cluster.api().update(Resources.CONFIG_MAPS, map);
      Await.until(
          "the file has followed",
          () -> {
            ticker.advance(java.time.Duration.ofMinutes(1));
            return exec(cluster, "cat /s/a").text().equals("new");
          });
      assertThat(exec(cluster, "cat /bin/a").text()).isEqualTo("old");
      cluster.delete("runs", 0);
      cluster.awaitGone("runs");
    }
  }

  @Test
  void where_no_namespace_can_be_made_commands_stay_as_they_are() throws Exception {
    Path nowhere = folder.resolve("absent");
    assertThat(new MountNamespaces(nowhere).possible()).isFalse();
    assertThat(Files.exists(nowhere)).isFalse();
  }
}
