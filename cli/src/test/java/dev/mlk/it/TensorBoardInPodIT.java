package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.board.BoardSamples;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code mlk tensorboard} on a cluster that it takes for one of another machine, by a kubeconfig
 * that does not say what it is. The image of TensorBoard is the one of the Python that {@code
 * MLK_TEST_TENSORBOARD} names.
 */
@Tag("slow")
final class TensorBoardInPodIT {
  /** Trains for a second and leaves its event files on the claim. */
  private static final String JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata:
        name: claimed
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                containers:
                - name: tensorflow
                  image: mlk/mnist:0.1
                  args: [--steps=60, --learning-rate=0.01, --log-dir=/train/logs]
                  volumeMounts: [{name: train, mountPath: /train}]
                volumes:
                - name: train
                  persistentVolumeClaim: {claimName: shared}
      """;

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: shared
      spec:
        accessModes: [ReadWriteMany]
        resources: {requests: {storage: 1Gi}}
      ---
      """;

  private Mlk mlk;
  private ApiClient api;
  private String other;

  @BeforeEach
  void start() throws Exception {
    String python = System.getenv("MLK_TEST_TENSORBOARD");
    // TensorBoard is far larger than mlk; .ci/checks/tensorboard-in-pod.sh installs and names it.
    assumeTrue(python != null, "SKIPPED: MLK_TEST_TENSORBOARD names no Python");
    mlk = new Mlk();
    mlk.images(image(mlk.file("tensorboard.sh", program(python))));
    mlk.ok("cluster", "start");
    Path own = mlk.home().resolve(".mlk/clusters/practice/kubeconfig");
    other = mlk.file("other", Files.readString(own).replace("mlk.dev/practice", "example.com/x"));
    api = SweepIT.client(mlk);
  }

  @AfterEach
  void stop() throws Exception {
    if (mlk != null) {
      api.close();
      mlk.close();
    }
  }

  /** As in an image, but on the port of this machine that stands for the container's. */
  private static String program(String python) {
    return """
        port=$1
        shift
        for word in "$@"; do
          shift
          case $word in --port=*) word=--port=$port ;; esac
          set -- "$@" "$word"
        done
        exec %s -m tensorboard.main "$@"
        """
        .formatted(python);
  }

  private static String image(String script) {
    return """
        - names: [tensorflow/tensorflow]
          tags: ["2.20.0"]
          programs:
            tensorboard: ["/bin/sh", "%s", "${port:6006}"]
        """
        .formatted(script);
  }

  private static String remote(String store) {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: store}
        stringData: {id: ann, key: of-no-matter}
        ---
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata:
          name: remote
        spec:
          tfReplicaSpecs:
            Worker:
              replicas: 1
              template:
                spec:
                  containers:
                  - name: tensorflow
                    image: mlk/simulated
                    args: [--duration=1s, "--log-dir=s3://runs/mnist"]
                    env:
                    - {name: S3_ENDPOINT, value: "%s"}
                    - name: AWS_ACCESS_KEY_ID
                      valueFrom: {secretKeyRef: {name: store, key: id}}
                    - name: AWS_SECRET_ACCESS_KEY
                      valueFrom: {secretKeyRef: {name: store, key: key}}
        """
        .formatted(store);
  }

  private Mlk.Running board(String... more) {
    List<String> words = new ArrayList<>(List.of("tensorboard", "--kubeconfig", other));
    words.addAll(List.of(more));
    return mlk.start(words.toArray(String[]::new));
  }

  private static String address(Mlk.Running board) {
    board.awaitOut("its address", out -> out.startsWith("http://127.0.0.1:") && out.endsWith("\n"));
    return board.out().strip();
  }

  /** Over a connection of its own, as another browser. */
  private static String get(String address) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(90)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "(" + e + ")";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Set<String> runs(String address) {
    Set<String> all = new TreeSet<>();
    String answer = get(address + "data/runs");
    if (answer.startsWith("[")) {
      Json.read(answer).forEach(one -> all.add(one.asString()));
    }
    return all;
  }

  private static void awaitRuns(String address, Set<String> expected) {
    Mlk.await("the runs " + expected, () -> runs(address).equals(expected));
  }

  /** The runs that mlk itself finds, on the cluster as it is. */
  private Set<String> expected(String name) throws InterruptedException {
    Set<String> expected = new TreeSet<>();
    mlk.ok("metrics", name, "-o", "csv")
        .lines()
        .skip(1)
        .forEach(line -> expected.add(line.substring(0, line.indexOf(','))));
    assertThat(expected).isNotEmpty();
    return expected;
  }

  private void train() throws Exception {
    mlk.ok("tfjob", "submit", mlk.file("claimed.yaml", CLAIM + JOB), "--wait");
  }

  private JsonNode left(dev.mlk.kube.Resource kind) {
    return api.list(kind, "default", Map.of("labelSelector", "mlk.dev/tensorboard")).path("items");
  }

  private static void closed(Mlk.Running board) throws Exception {
    Interrupt.send(board.process());
    Mlk.Result end = board.end();
    assertThat(end.err()).contains("The board is closed.");
    assertThat(end.code()).isEqualTo(130);
  }

  @Test
  @Tag("board-kubernetes")
  void tensorBoardRunsBesideTheClaimHealsAndLeavesNothing() throws Exception {
    train();
    Set<String> expected = expected("claimed");
    try (Mlk.Running board = board("claimed")) {
      String address = address(board);
      awaitRuns(address, expected);
      JsonNode pod = left(Resources.PODS).path(0);
      assertThat(pod.at("/spec/containers/0/volumeMounts/0/readOnly").asBoolean()).isTrue();
      assertNothingExposed(URI.create(address).getPort());
      // The program ends: the pod starts it again.
      mlk.processes("tensorboard.main").forEach(ProcessHandle::destroyForcibly);
      awaitRuns(address, expected);
      // The pod goes: the Job makes another.
      String name = pod.at("/metadata/name").asString();
      api.delete(Resources.PODS, "default", name, Json.object());
      Mlk.await("another pod", () -> !left(Resources.PODS).toString().contains(name));
      awaitRuns(address, expected);
      twoWhoLookShareOne(board, expected);
    }
  }

  private void twoWhoLookShareOne(Mlk.Running board, Set<String> expected) throws Exception {
    try (Mlk.Running second = board("claimed")) {
      awaitRuns(address(second), expected);
      assertThat(second.err()).contains("TensorBoard runs for these logs already");
      assertThat(left(Resources.JOBS)).hasSize(1);
      board.process().destroyForcibly();
      board.process().waitFor();
      awaitRuns(address(second), expected);
      closed(second);
    }
    assertThat(left(Resources.JOBS)).isEmpty();
    Mlk.await("its program to be gone", () -> mlk.processes("tensorboard.main").isEmpty());
  }

  /** Neither what leads there nor TensorBoard itself is to be reached from other machines. */
  private void assertNothingExposed(int port) throws IOException {
    Set<Integer> ports = new TreeSet<>(Set.of(port));
    for (ProcessHandle process : mlk.processes("tensorboard.main")) {
      String words = Mlk.commandLine(process.pid());
      assertThat(words).contains("--host=127.0.0.1");
      ports.add(Integer.parseInt(words.replaceAll(".*--port=(\\d+).*", "$1").strip()));
    }
    assertThat(ports).hasSize(2);
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : device.inetAddresses().toList()) {
        for (int one : ports) {
          assertThat(open(address, one))
              .as("whether %s:%d can be reached", address, one)
              .isEqualTo(address.getHostAddress().equals("127.0.0.1"));
        }
      }
    }
  }

  private static boolean open(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 5000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void severalJobsAndASweepAreOneBoardAndAKilledOneIsRemovedByTheNext() throws Exception {
    train();
    String file = mlk.file("job.yaml", JOB);
    mlk.ok("sweep", file, "--learning-rate", "0.01,0.001", "--name", "two", "--metric", "loss");
    Set<String> all = new TreeSet<>(expected("two"));
    expected("claimed").forEach(run -> all.add("claimed/" + run));
    try (Mlk.Running board = board("two")) {
      awaitRuns(address(board), expected("two"));
      board.process().destroyForcibly();
      board.process().waitFor();
    }
    assertThat(left(Resources.JOBS)).hasSize(1);
    String opened = mlk.home().resolve("opened").toString();
    mlk.set("BROWSER", mlk.file("browser", "#!/bin/sh\necho \"$1\" >>" + opened + "\n"));
    assertThat(mlk.home().resolve("browser").toFile().setExecutable(true)).isTrue();
    try (Mlk.Running board = board("--open")) {
      String address = address(board);
      assertThat(board.err()).contains("which a killed run of mlk had left");
      assertThat(left(Resources.JOBS)).hasSize(1);
      awaitRuns(address, all);
      Mlk.await(
          "the browser to be opened",
          () -> Files.exists(Path.of(opened)) && !mlk.text(Path.of(opened)).isEmpty());
      assertThat(mlk.text(Path.of(opened))).isEqualTo(address + "\n");
      closed(board);
    }
    assertThat(left(Resources.JOBS)).isEmpty();
  }

  @Test
  void anObjectStoreIsReadWithTheJobsOwnVariablesAndSecrets() throws Exception {
    Path logs = BoardSamples.everything(mlk.home().resolve("logs"));
    try (ObjectStore store = new ObjectStore(logs, "runs/mnist", "ann")) {
      String job = remote(store.address());
      mlk.ok("tfjob", "submit", mlk.file("remote.yaml", job), "--wait");
      try (Mlk.Running board = board("remote")) {
        awaitRuns(address(board), expected(logs.toString()));
        closed(board);
      }
      try (Mlk.Running board = board("remote", "--text")) {
        Mlk.Result end = board.end();
        assertThat(end.code()).as(end.all()).isEqualTo(3);
        assertThat(end.err()).contains("s3://runs/mnist", "mlk tensorboard remote");
      }
    }
  }

  @Test
  void whatIsInAPodOnlyIsFetchedAsItGrows() throws Exception {
    mlk.ok("tfjob", "submit", "mnist", "--set", "steps=30000");
    Mlk.await(
        "the pod",
        () ->
            api.list(Resources.PODS, "default", Map.of())
                .toString()
                .contains("\"phase\":\"Running\""));
    try (Mlk.Running board = board("mnist")) {
      String address = address(board);
      Mlk.await("the run of training", () -> runs(address).contains("train"));
      int first = points(address);
      Mlk.await("more of them", () -> points(address) > first);
      assertThat(fetched(board)).hasSize(1);
      closed(board);
      assertThat(fetched(board)).isEmpty();
    }
  }

  private static List<Path> fetched(Mlk.Running board) throws IOException {
    String its = "mlk-tensorboard-" + board.process().pid() + "-";
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith(its)).toList();
    }
  }

  private static int points(String address) {
    return Json.read(get(address + "data/plugin/scalars/scalars?run=train&tag=loss")).size();
  }

  @Test
  void everyCommandOfThePagePrintsWhatIsShown() throws Exception {
    mlk.set("KUBECONFIG", other);
    PagesIT.run(mlk, PagesIT.section("docs/tensorboard.md", "## On another cluster"), 3);
  }

  @Test
  void anImageWithoutTensorBoardIsSaidSo() throws Exception {
    train();
    says("no/such", 8, "the image no/such cannot be pulled");
    says("mlk/smoke:0.1", 1, "TensorBoard does not start in mlk/smoke:0.1");
    assertThat(left(Resources.JOBS)).isEmpty();
  }

  private void says(String image, int code, String words) throws Exception {
    try (Mlk.Running board = board("claimed", "--image", image)) {
      Mlk.Result end = board.end();
      assertThat(end.code()).as(end.all()).isEqualTo(code);
      assertThat(end.err()).contains(words, "mlk tensorboard --image IMAGE");
    }
  }
}
