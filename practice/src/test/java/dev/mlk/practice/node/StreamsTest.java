package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.kubelet.PodStreams.TerminalSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("target")
final class StreamsTest {
  @TempDir Path folder;

  private static final String IDLE =
      """
      containers:
      - name: main
        image: busybox
        command: [sh, -c, 'echo up; exec sleep 1000']
        env: [{name: COLOUR, value: blue}]
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]
      """;

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void a_command_runs_beside_the_container_with_its_environment_and_mounts() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("idle", IDLE);
      cluster.awaitPhase("idle", "Running");
      try (RunningCommand command =
          cluster
              .agent()
              .streams()
              .exec(
                  cluster.target("idle", "main"),
                  List.of(
                      "sh",
                      "-c",
                      "read x; echo $x $COLOUR; echo bad >&2; echo k > /data/k; exit 5"),
                  false)) {
        command.stdin().write("hi\n".getBytes(StandardCharsets.UTF_8));
        command.stdin().close();
        assertThat(text(command.stdout())).isEqualTo("hi blue\n");
        assertThat(text(command.stderr())).isEqualTo("bad\n");
        assertThat(command.waitFor()).isEqualTo(5);
      }
      try (RunningCommand command =
          cluster
              .agent()
              .streams()
              .exec(cluster.target("idle", "main"), List.of("cat", "/data/k"), false)) {
        assertThat(text(command.stdout())).isEqualTo("k\n");
      }
      assertThatThrownBy(
              () ->
                  cluster
                      .agent()
                      .streams()
                      .exec(cluster.target("idle", "main"), List.of("no-such"), false))
          .hasMessageEndingWith("exec: \"no-such\": executable file not found in $PATH");
    }
  }

  @Test
  void an_archive_holds_the_names_that_the_container_knows() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("idle", IDLE);
      cluster.awaitPhase("idle", "Running");
      assertThat(sh(cluster, "echo k > /data/k; mkdir -p /tmp/t; echo a > /tmp/t/a")).isEmpty();
      assertThat(packed(cluster, "tar", "cf", "-", "/tmp/t/a")).isEqualTo("tmp/t/a\n");
      assertThat(packed(cluster, "tar", "-cf", "-", "/tmp/t")).isEqualTo("tmp/t/\ntmp/t/a\n");
      assertThat(packed(cluster, "tar", "cf", "-", "/data")).isEqualTo("data/./\ndata/./k\n");
      try (RunningCommand unpack = exec(cluster, "tar", "xf", "-", "-C", "/");
          RunningCommand pack = exec(cluster, "tar", "cf", "-", "/tmp/t/a")) {
        byte[] archive = pack.stdout().readAllBytes();
        assertThat(sh(cluster, "rm /tmp/t/a")).isEmpty();
        unpack.stdin().write(archive);
        unpack.stdin().close();
        assertThat(unpack.waitFor()).isZero();
        assertThat(sh(cluster, "cat /tmp/t/a")).isEqualTo("a\n");
      }
    }
  }

  private static RunningCommand exec(TestCluster cluster, String... command) throws IOException {
    return cluster.agent().streams().exec(cluster.target("idle", "main"), List.of(command), false);
  }

  private static String sh(TestCluster cluster, String script) throws IOException {
    try (RunningCommand command = exec(cluster, "sh", "-c", script)) {
      return text(command.stdout()) + text(command.stderr());
    }
  }

  /** What is in the archive that the command writes. */
  private static String packed(TestCluster cluster, String... command) throws IOException {
    try (RunningCommand pack = exec(cluster, command);
        RunningCommand list = exec(cluster, "tar", "tf", "-")) {
      list.stdin().write(pack.stdout().readAllBytes());
      list.stdin().close();
      return text(list.stdout());
    }
  }

  @Test
  void a_terminal_has_a_size_and_one_stream() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("idle", IDLE);
      cluster.awaitPhase("idle", "Running");
      try (RunningCommand command =
          cluster
              .agent()
              .streams()
              .exec(
                  cluster.target("idle", "main"),
                  List.of("sh", "-c", "read x; stty size; test -t 2 && echo terminal >&2"),
                  true)) {
        command.resize(new TerminalSize(101, 37));
        command.stdin().write("\n".getBytes(StandardCharsets.UTF_8));
        command.stdin().flush();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(command.stdout(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEmpty();
        assertThat(lines.readLine()).isEqualTo("37 101");
        assertThat(lines.readLine()).isEqualTo("terminal");
        assertThat(command.waitFor()).isZero();
      }
    }
  }

  @Test
  void closing_a_command_ends_it_and_the_container_stays() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("idle", IDLE);
      cluster.awaitPhase("idle", "Running");
      RunningCommand command =
          cluster
              .agent()
              .streams()
              .exec(cluster.target("idle", "main"), List.of("sleep", "1000"), false);
      command.close();
      assertThat(command.waitFor()).isEqualTo(137);
      assertThat(TestCluster.state(cluster.get("idle")).has("running")).isTrue();
    }
  }

  @Test
  void attaching_shows_output_and_passes_input() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "cat",
          """
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [sh, -c, 'read x; echo got $x'], stdin: true, stdinOnce: true}]
          """);
      cluster.awaitPhase("cat", "Running");
      try (RunningCommand attached =
          cluster.agent().streams().attach(cluster.target("cat", "main"), false)) {
        attached.stdin().write("word\n".getBytes(StandardCharsets.UTF_8));
        attached.stdin().flush();
        assertThat(text(attached.stdout())).isEqualTo("got word\n");
        assertThat(attached.waitFor()).isZero();
      }
      cluster.awaitPhase("cat", "Succeeded");
    }
  }

  @Test
  void attaching_after_the_output_has_ended_ends_with_the_container() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "mute",
          """
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [sh, -c, 'exec >&- 2>&-; read x; exit 4'], stdin: true}]
          """);
      cluster.awaitPhase("mute", "Running");
      assertThat(cluster.log("mute", true, false)).isEmpty();
      try (RunningCommand attached =
          cluster.agent().streams().attach(cluster.target("mute", "main"), false)) {
        attached.stdin().write('\n');
        attached.stdin().flush();
        assertThat(attached.waitFor()).isEqualTo(4);
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> assertThat(text(attached.stdout())).isEmpty());
      }
    }
  }

  @Test
  void a_followed_log_ends_with_its_container() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "count",
          """
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [sh, -c, 'echo 1; read x; echo 2'], stdin: true}]
          """);
      cluster.awaitPhase("count", "Running");
      CompletableFuture<String> log =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return cluster.log("count", true, false);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      RunningCommand attached =
          cluster.agent().streams().attach(cluster.target("count", "main"), false);
      attached.stdin().write('\n');
      attached.stdin().flush();
      assertThat(log.get(60, TimeUnit.SECONDS)).isEqualTo("1\n2\n");
    }
  }

  @Test
  void a_log_that_is_not_there_yet_says_why() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("typo", "{containers: [{name: main, image: nonsense}]}");
      cluster.await("typo", "waiting", pod -> TestCluster.state(pod).has("waiting"));
      assertThatThrownBy(() -> cluster.log("typo"))
          .hasMessageStartingWith("container \"main\" in pod \"typo\" is waiting to start: ")
          .hasMessageContaining("pull");
    }
  }
}
