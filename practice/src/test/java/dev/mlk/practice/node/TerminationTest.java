package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How containers end: hooks, order, time, exit codes. */
final class TerminationTest {
  private static final String NOTES =
      "volumes: [{name: notes, hostPath: {path: /notes}}]\nterminationGracePeriodSeconds: 60\n";
  private static final String MOUNT = "volumeMounts: [{name: notes, mountPath: /notes}]";

  @TempDir Path folder;

  private static Path notes(TestCluster cluster) {
    return cluster.folder().resolve("nodes/node-1/host/notes/all");
  }

  private static String patient(String name) {
    return "image: busybox, %s, command: [sh, -c, 'trap \"echo %s >> /notes/all; exit 0\" TERM; touch /notes/up-%s; while :; do sleep 0.02; done']"
        .formatted(MOUNT, name, name);
  }

  private static void awaitUp(TestCluster cluster, String... names) {
    for (String name : names) {
      Await.until(name + " is up", () -> Files.exists(notes(cluster).resolveSibling("up-" + name)));
    }
  }

  @Test
  void sidecars_end_after_the_main_containers_the_last_one_first() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "crew",
          NOTES
              + "initContainers:\n- {name: first, restartPolicy: Always, "
              + patient("first")
              + "}\n- {name: second, restartPolicy: Always, "
              + patient("second")
              + "}\ncontainers:\n- {name: main, "
              + patient("main")
              + "}\n");
      cluster.awaitPhase("crew", "Running");
      awaitUp(cluster, "first", "second", "main");
      cluster.delete("crew", 60);
      cluster.awaitGone("crew");
      assertThat(Files.readAllLines(notes(cluster))).containsExactly("main", "second", "first");
    }
  }

  @Test
  void a_pre_stop_command_runs_before_the_container_is_asked_to_end() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "polite",
          NOTES
              + "containers:\n- {name: main, "
              + patient("term")
              + ", lifecycle: {preStop: {exec: {command: [sh, -c, 'echo hook >> /notes/all']}}}}\n");
      cluster.awaitPhase("polite", "Running");
      awaitUp(cluster, "term");
      cluster.delete("polite", 60);
      cluster.awaitGone("polite");
      assertThat(Files.readAllLines(notes(cluster))).containsExactly("hook", "term");
      assertThat(cluster.events("polite")).contains("Killing: Stopping container main");
    }
  }

  @Test
  void a_pre_stop_sleep_takes_its_time_and_grace_its_end() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "sleeper",
          NOTES
              + "containers:\n- {name: main, "
              + patient("term")
              + ", lifecycle: {preStop: {sleep: {seconds: 5}}}}\n");
      cluster.pod(
          "oversleeper",
          NOTES
              + "containers:\n- {name: main, image: busybox, "
              + MOUNT
              + ", command: [sh, -c, 'trap \"touch /notes/up-asked\" TERM; touch /notes/up-deaf; while :; do sleep 0.02; done'], lifecycle: {preStop: {sleep: {seconds: 500}}}}\n");
      cluster.awaitPhase("sleeper", "Running");
      cluster.awaitPhase("oversleeper", "Running");
      awaitUp(cluster, "term", "deaf");
      cluster.delete("sleeper", 60);
      cluster.delete("oversleeper", 60);
      Await.until(
          "both are told",
          () ->
              cluster.events("sleeper").contains("Killing: Stopping container main")
                  && cluster.events("oversleeper").contains("Killing: Stopping container main"));
      assertThat(notes(cluster)).doesNotExist();
      ticker.advance(Duration.ofSeconds(5));
      cluster.awaitGone("sleeper");
      assertThat(Files.readAllLines(notes(cluster))).containsExactly("term");
      ticker.advance(Duration.ofSeconds(56));
      awaitUp(cluster, "asked");
      ticker.advance(Duration.ofSeconds(2));
      cluster.awaitGone("oversleeper");
    }
  }

  @Test
  void a_failed_hook_after_the_start_ends_the_container() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "hooked",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            lifecycle: {postStart: {exec: {command: ['false']}}}
          - {name: after, image: busybox, command: [sh, -c, 'exit 0']}
          """);
      ObjectNode pod = cluster.awaitPhase("hooked", "Failed");
      assertThat(TestCluster.state(pod).path("terminated").path("exitCode").asInt()).isEqualTo(143);
      Await.until(
          "the events are there",
          () ->
              cluster
                  .events("hooked")
                  .containsAll(
                      List.of(
                          "FailedPostStartHook: PostStartHook failed",
                          "Killing: FailedPostStartHook")));
    }
  }

  @Test
  void exit_codes_and_reasons_are_those_of_a_container_runtime() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "ends",
          """
          restartPolicy: Never
          containers:
          - {name: zero, image: busybox, command: ['true']}
          - {name: three, image: busybox, command: [sh, -c, 'exit 3']}
          - {name: absent, image: busybox, command: [sh, -c, 'no-such-command']}
          - {name: segv, image: busybox, command: [sh, -c, 'kill -SEGV $$$$']}
          - {name: killed, image: busybox, command: [sh, -c, 'kill -KILL $$$$']}
          - {name: missing, image: busybox, command: [/no/such/program]}
          """);
      ObjectNode pod = cluster.awaitPhase("ends", "Failed");
      assertThat(
              pod.path("status")
                  .path("containerStatuses")
                  .valueStream()
                  .map(
                      each ->
                          each.path("name").asString("")
                              + " "
                              + each.path("state").path("terminated").path("exitCode").asInt()
                              + " "
                              + each.path("state").path("terminated").path("reason").asString("")))
          .containsExactly(
              "zero 0 Completed",
              "three 3 Error",
              "absent 127 Error",
              "segv 139 Error",
              "killed 137 Error",
              "missing 128 StartError");
    }
  }

  @Test
  void the_last_lines_of_the_log_stand_in_for_a_message_if_the_pod_says_so() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "words",
          """
          restartPolicy: Never
          containers:
          - {name: main, image: busybox, terminationMessagePolicy: FallbackToLogsOnError, command: [sh, -c, 'for i in $(seq 100); do echo line $i; done; exit 1']}
          - {name: well, image: busybox, terminationMessagePolicy: FallbackToLogsOnError, command: [sh, -c, 'echo nothing wrong']}
          - {name: file, image: busybox, terminationMessagePath: /out/why, command: [sh, -c, 'echo because > /out/why; exit 2']}
          """);
      JsonNode statuses =
          cluster.awaitPhase("words", "Failed").path("status").path("containerStatuses");
      String tail = message(statuses, 0);
      assertThat(tail).startsWith("line 21\n").endsWith("line 100\n");
      assertThat(message(statuses, 1)).isEmpty();
      assertThat(message(statuses, 2)).isEqualTo("because\n");
    }
  }

  private static String message(JsonNode statuses, int index) {
    return statuses.path(index).path("state").path("terminated").path("message").asString("");
  }

  @Test
  void daemons_that_leave_their_session_end_with_the_container() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "daemons",
          NOTES
              + "restartPolicy: Never\ncontainers:\n- {name: main, image: busybox, "
              + MOUNT
              + ", command: [sh, -c, '(setsid sh -c \"echo \\$\\$ > /notes/pid; exec sleep 1000\" &) ; while [ ! -s /notes/pid ]; do sleep 0.02; done']}\n");
      cluster.awaitPhase("daemons", "Succeeded");
      long pid = Long.parseLong(Files.readString(notes(cluster).resolveSibling("pid")).strip());
      assertThat(RecoveryTest.alive(pid)).isFalse();
    }
  }

  @Test
  void hooks_may_be_requests() throws Exception {
    List<String> agents = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          agents.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("User-Agent"));
          // Whatever the answer: that there is one is enough.
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    try (TestCluster cluster = TestCluster.start(folder)) {
      int port = server.getAddress().getPort();
      cluster.pod(
          "requests",
          """
          hostNetwork: true
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            lifecycle:
              postStart: {httpGet: {port: %d, path: /begin}}
              preStop: {httpGet: {port: %d, path: /end}}
          """
              .formatted(port, port));
      cluster.awaitPhase("requests", "Running");
      Await.until("it has begun", () -> agents.size() == 1);
      cluster.delete("requests", 30);
      cluster.awaitGone("requests");
      assertThat(agents).containsExactly("/begin kube-lifecycle/1.35", "/end kube-lifecycle/1.35");
    } finally {
      server.stop(0);
    }
  }
}
