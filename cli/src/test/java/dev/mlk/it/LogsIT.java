package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Followed logs: from before the pods exist, through restarts and broken connections, every line
 * once, with its replica before it, in the replica's order.
 */
final class LogsIT {
  private static final Pattern SERVER = Pattern.compile("server: \"?https://127.0.0.1:([0-9]+)");
  private static final int LINES = 150;

  /** Counts, slowly enough for a test to break in. */
  private static final String COUNT =
      "i=0; while [ $i -lt " + LINES + " ]; do echo line $i; i=$((i+1)); sleep 0.02; done";

  /** Counts, and in its first life kills itself at line 100; Kubernetes makes $$ of $$$$. */
  private static final String DIE_ONCE =
      "i=0; while [ $i -lt "
          + LINES
          + " ]; do echo line $i; i=$((i+1)); sleep 0.02;"
          + " if [ $i -eq 100 ] && [ ! -e /state/again ]; then touch /state/again; kill -9 $$$$; fi;"
          + " done";

  private static Mlk mlk;
  private static BadLine line;
  private static String kubeconfig;

  @BeforeAll
  static void startCluster() throws Exception {
    mlk = new Mlk();
    mlk.ok("cluster", "start");
    String direct = mlk.ok("cluster", "kubeconfig");
    Matcher server = SERVER.matcher(direct);
    assertThat(server.find()).as(direct).isTrue();
    line = new BadLine(Integer.parseInt(server.group(1)));
    // Another name for the cluster: this client takes TLS over the bad line, not the socket.
    kubeconfig =
        mlk.file(
            "bad-line.yaml",
            direct
                .replace("127.0.0.1:" + server.group(1), "127.0.0.1:" + line.port())
                .replaceAll("mlk\\.dev/practice", "example.org/none"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    line.close();
    mlk.close();
  }

  @Test
  void everyLineOnceFromBeforeThePodsExistAndThroughBrokenConnections() throws Exception {
    submit("early", COUNT, "  runPolicy: {suspend: true}\n", 3, "");
    try (Mlk.Running running = follow("early")) {
      awaitErr(running, "suspended");
      mlk.ok("tfjob", "resume", "early");
      for (int at : new int[] {20, 60, 61, 100}) {
        running.awaitOut("line " + at, out -> out.contains("worker-0 | line " + at + "\n"));
        assertThat(line.cut()).as("open connections").isPositive();
      }
      Mlk.Result result = running.end();
      assertThat(result.code()).as(result.all()).isZero();
      for (int i = 0; i < 3; i++) {
        assertThat(linesOf(result.out(), "worker-" + i))
            .as("worker-" + i + result.err())
            .isEqualTo(lines(0, LINES));
      }
      assertThat(result.out().lines()).hasSize(3 * LINES);
    }
  }

  @Test
  void aWorkerThatIsKilledStartsAgainAndNoLineIsLost() throws Exception {
    submit("killed", DIE_ONCE, "", 2, "");
    try (Mlk.Running running = follow("killed")) {
      assertBothLives(running.end());
    }
  }

  @Test
  void aWorkerThatIsKilledWhileNobodyCanListenIsHeardAfterwards() throws Exception {
    submit("unheard", DIE_ONCE, "", 2, "");
    try (Mlk.Running running = follow("unheard")) {
      running.awaitOut("line 50", out -> out.contains("worker-0 | line 50\n"));
      line.die();
      Mlk.await(
          "the second life of both",
          () -> restarted("unheard", "worker-0") && restarted("unheard", "worker-1"));
      line.mend();
      assertBothLives(running.end());
    }
  }

  @Test
  void theEndOfAJobIsHeardThoughTheLineWasDeadThen() throws Exception {
    submit("late", COUNT, "", 2, "");
    try (Mlk.Running running = follow("late")) {
      running.awaitOut("line 50", out -> out.contains("worker-0 | line 50\n"));
      line.die();
      mlk.ok("tfjob", "wait", "late");
      line.mend();
      Mlk.Result result = running.end();
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(linesOf(result.out(), "worker-0")).isEqualTo(lines(0, LINES));
      assertThat(linesOf(result.out(), "worker-1")).isEqualTo(lines(0, LINES));
    }
  }

  @Test
  void aJobThatWaitsForAGpuSaysSoAndIsHeardFromItsFirstLine() throws Exception {
    String gpu = "resources: {limits: {nvidia.com/gpu: 1}}";
    submit("holder", "sleep 1000", "", 3, gpu);
    Mlk.await(
        "all GPUs to be taken", () -> mlkOk("tfjob", "list").matches("(?s).*holder +Running.*"));
    submit("needy", COUNT, "", 1, gpu);
    try (Mlk.Running running = follow("needy")) {
      awaitErr(running, "Insufficient nvidia.com/gpu");
      mlk.ok("tfjob", "delete", "holder");
      Mlk.Result result = running.end();
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(result.out().lines().toList())
          .isEqualTo(lines(0, LINES).stream().map(text -> "worker-0 | " + text).toList());
    }
  }

  @Test
  void trainingIsHeardCompletelyThroughBrokenConnections() throws Exception {
    mlk.ok("tfjob", "submit", "mnist", "--set", "steps=6000");
    try (Mlk.Running running = follow("mnist")) {
      for (int at : new int[] {600, 2000}) {
        running.awaitOut("step " + at, out -> RecoveryIT.lastStep(out) >= at);
        assertThat(line.cut()).as("open connections").isPositive();
      }
      Mlk.Result result = running.end();
      assertThat(result.code()).as(result.all()).isZero();
      // Compared with the log as a whole, read over a good line.
      assertThat(result.out()).isEqualTo(mlk.ok("tfjob", "logs", "mnist"));
    }
  }

  private static void submit(String name, String script, String policy, int workers, String more)
      throws Exception {
    String file =
        mlk.file(
            name + ".yaml",
            """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata:
              name: %s
            spec:
              successPolicy: AllWorkers
            %s  tfReplicaSpecs:
                Worker:
                  replicas: %d
                  restartPolicy: OnFailure
                  template:
                    spec:
                      volumes:
                      - name: state
                        emptyDir: {}
                      containers:
                      - name: tensorflow
                        image: busybox
                        command: [sh, -c]
                        args: ["%s"]
                        volumeMounts:
                        - {name: state, mountPath: /state}
                        %s
            """
                .formatted(name, policy, workers, script, more));
    mlk.ok("tfjob", "submit", file);
  }

  private static Mlk.Running follow(String name) {
    return mlk.start("tfjob", "logs", name, "--follow", "--kubeconfig", kubeconfig);
  }

  private static void awaitErr(Mlk.Running running, String words) {
    Mlk.await(words, () -> running.err().contains(words) || !running.process().isAlive());
    assertThat(running.err()).contains(words);
  }

  private static String mlkOk(String... arguments) {
    try {
      return mlk.ok(arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static boolean restarted(String name, String replica) {
    try {
      Mlk.Result previous = mlk.run("tfjob", "logs", name, "--replica", replica, "--previous");
      return previous.code() == 0 && !previous.out().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void assertBothLives(Mlk.Result result) {
    assertThat(result.code()).as(result.all()).isZero();
    List<String> wanted = new ArrayList<>(lines(0, 100));
    wanted.addAll(lines(0, LINES));
    assertThat(linesOf(result.out(), "worker-0")).as(result.all()).isEqualTo(wanted);
    assertThat(linesOf(result.out(), "worker-1")).as(result.all()).isEqualTo(wanted);
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
  }

  private static List<String> linesOf(String out, String replica) {
    String prefix = replica + " | ";
    return out.lines()
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()))
        .toList();
  }
}
