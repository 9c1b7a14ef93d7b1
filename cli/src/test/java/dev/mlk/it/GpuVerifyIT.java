package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mlk gpu verify} as users run it: with the program for real clusters, and ended from
 * outside. An image of the host's programs stands for a TensorFlow image: its python3 is the one on
 * the cluster's PATH.
 */
@Tag("slow")
final class GpuVerifyIT {
  private static final Map<String, String> OURS = Map.of("labelSelector", "mlk.dev/gpu-verify");

  private static Mlk machine() {
    String python = System.getenv("MLK_TEST_TENSORFLOW");
    assumeThat(python).as("MLK_TEST_TENSORFLOW names a python3 with TensorFlow").isNotNull();
    Mlk mlk = new Mlk();
    mlk.set("PATH", Path.of(python).getParent() + ":" + System.getenv("PATH"));
    return mlk;
  }

  private static ApiClient api(Mlk mlk) {
    Path socket = mlk.home().resolve(".mlk/clusters/practice/api.sock");
    return new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test");
  }

  private static boolean nothingLeft(ApiClient api) {
    return api.list(Resources.JOBS, "", OURS).path("items").isEmpty()
        && api.list(Resources.PODS, "", OURS).path("items").isEmpty();
  }

  private static boolean runs(ApiClient api) {
    return api.list(Resources.PODS, "", OURS)
        .path("items")
        .valueStream()
        .anyMatch(pod -> pod.at("/status/phase").asString("").equals("Running"));
  }

  @Test
  void everyCommandOfItsPagePrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/gpu-verify.md", 1);
  }

  @Test
  void aTensorFlowWithoutCudaIsAFallbackToTheProcessorAndFailsWithTheReason() throws Exception {
    try (Mlk mlk = machine()) {
      Mlk.Result result = mlk.run("gpu", "verify", "--node", "node-1", "--image", "ubuntu");
      assertThat(result.out())
          .contains("on CPU", "TensorFlow does not list it: TensorFlow 2")
          .contains("of this image is built without CUDA", "TensorFlow fell back to CPU:0")
          .contains("next: mlk gpu verify --image mlk/smoke:0.1");
      assertThat(result.code()).as(result.all()).isEqualTo(1);
    }
  }

  @Test
  void afterCtrlCNothingIsLeft() throws Exception {
    try (Mlk mlk = machine();
        Mlk.Running running = mlk.start("gpu", "verify", "--image", "ubuntu")) {
      Mlk.await("the cluster", () -> running.err().contains("Verifying"));
      try (ApiClient api = api(mlk)) {
        Mlk.await("a running smoke pod", () -> runs(api) || !running.process().isAlive());
        Interrupt.send(running.process());
        assertThat(running.end().code()).isEqualTo(130);
        Mlk.await("nothing left", () -> nothingLeft(api));
      }
    }
  }

  @Test
  void afterKillTheClusterItselfTakesEverythingAway() throws Exception {
    try (Mlk mlk = machine();
        Mlk.Running running = mlk.start("gpu", "verify", "--image", "ubuntu")) {
      Mlk.await("the cluster", () -> running.err().contains("Verifying"));
      try (ApiClient api = api(mlk)) {
        Mlk.await("a running smoke pod", () -> runs(api) || !running.process().isAlive());
        running.process().destroyForcibly().waitFor();
        assertThat(nothingLeft(api)).isFalse();
        Mlk.await("the end of its time to live", () -> nothingLeft(api));
      }
    }
  }
}
