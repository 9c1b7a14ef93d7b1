package dev.mlk.images.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes train one model, and go on when one of them is killed. */
class DistributedTrainingTest {
  private static final List<String> TASKS = List.of("ps-0", "chief-0", "worker-0", "worker-1");
  private static final String SAVED = "^checkpoint=.* step=(\\d+)";
  private static final String RESTORED = "^restored=.* step=(\\d+)";

  @TempDir Path folder;

  private String model() {
    return "--model-dir=" + folder.resolve("model");
  }

  @Test
  void trainingSurvivesTheDeathOfEachProcessAndOfAll() {
    try (Cluster cluster =
        new Cluster(
            folder,
            TASKS,
            "--steps=2500",
            "--log-interval=20",
            "--checkpoint-interval=50",
            model(),
            "--export-dir=" + folder.resolve("export"))) {
      TASKS.forEach(cluster::start);
      cluster.get("chief-0").awaitStepAfter(60);
      cluster.get("worker-1").awaitStepAfter(20);
      othersGoOnWithoutAWorkerWhichRejoins(cluster);
      theChiefRestoresWhatTheParameterServerLost(cluster);
      workersGoOnWithoutTheChiefWhichRejoins(cluster);
      allAreKilledAndTrainingResumes(cluster);
      allSucceed(cluster);
    }
  }

  private static void othersGoOnWithoutAWorkerWhichRejoins(Cluster cluster) {
    Running chief = cluster.get("chief-0");
    cluster.get("worker-1").kill();
    chief.awaitStepAfter(chief.step() + 40);
    Running worker = cluster.start("worker-1").awaitLine("^phase=ready");
    assertThat(worker.last("^phase=ready .*step=(\\d+)")).isGreaterThan(60);
  }

  private static void theChiefRestoresWhatTheParameterServerLost(Cluster cluster) {
    Running chief = cluster.get("chief-0");
    cluster.get("ps-0").kill();
    chief.awaitLine("^waiting_for=ps-0");
    long lastSaved = chief.last(SAVED);
    cluster.start("ps-0");
    chief.awaitLine("^restored=");
    assertThat(chief.last(RESTORED)).isEqualTo(lastSaved);
    chief.awaitStepAfter(lastSaved + 20);
    cluster.get("worker-1").awaitStepAfter(lastSaved + 20);
  }

  private static void workersGoOnWithoutTheChiefWhichRejoins(Cluster cluster) {
    Running worker = cluster.get("worker-0");
    cluster.get("chief-0").kill();
    long alone = worker.step();
    worker.awaitStepAfter(alone + 20);
    Running chief = cluster.start("chief-0").awaitStepAfter(alone);
    assertThat(chief.output()).doesNotContain("restored=");
  }

  private static void allAreKilledAndTrainingResumes(Cluster cluster) {
    Running chief = cluster.get("chief-0").awaitLine("^checkpoint=");
    TASKS.forEach(task -> cluster.get(task).kill());
    long lastSaved = chief.last(SAVED);
    TASKS.forEach(cluster::start);
    chief = cluster.get("chief-0").awaitLine("^restored=");
    assertThat(chief.last(RESTORED)).isEqualTo(lastSaved);
  }

  private void allSucceed(Cluster cluster) {
    Running chief = cluster.get("chief-0");
    assertThat(chief.exit()).as(chief::output).isZero();
    assertThat(chief.output()).containsPattern("(?m)^accuracy=0\\.9[3-9]\\d* held_out=2000");
    assertThat(chief.output())
        .containsPattern("(?m)^global_step=\\d+ chief-0=\\d+ worker-0=\\d+ worker-1=\\d+$");
    for (String task : List.of("worker-0", "worker-1")) {
      Running worker = cluster.get(task);
      assertThat(worker.exit()).as(worker::output).isZero();
      assertThat(worker.last("^done=worker-\\d steps=(\\d+)")).isPositive();
    }
    assertThat(folder.resolve("export/1/saved_model.pb")).exists();
    assertThat(cluster.get("ps-0").terminate().exit()).isEqualTo(143);
  }

  @Test
  void aWorkerThatComesLateToAShortTrainingIsWaitedFor() {
    List<String> tasks = List.of("ps-0", "chief-0", "worker-0");
    try (Cluster cluster = new Cluster(folder, tasks, "--steps=300")) {
      Running chief = cluster.start("chief-0");
      cluster.start("ps-0");
      chief.awaitLine("^waiting_for=worker-0");
      Running worker = cluster.start("worker-0");
      assertThat(chief.exit()).as(chief::output).isZero();
      assertThat(worker.exit()).as(worker::output).isZero();
      assertThat(worker.last("^done=worker-0 steps=(\\d+)")).isPositive();
    }
  }

  @Test
  void withoutAChiefTheFirstWorkerActsAsOne() {
    try (Cluster cluster =
        new Cluster(
            folder, List.of("ps-0", "ps-1", "worker-0", "worker-1"), "--steps=120", model())) {
      String config =
          """
          {"ps": ["%s", "%s",],
           "worker": ["%s", "%s",],}
          """
              .formatted(
                  cluster.address("ps-0"),
                  cluster.address("ps-1"),
                  cluster.address("worker-0"),
                  cluster.address("worker-1"));
      cluster.start(Map.of("CLUSTER_CONFIG", config, "POD_NAME", "ps-0"));
      cluster.start(Map.of("CLUSTER_CONFIG", config, "POD_NAME", "inception-ps-1"));
      Running second = cluster.start(Map.of("CLUSTER_CONFIG", config, "POD_NAME", "worker-1"));
      Running first =
          cluster.start(Map.of("CLUSTER_CONFIG", config, "POD_NAME", "inception-worker-0"));
      assertThat(first.exit()).as(first::output).isZero();
      assertThat(second.exit()).as(second::output).isZero();
      assertThat(first.last("^accuracy=.* global_step=(\\d+)")).isGreaterThanOrEqualTo(120);
      assertThat(second.output()).doesNotContain("accuracy=0.0000").contains("done=worker-1");
    }
  }

  @Test
  void theSparseFormTellsParameterServersOfTheirWorkers() {
    try (Cluster cluster =
        new Cluster(folder, List.of("ps-0", "worker-0", "worker-1"), "--steps=200", model())) {
      String ps = cluster.address("ps-0");
      cluster.start(Map.of("TF_CONFIG", sparse("", ps, "ps", 0)));
      Running first =
          cluster.start(Map.of("TF_CONFIG", sparse(worker(cluster, 0), ps, "worker", 0)));
      Running second =
          cluster.start(Map.of("TF_CONFIG", sparse(worker(cluster, 1), ps, "worker", 1)));
      assertThat(first.exit()).as(first::output).isZero();
      assertThat(second.exit()).as(second::output).isZero();
      assertThat(first.last("^global_step=(\\d+)")).isGreaterThanOrEqualTo(200);
    }
  }

  private static String worker(Cluster cluster, int index) {
    return "\"" + index + "\":\"" + cluster.address("worker-" + index) + "\"";
  }

  private static String sparse(String worker, String ps, String role, int index) {
    return "{\"cluster\":{\"worker\":{%s},\"ps\":[\"%s\"]},\"task\":{\"type\":\"%s\",\"index\":%d}}"
        .formatted(worker, ps, role, index);
  }

  @Test
  void withoutAParameterServerTheChiefHoldsTheVariablesAndTheEvaluatorMeasures() {
    try (Cluster cluster =
        new Cluster(
            folder,
            List.of("master-0", "worker-0", "evaluator-0"),
            "--steps=200",
            "--log-dir=" + folder.resolve("logs"),
            model())) {
      Running evaluator = cluster.start("evaluator-0");
      Running worker = cluster.start("worker-0");
      Running master = cluster.start("master-0");
      assertThat(master.exit()).as(master::output).isZero();
      assertThat(worker.exit()).as(worker::output).isZero();
      assertThat(evaluator.exit()).as(evaluator::output).isZero();
      assertThat(evaluator.step()).isGreaterThanOrEqualTo(200);
      assertThat(Files.isDirectory(folder.resolve("logs/eval"))).isTrue();
      assertThat(Files.isDirectory(folder.resolve("logs/train-worker-0"))).isTrue();
    }
  }
}
