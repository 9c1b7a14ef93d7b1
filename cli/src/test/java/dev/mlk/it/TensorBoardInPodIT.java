package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.format.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code mlk tensorboard} on a cluster that it takes for one of another machine: the practice
 * cluster by a kubeconfig that does not say what it is. TensorBoard is the one of the Python that
 * {@code MLK_TEST_TENSORBOARD} names.
 */
@Tag("slow")
final class TensorBoardInPodIT {
  private static final String IMAGE = "mlk/mnist:0.1";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** Starts a cluster whose pods can run TensorBoard; gives back the kubeconfig. */
  private static String cluster(Mlk mlk) throws IOException, InterruptedException {
    String python = System.getenv("MLK_TEST_TENSORBOARD");
    assumeTrue(python != null, "SKIPPED: MLK_TEST_TENSORBOARD names no Python");
    mlk.set("PATH", Path.of(python).getParent() + ":" + System.getenv("PATH"));
    mlk.ok("cluster", "start");
    Path own = mlk.home().resolve(".mlk/clusters/practice/kubeconfig");
    return mlk.file("other", Files.readString(own).replace("mlk.dev/practice", "example.com/x"));
  }

  private static String address(Mlk.Running board) {
    board.awaitOut("its address", out -> out.startsWith("http://127.0.0.1:") && out.endsWith("\n"));
    return board.out().strip();
  }

  private Set<String> runs(String address) {
    Set<String> all = new TreeSet<>();
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "data/runs"))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        Json.read(answer.body()).forEach(one -> all.add(one.asString()));
      }
    } catch (IOException e) {
      return Set.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return all;
  }

  private static JsonNode left(Mlk mlk, Kubectl kubectl, String kind)
      throws IOException, InterruptedException {
    try (Mlk.Running list =
        mlk.program(
            java.util.List.of(
                "sh",
                "-c",
                "exec "
                    + kubectl.program()
                    + " --kubeconfig "
                    + mlk.home().resolve("other")
                    + " get "
                    + kind
                    + " -l mlk.dev/tensorboard -o json"))) {
      return Json.read(list.end().out()).path("items");
    }
  }

  @Test
  void tensorBoardRunsBesideTheClaimHealsAndLeavesNothing() throws Exception {
    Kubectl kubectl = Kubectl.all().findFirst().orElseThrow();
    kubectl.assumeThere();
    try (Mlk mlk = new Mlk()) {
      String other = cluster(mlk);
      mlk.ok("tfjob", "submit", "mnist-distributed", "--set", "steps=100", "--wait");
      Set<String> expected = new TreeSet<>();
      for (String line : mlk.ok("metrics", "mnist-distributed", "-o", "csv").lines().toList()) {
        expected.add(line.substring(0, line.indexOf(',')));
      }
      expected.remove("run");
      String[] command = {
        "tensorboard", "mnist-distributed", "--image", IMAGE, "--kubeconfig", other
      };
      try (Mlk.Running board = mlk.start(command)) {
        String address = address(board);
        Mlk.await("the runs of the job", () -> runs(address).equals(expected));
        JsonNode pod = left(mlk, kubectl, "pods").path(0);
        assertThat(pod.at("/spec/containers/0/volumeMounts/0/readOnly").asBoolean()).isTrue();
        mlk.processes("tensorboard --logdir").forEach(ProcessHandle::destroyForcibly);
        Mlk.await(
            "another TensorBoard behind the same address", () -> runs(address).equals(expected));
        board.process().destroyForcibly();
        board.process().waitFor();
      }
      assertThat(left(mlk, kubectl, "jobs")).hasSize(1);
      try (Mlk.Running board = mlk.start(command)) {
        address(board);
        assertThat(board.err()).contains("which a killed run of mlk had left");
        assertThat(left(mlk, kubectl, "jobs")).hasSize(1);
        board.process().toHandle().destroy();
        assertThat(board.end().err()).contains("The board is closed.");
      }
      assertThat(left(mlk, kubectl, "jobs")).isEmpty();
    }
  }

  @Test
  void whatIsInAPodOnlyIsFetchedAsItGrows() throws Exception {
    try (Mlk mlk = new Mlk()) {
      String other = cluster(mlk);
      mlk.ok("tfjob", "submit", "mnist", "--set", "steps=6000");
      try (Mlk.Running board = mlk.start("tensorboard", "mnist", "--kubeconfig", other)) {
        String address = address(board);
        Mlk.await("the job's runs", () -> runs(address).equals(Set.of("test", "train")));
        int first = points(address);
        Mlk.await("more of them", () -> points(address) > first);
        board.process().toHandle().destroy();
        assertThat(board.end().err()).contains("The board is closed.");
      }
      try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        assertThat(left.filter(path -> path.getFileName().toString().startsWith("mlk-tensorboard")))
            .isEmpty();
      }
    }
  }

  private int points(String address) {
    try {
      String path = "data/plugin/scalars/scalars?run=train&tag=loss";
      return Json.read(
              http.send(
                      HttpRequest.newBuilder(URI.create(address + path)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .size();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void anImageWithoutTensorBoardIsSaidSo() throws Exception {
    try (Mlk mlk = new Mlk()) {
      String other = cluster(mlk);
      mlk.ok("tfjob", "submit", "mnist-distributed", "--set", "steps=20", "--wait");
      Mlk.Result result =
          mlk.run("tensorboard", "mnist-distributed", "--image", "no/such", "--kubeconfig", other);
      assertThat(result.code()).as(result.all()).isEqualTo(8);
      assertThat(result.err()).contains("the image no/such cannot be pulled");
    }
  }
}
