package dev.mlk.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sweeps of simulated trials in a practice cluster: each logs what it is told to. */
final class SweepTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    Files.writeString(
        home.resolve("job.yaml"),
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
                    args: ["--duration=0.1s"]
        """);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static PracticeInProcess.Result sweep(String name, String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "sweep";
    all[1] = "job.yaml";
    all[2] = "--name";
    all[3] = name;
    System.arraycopy(words, 0, all, 4, words.length);
    return cluster.run(all);
  }

  private static JsonNode report(String name) {
    PracticeInProcess.Result result = cluster.run("sweep", "report", name, "-o", "json");
    assertThat(result.code()).as(result.err()).isZero();
    return Json.read(result.out());
  }

  private static JsonNode trial(JsonNode report, int number) {
    for (JsonNode trial : report.path("trials")) {
      if (trial.path("trial").asInt() == number) {
        return trial;
      }
    }
    throw new AssertionError("no trial " + number + " in " + report);
  }

  @Test
  void theBestTrialIsNamedAndTheSameCommandRunsNothingAgain() {
    String[] words = {"--log", "accuracy=0.5,accuracy=0.9,accuracy=nan,accuracy=0.7"};
    PracticeInProcess.Result result = sweep("best", words);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Best: trial 2, log=accuracy=0.9: accuracy 0.9")
        .contains("Diverged: trial 3");
    JsonNode before = report("best");
    assertThat(before.path("best").path("trial").asInt()).isEqualTo(2);
    PracticeInProcess.Result again = sweep("best", words);
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("4 trials have ended; nothing is run again");
    assertThat(report("best")).isEqualTo(before);
    PracticeInProcess.Result other = sweep("best", "--log", "accuracy=1");
    assertThat(other.code()).isEqualTo(10);
    assertThat(other.err()).contains("there is another sweep best");
  }

  @Test
  void aMissingMetricIsExplainedAndAnotherOneNeedsNoNewTraining() {
    PracticeInProcess.Result result = sweep("metric", "--log", "f1=0.25,f1=0.75,hello");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("looked for accuracy=NUMBER in the log of worker-0: there is none; it has f1")
        .contains("worker-0 | hello")
        .contains("Best: none");
    PracticeInProcess.Result resumed = cluster.run("sweep", "resume", "metric", "--metric", "f1");
    assertThat(resumed.out()).contains("Best: trial 2, log=f1=0.75: f1 0.75");
    assertThat(trial(report("metric"), 1).path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aFailedTrialIsRetriedAsToldAndDoesNotSpoilTheReport() {
    PracticeInProcess.Result result =
        sweep("failed", "--exit-code", "0,3", "--set", "arg.log=accuracy=0.5", "--retries", "1");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("trial 2/2 exit-code=3: tried again.");
    assertThat(result.out())
        .contains("Best: trial 1, exit-code=0: accuracy 0.5")
        .contains("worker-0 ended with exit code 3");
    JsonNode report = report("failed");
    assertThat(report.path("counts").path("Failed").asInt()).isEqualTo(1);
    assertThat(trial(report, 2).path("attempts").asInt()).isEqualTo(2);
    assertThat(trial(report, 1).path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aTrialThatIsKilledEachTimeFails() {
    PracticeInProcess.Result result =
        sweep("killed", "--exit-code", "139", "--set", "arg.log=accuracy=0.5");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("exit code 139");
    JsonNode report = report("killed");
    assertThat(report.path("counts").path("Failed").asInt()).isEqualTo(1);
    assertThat(trial(report, 1).path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void everyFormOfTheReportHasTheSameTrials() {
    sweep("forms", "--log", "accuracy=0.5,accuracy=0.9", "--cpu", "1m,2m", "--param", "env.A=x|y");
    String csv = cluster.run("sweep", "report", "forms", "-o", "csv").out();
    assertThat(csv.lines()).hasSize(5);
    assertThat(csv)
        .startsWith("trial,log,cpu,env.A,accuracy,state,attempts,seconds,job,cause\n")
        .contains(",accuracy=0.9,2m,x|y,0.9,Succeeded,1,");
    assertThat(cluster.run("sweep", "report", "forms", "-o", "markdown").out())
        .contains("| accuracy=0.9 | 2m | x\\|y | 0.9 | Succeeded |");
    assertThat(cluster.run("sweep", "report", "forms", "-o", "html").out())
        .startsWith("<!DOCTYPE html>")
        .contains("<polyline class=\"best\"")
        .doesNotContain("<script", "http:", "https:");
    String best = cluster.run("sweep", "report", "forms", "--best", "-o", "yaml").out();
    assertThat(best).contains("name: forms-best", "--log=accuracy=0.9", "value: x|y");
    assertThat(best).doesNotContain("ownerReferences", "labels:");
    assertThat(cluster.run("sweep", "list").out()).contains("forms");
    assertThat(cluster.run("sweep", "delete", "forms").code()).isZero();
    assertThat(cluster.run("sweep", "report", "forms").code()).isEqualTo(3);
    assertThat(cluster.run("tfjob", "list").out()).doesNotContain("forms-");
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsCreated() {
    assertThat(cluster.run("sweep", "--lr", "0.1,high").err())
        .contains("learning-rate takes a number above 0, not \"high\"");
    assertThat(cluster.run("sweep", "--learning-rat", "0.1").err())
        .contains("did you mean learning-rate?");
    assertThat(cluster.run("sweep", "--metrc", "loss", "--lr", "0.1").err())
        .contains("or was the option --metric meant?");
    assertThat(cluster.run("sweep", "--lr", "0.1,1", "--where", "lr>2").err())
        .contains("no combination meets lr>2");
    assertThat(cluster.run("sweep").err()).contains("nothing to sweep over");
    assertThat(cluster.run("sweep", "--lr").err()).contains("--lr needs values");
    assertThat(cluster.run("sweep", "list", "-o", "name").out()).doesNotContain("mnist");
  }

  @Test
  void trialsOfAQueueAreCreatedSuspendedAndRunWhenTheQueueLetsThem() {
    PracticeInProcess.Result waiting =
        sweep("queued", "--log", "accuracy=0.5", "--queue", "team", "--timeout", "1s");
    assertThat(waiting.code()).as(waiting.err()).isEqualTo(6);
    JsonNode report = report("queued");
    String job = trial(report, 1).path("job").asString("");
    assertThat(cluster.run("tfjob", "list", "-l", "kueue.x-k8s.io/queue-name=team").out())
        .contains(job)
        .contains("Suspended");
    assertThat(cluster.run("tfjob", "resume", job).code()).isZero();
    PracticeInProcess.Result admitted = cluster.run("sweep", "resume", "queued");
    assertThat(admitted.code()).as(admitted.err()).isZero();
    assertThat(admitted.out()).contains("Best: trial 1");
  }

  @Test
  void aDryRunSaysWhatWouldBeTried() {
    PracticeInProcess.Result result =
        cluster.run(
            "sweep",
            "--lr",
            "1e-3..1e-1:log",
            "--batch-size",
            "32,64",
            "--where",
            "lr*batch_size<5",
            "--dry-run");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(6);
    assertThat(result.err()).contains("5 trials, maximize accuracy; nothing was created (dry run)");
  }

  @Test
  void jobsThatAHelmChartMadeAreListedAndComparedByTheirLabel() throws IOException {
    StringBuilder manifest = new StringBuilder();
    for (String lr : new String[] {"0.1", "0.01", "0.001"}) {
      manifest.append(
          """
          ---
          apiVersion: kubeflow.org/v1
          kind: TFJob
          metadata:
            name: chart-lr-%1$s
            labels: {mlk.dev/sweep: chart, app.kubernetes.io/managed-by: Helm}
            annotations: {meta.helm.sh/release-name: my-release}
          spec:
            tfReplicaSpecs:
              Worker:
                template:
                  spec:
                    containers:
                    - name: tensorflow
                      image: mlk/simulated
                      args: ["--duration=0.1s", "--lr=%2$s", "--log-dir=/logs/%1$s", "--log", "accuracy=0.9%3$s"]
          """
              .formatted(lr.replace('.', '-'), lr, lr.length()));
    }
    Files.writeString(home.resolve("chart.yaml"), manifest);
    assertThat(cluster.run("tfjob", "submit", "chart.yaml", "--wait").code()).isZero();
    assertThat(cluster.run("sweep", "list").out())
        .containsPattern("chart +Helm +3/3 +accuracy +0.95 +lr=0.001");
    PracticeInProcess.Result report = cluster.run("sweep", "report", "chart", "-o", "csv");
    assertThat(report.out())
        .startsWith("trial,lr,log,accuracy,state,")
        .contains(",0.001,accuracy=0.95,0.95,Succeeded,1,")
        .contains("chart-lr-0-001");
    assertThat(cluster.run("sweep", "get", "chart").out()).contains("chart-lr-0-01", "Succeeded");
    assertThat(cluster.run("sweep", "report", "chart", "--best", "-o", "yaml").out())
        .contains("name: chart-best", "--lr=0.001")
        .doesNotContain("helm", "uid", "status:");
    PracticeInProcess.Result deleted = cluster.run("sweep", "delete", "chart");
    assertThat(deleted.code()).isEqualTo(2);
    assertThat(deleted.err()).contains("it comes from Helm", "helm uninstall my-release");
    assertThat(cluster.run("sweep", "report", "chrt").err()).contains("mlk sweep report chart");
  }

  @Test
  void whatASweepWillTakeIsSaidBeforeItBeginsFromEarlierOnesOfTheSameJob() {
    // Only this test's job has this memory, so no other sweep tells of it.
    String[] words = {"--log", "accuracy=0.5", "--set", "worker.memory=77Mi"};
    assertThat(sweep("before", words).err())
        .contains("All at once here (usual limit); how long it takes is known when the first");
    String[] more = {"--log", "accuracy=0.5,accuracy=0.6", "--set", "worker.memory=77Mi"};
    assertThat(sweep("after", more).err())
        .containsPattern(
            "All at once here \\(usual limit\\); about [0-9]+s each, as in sweep before: about"
                + " [0-9]+s in all");
  }

  @Test
  void detachingNeedsAnImageOnAClusterThatHasNone() {
    PracticeInProcess.Result result =
        cluster.run("sweep", "--lr", "0.1", "--runner-image", "registry.example/mlk");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--runner-image and --runner-account go with --detach");
  }
}
