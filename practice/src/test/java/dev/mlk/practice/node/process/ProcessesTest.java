package dev.mlk.practice.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.node.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessesTest {
  @TempDir Path folder;

  private Program shell(String script) {
    return new Program(
        List.of("/bin/sh", "-c", script),
        Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"),
        folder,
        false,
        false,
        true);
  }

  @Test
  void a_program_gets_its_environment_and_folder_and_nothing_else() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      LocalProcess process =
          processes.start(shell("pwd; echo $GREETING; echo ${HOME-none} >&2; exit 3"), "a/");
      String output = new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output).isEqualTo(folder.toRealPath() + "\nhello\nnone\n");
      assertThat(process.exit().get(60, TimeUnit.SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void a_signal_shows_in_the_exit_code() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      LocalProcess process = processes.start(shell("echo up; exec sleep 1000"), "a/");
      assertThat(process.stdout().read()).isEqualTo('u');
      process.terminate();
      assertThat(process.exit().get(60, TimeUnit.SECONDS)).isEqualTo(143);
    }
  }

  @Test
  void nothing_that_a_program_started_outlives_it() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      LocalProcess process =
          processes.start(
              shell(
                  "sleep 1000 & echo $! >> pids; setsid sleep 1000 & echo $! >> pids;"
                      + " env -i sleep 1000 & echo $! >> pids; exit 7"),
              "a/");
      assertThat(process.exit().get(60, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(pids("pids")).hasSize(3).noneMatch(ProcessesTest::alive);
    }
  }

  @Test
  void a_process_is_killed_however_young_it_is() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      for (int i = 0; i < 30; i++) {
        LocalProcess young = processes.start(shell("exec sleep 1000"), "pod/" + i + "/");
        processes.kill("pod/" + i + "/");
        assertThat(young.exit().get(60, TimeUnit.SECONDS)).isEqualTo(137);
      }
    }
  }

  @Test
  void one_owner_ends_without_the_others() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      LocalProcess one = processes.start(shell("exec sleep 1000"), "pod/one/");
      LocalProcess other = processes.start(shell("exec sleep 1000"), "pod/other/");
      processes.kill("pod/one/");
      assertThat(one.exit().get(60, TimeUnit.SECONDS)).isEqualTo(137);
      assertThat(other.exit()).isNotDone();
      processes.kill("pod/");
      assertThat(other.exit().get(60, TimeUnit.SECONDS)).isEqualTo(137);
    }
  }

  @Test
  void closing_ends_everything_and_the_guardian() throws Exception {
    Processes processes = Processes.open(folder.resolve("cluster"));
    LocalProcess process = processes.start(shell("trap '' TERM; sleep 1000"), "a/");
    long guardian = processes.guardianPid();
    processes.close();
    assertThat(alive(process.pid())).isFalse();
    assertThat(alive(guardian)).isFalse();
  }

  @Test
  void a_guardian_that_was_ended_has_a_successor() throws Exception {
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      long first = processes.guardianPid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Await.until("there is a new guardian", () -> processes.guardianPid() != first);
      assertThat(alive(processes.guardianPid())).isTrue();
    }
  }

  @Test
  void kill_9_of_the_jvm_leaves_no_process() throws Exception {
    killCluster(List.of());
  }

  @Test
  void kill_9_of_the_jvm_leaves_no_process_of_a_terminal() throws Exception {
    killCluster(List.of("terminal"));
  }

  @Test
  void what_escaped_both_jvm_and_guardian_goes_when_the_cluster_opens_again() throws Exception {
    Process jvm = clusterToKill(List.of());
    long guardian = Long.parseLong(Files.readString(folder.resolve("guardian")));
    // Stopped, it cannot know that its successor would have to be started.
    new ProcessBuilder("kill", "-STOP", Long.toString(guardian)).start().waitFor();
    jvm.destroyForcibly().waitFor();
    List<Long> pids = pids("pids");
    assertThat(pids).anyMatch(ProcessesTest::alive);
    try (Processes processes = Processes.open(folder.resolve("cluster"))) {
      assertThat(processes.guardianPid()).isNotEqualTo(guardian);
      assertThat(pids).noneMatch(ProcessesTest::alive);
    }
    ProcessHandle.of(guardian).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void killCluster(List<String> more) throws Exception {
    Process jvm = clusterToKill(more);
    List<Long> pids = pids("pids");
    assertThat(pids).hasSize(5).allMatch(ProcessesTest::alive);
    jvm.destroyForcibly().waitFor();
    Await.until("nothing is left", () -> pids.stream().noneMatch(ProcessesTest::alive));
    long guardian = Long.parseLong(Files.readString(folder.resolve("guardian")));
    Await.until("the guardian has gone", () -> !alive(guardian));
  }

  private Process clusterToKill(List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ClusterToKill.class.getName());
    command.add(folder.toString());
    command.addAll(more);
    Process jvm = new ProcessBuilder(command).inheritIO().start();
    Path ready = folder.resolve("guardian");
    Await.until(
        "the processes run",
        () -> Files.exists(folder.resolve("pids")) && Files.exists(ready) && Files.size(ready) > 0);
    return jvm;
  }

  private List<Long> pids(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().map(Long::valueOf).toList();
  }

  /** A zombie that nobody has fetched yet is dead. */
  private static boolean alive(long pid) {
    return ProcessTable.ofThisMachine().read().stream().anyMatch(entry -> entry.pid() == pid);
  }
}
