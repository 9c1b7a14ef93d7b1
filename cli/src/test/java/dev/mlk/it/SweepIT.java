package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sweeps as users run them: from nothing, on GPUs, stopped and resumed. */
@Tag("slow")
final class SweepIT {
  /** A job whose trials say what they are told to, and hold a GPU meanwhile. */
  static final String JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata:
        name: simulated
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                containers:
                - name: tensorflow
                  image: mlk/simulated
                  args: ["--duration=1s", "--log=accuracy=0.5"]
                  resources: {limits: {nvidia.com/gpu: %d}}
      """;

  @Test
  void fromNothingThreeLearningRatesAreTriedAndTheBestTrainsToTheSameResultAgain()
      throws Exception {
    try (Mlk mlk = new Mlk()) {
      long start = System.nanoTime();
      Mlk.Result result = mlk.run("sweep", "--lr", "0.01,0.001,0.1");
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(result.out()).containsPattern("Best: trial [12], lr=0.0+1: accuracy 0.9[0-9]+");
      assertThat(seconds).as("seconds from nothing").isLessThan(60);
      String name = mlk.ok("sweep", "list", "-o", "name").strip();
      String best = mlk.ok("sweep", "report", name, "--best", "-o", "yaml");
      String file = mlk.file("best.yaml", best);
      String again = mlk.ok("tfjob", "submit", file, "--follow");
      String accuracy = Double.toString(MainJobIT.accuracy(again));
      assertThat(result.out()).contains(": accuracy " + accuracy + "\n");
      System.out.printf(
          "sweep from nothing: 3 trials of mnist in %.1f s, best accuracy %s%n", seconds, accuracy);
    }
  }

  @Test
  void aGridOfNineNeverHoldsMoreThanTheThreeGpus() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      String file = mlk.file("job.yaml", JOB.formatted(1));
      List<Integer> active = new ArrayList<>();
      try (ApiClient api = client(mlk);
          Mlk.Running running =
              mlk.start("sweep", file, "--a", "1,2,3", "--b", "4,5,6", "--name", "grid")) {
        while (running.process().isAlive()) {
          active.add(active(api));
          java.util.concurrent.locks.LockSupport.parkNanos(30_000_000);
        }
        Mlk.Result result = running.end();
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.err()).contains("3 run, 6 wait (3 GPUs for this sweep)");
        assertThat(active).contains(3).allMatch(number -> number <= 3);
      }
    }
  }

  private static int active(ApiClient api) {
    int active = 0;
    for (var item : api.list(Resources.TFJOBS, "default", Map.of()).path("items")) {
      active += new Job(item).ended() ? 0 : 1;
    }
    return active;
  }

  @Test
  @Tag("sweep-kubernetes")
  void aStoppedSweepLetsGoOfItsGpusAndGoesOnWhenItIsResumed() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      String file = mlk.file("job.yaml", JOB.formatted(1));
      try (ApiClient api = client(mlk);
          Mlk.Running running =
              mlk.start("sweep", file, "--a", "1,2,3,4,5,6", "--name", "stopped")) {
        Mlk.await("trials to end", () -> running.err().contains("trial 1/6"));
        Mlk.Result stopped = mlk.run("sweep", "stop", "stopped");
        assertThat(stopped.out()).isEqualTo("sweep/stopped stopped\n");
        Mlk.Result result = running.end();
        assertThat(result.code()).as(result.all()).isEqualTo(130);
        assertThat(result.err()).contains("sweep stopped was stopped");
        Mlk.await("its jobs to be gone", () -> active(api) == 0);
        Mlk.Result resumed = mlk.run("sweep", "resume", "stopped");
        assertThat(resumed.code()).as(resumed.all()).isZero();
        assertThat(resumed.out()).contains("Best: trial 1");
      }
    }
  }

  static ApiClient client(Mlk mlk) {
    return new ApiClient(
        new HttpTransport(Endpoint.unix(mlk.home().resolve(".mlk/clusters/practice/api.sock"))),
        "test");
  }
}
