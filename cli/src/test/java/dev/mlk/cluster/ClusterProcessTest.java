package dev.mlk.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.app.App;
import dev.mlk.console.TestConsole;
import dev.mlk.format.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The background process itself: started, found, killed, stopped. */
final class ClusterProcessTest {
  @TempDir private Path home;

  private String run(int expected, String... arguments) {
    TestConsole console = TestConsole.pipe();
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"));
    int code = new App(console.console(), environment, home, InstantSource.system()).run(arguments);
    assertThat(code).as(console.out() + console.err()).isEqualTo(expected);
    return console.out() + console.err();
  }

  private JsonNode status() {
    TestConsole console = TestConsole.pipe();
    Map<String, String> environment = Map.of("HOME", home.toString());
    App app = new App(console.console(), environment, home, InstantSource.system());
    app.run("cluster", "status", "--name", "practice", "-o", "json");
    return Json.read(console.out()).path("items").path(0);
  }

  @AfterEach
  void stop() {
    run(0, "cluster", "stop", "--all");
  }

  @Test
  void whatStartsCanBeFoundAndStopsWithoutTrace() throws Exception {
    assertThat(run(0, "cluster", "start", "--nodes", "0")).contains("is ready after");
    JsonNode status = status();
    assertThat(status.path("state").asString()).isEqualTo("Running");
    ProcessHandle process = ProcessHandle.of(status.path("pid").asLong()).orElseThrow();
    assertThat(run(0, "cluster", "start")).contains("is running");
    assertThat(run(10, "cluster", "start", "--nodes", "7")).contains("runs with other settings");
    assertThat(run(0, "version")).contains("Kubernetes v1.");
    assertThat(run(0, "cluster", "stop")).contains("stopped");
    process.onExit().get(20, TimeUnit.SECONDS);
    assertThat(status().path("state").asString()).isEqualTo("Stopped");
    Path folder = home.resolve(".mlk/clusters/practice");
    assertThat(ClusterLock.holder(folder.resolve("lock"))).isEmpty();
    assertThat(folder.resolve("api.sock")).doesNotExist();
    assertThat(folder.resolve("endpoint.json")).doesNotExist();
    assertThat(run(4, "cluster", "status")).contains("Stopped");
    assertThat(run(0, "cluster", "stop")).contains("was not running");
  }

  @Test
  void aProcessThatEndsBeforeItIsReadySaysWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run(4, "cluster", "start", "--nodes", "0", "--port", port))
          .contains("did not start");
    }
  }

  @Test
  void aCommandThatNeedsAClusterStartsItAndSaysSo() {
    String said = run(0, "version");
    assertThat(said).contains("Kubernetes v1.").contains("starting the practice cluster");
    assertThat(run(0, "version")).doesNotContain("starting");
  }

  @Test
  void afterAKillItStartsAgainWithItsObjects() throws Exception {
    run(0, "cluster", "start", "--nodes", "0");
    ProcessHandle process = ProcessHandle.of(status().path("pid").asLong()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(20, TimeUnit.SECONDS);
    assertThat(status().path("state").asString()).isEqualTo("Stopped");
    assertThat(run(0, "version")).contains("starting the practice cluster", "Kubernetes v1.");
    assertThat(status().path("settings").path("nodes").asInt()).isZero();
  }

  @Test
  void twoStartsAtOnceGiveOneCluster() throws Exception {
    List<Process> starters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dmlk.images=" + ClusterProcess.images().toAbsolutePath(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.mlk.Mlk",
                  "cluster",
                  "start",
                  "-o",
                  "json")
              .redirectErrorStream(true);
      builder.environment().put("HOME", home.toString());
      builder.environment().remove("MLK_HOME");
      builder.environment().remove("KUBECONFIG");
      starters.add(builder.start());
    }
    List<Long> pids = new ArrayList<>();
    List<Boolean> started = new ArrayList<>();
    for (Process starter : starters) {
      String said = new String(starter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(starter.waitFor()).as(said).isZero();
      pids.add(Json.read(said).path("pid").asLong());
      started.add(Json.read(said).path("startedNow").asBoolean());
    }
    assertThat(pids.get(0)).isEqualTo(pids.get(1));
    assertThat(started).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void resetEmptiesItAfterAYes() throws IOException {
    run(0, "cluster", "start", "--nodes", "0");
    Path folder = home.resolve(".mlk/clusters/practice");
    String before = Files.readString(folder.resolve("kubeconfig"));
    assertThat(run(2, "cluster", "reset")).contains("--yes");
    assertThat(run(0, "cluster", "reset", "--yes")).contains("is empty and running again");
    assertThat(Files.readString(folder.resolve("kubeconfig"))).isEqualTo(before);
    assertThat(run(3, "cluster", "reset", "--name", "nothing", "--yes"))
        .contains("mlk cluster status");
  }
}
