package dev.mlk.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.tfjob.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Katib's objects in a practice cluster that has their definitions, every field of them. */
final class KatibTest {
  private static final Resource EXPERIMENTS =
      Resource.namespaced("kubeflow.org", "v1beta1", "experiments", "Experiment");
  private static final Resource TRIALS =
      Resource.namespaced("kubeflow.org", "v1beta1", "trials", "Trial");

  @TempDir private static Path home;
  private static PracticeInProcess cluster;
  private static ApiClient api;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    api = cluster.client();
    for (ObjectNode definition : read("definitions.yaml")) {
      api.create(Resources.CUSTOM_RESOURCES, "", definition);
    }
    Eventually.within(
        Duration.ofSeconds(30), "Katib's kinds are served", () -> served(EXPERIMENTS, TRIALS));
    create(EXPERIMENTS, "experiment.yaml");
    create(TRIALS, "trials.yaml");
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
    cluster.close();
  }

  private static boolean served(Resource... kinds) {
    for (Resource kind : kinds) {
      JsonNode definition =
          api.get(Resources.CUSTOM_RESOURCES, "", kind.plural() + "." + kind.group());
      if (definition.path("status").path("conditions").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<ObjectNode> read(String name) throws IOException {
    try (InputStream in = KatibTest.class.getResourceAsStream("katib/" + name)) {
      return ManifestReader.read(name, in.readAllBytes()).documents().stream()
          .map(Document::object)
          .toList();
    }
  }

  private static void create(Resource resource, String name) throws IOException {
    for (ObjectNode object : read(name)) {
      ObjectNode made = api.create(resource, "default", object);
      made.set("status", object.path("status"));
      if (object.has("status")) {
        api.updateStatus(resource, made);
      }
    }
  }

  /** Creates what mlk printed, as {@code kubectl apply} does: unknown fields are refused. */
  private static ObjectNode strict(String yaml) {
    JsonNode object =
        ManifestReader.read("out", yaml.getBytes(StandardCharsets.UTF_8))
            .documents()
            .getFirst()
            .object();
    return api.call(
        Request.of("POST", EXPERIMENTS.path("default"))
            .query("fieldValidation", "Strict")
            .body("application/json", Json.writeLine(object).getBytes(StandardCharsets.UTF_8)));
  }

  private static String render(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "sweep";
    all[1] = "render";
    System.arraycopy(words, 0, all, 2, words.length);
    PracticeInProcess.Result result = cluster.run(all);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void aLearningSearchOverRangesMeansTheSameInKatib() {
    ObjectNode made =
        strict(
            render(
                "--lr=1e-4..1e-1:log",
                "--batch-size=16..256:int",
                "--optimizer=sgd,adam",
                "--search=tpe",
                "--trials=20",
                "--seed=7",
                "--parallel=4",
                "--stop-early=median",
                "--metric=loss",
                "--name=tpe",
                "--to=katib"));
    JsonNode spec = made.path("spec");
    assertThat(Json.writeLine(spec.path("objective")))
        .isEqualTo(
            "{\"type\":\"minimize\",\"objectiveMetricName\":\"loss\",\"metricStrategies\":"
                + "[{\"name\":\"loss\",\"value\":\"latest\"}]}");
    assertThat(spec.path("algorithm").path("algorithmName").asString("")).isEqualTo("tpe");
    assertThat(spec.path("algorithm").toString()).contains("random_state", "\"7\"");
    assertThat(spec.path("earlyStopping").path("algorithmName").asString(""))
        .isEqualTo("medianstop");
    assertThat(spec.path("parallelTrialCount").asInt()).isEqualTo(4);
    assertThat(spec.path("maxTrialCount").asInt()).isEqualTo(20);
    assertThat(Json.writeLine(spec.path("parameters")))
        .isEqualTo(
            "[{\"name\":\"lr\",\"parameterType\":\"double\",\"feasibleSpace\":{\"min\":\"1.0E-4\","
                + "\"max\":\"0.1\",\"distribution\":\"logUniform\"}},{\"name\":\"batch-size\","
                + "\"parameterType\":\"int\",\"feasibleSpace\":{\"min\":\"16\",\"max\":\"256\","
                + "\"distribution\":\"uniform\"}},{\"name\":\"optimizer\",\"parameterType\":"
                + "\"categorical\",\"feasibleSpace\":{\"list\":[\"sgd\",\"adam\"]}}]");
    JsonNode template = spec.path("trialTemplate");
    assertThat(template.path("primaryPodLabels").path("training.kubeflow.org/replica-type"))
        .hasToString("\"worker\"");
    JsonNode job = template.path("trialSpec");
    assertThat(job.path("metadata").has("name")).isFalse();
    assertThat(job.toString())
        .contains(
            "--learning-rate=${trialParameters.lr}",
            "--batch-size=${trialParameters.batch-size}",
            "--optimizer=${trialParameters.optimizer}");
  }

  @Test
  void aGridIsAListOfValuesForEachParameter() {
    ObjectNode made = strict(render("--lr=1e-3..1e-1:log", "--batch-size=32,64", "--name=grid"));
    assertThat(Json.writeLine(made.path("spec").path("parameters")))
        .contains("\"list\":[\"0.001\",\"0.01\",\"0.1\"]", "\"list\":[\"32\",\"64\"]");
    assertThat(made.path("spec").path("maxTrialCount").asInt()).isEqualTo(6);
  }

  @Test
  void trialsThatShareAVolumeHaveFoldersOfTheirOwnInKatibToo() throws IOException {
    Files.writeString(
        home.resolve("shared.yaml"),
        """
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata: {name: shared}
        spec:
          tfReplicaSpecs:
            Chief:
              template:
                spec:
                  containers:
                  - name: tensorflow
                    image: mlk/mnist:0.1
                    args: [--lr=1, --log-dir=/data/logs]
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        """);
    ObjectNode made = strict(render("shared.yaml", "--lr=1,2", "--name=shared"));
    JsonNode template = made.path("spec").path("trialTemplate");
    assertThat(template.path("trialSpec").toString())
        .contains("--log-dir=/data/logs/${trialParameters.trialName}");
    assertThat(template.path("trialParameters").toString()).contains("${trialSpec.Name}");
    assertThat(template.path("primaryPodLabels").toString()).contains("chief");
  }

  @Test
  void whatKatibCannotSayIsRefusedAllAtOnce() {
    PracticeInProcess.Result result =
        cluster.run(
            "sweep",
            "render",
            "--lr=0.1,0.2",
            "--param=worker.replicas=1,2",
            "--where=lr<0.2",
            "--stop-early=asha");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("no conditions between parameters, such as --where lr<0.2")
        .contains("spec.tfReplicaSpecs.Worker.replicas is no text")
        .contains("knows the median rule only, not --stop-early asha");
  }

  @Test
  void theFixtureRefusesAFieldThatKatibDoesNotHave() {
    String wrong = render("--lr=0.1,0.2", "--name=wrong").replace("parallelTrialCount", "parallel");
    assertThatThrownBy(() -> strict(wrong))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("parallel");
  }

  @Test
  void anExperimentIsReportedLikeASweep() {
    PracticeInProcess.Result report = cluster.run("sweep", "report", "tuned");
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.out())
        .contains("Best: trial 1, lr=0.01 optimizer=adam: loss 0.25")
        .contains("Katib's collector has no number for loss")
        .contains("its job is gone; trialTemplate.retain: true would have kept it")
        .contains("Failed: Trial has failed");
    assertThat(cluster.run("sweep", "list").out()).containsPattern("tuned +Katib +5/6 +loss +0.25");
    assertThat(cluster.run("sweep", "get", "tuned").out())
        .containsPattern("0.03.*Running +tuned-f");
    assertThat(cluster.run("sweep", "report", "tuned", "--metric", "accuracy").out())
        .contains("Best: trial 1, lr=0.01 optimizer=adam: accuracy 0.94");
    assertThat(cluster.run("sweep", "report", "tuned", "-o", "csv").out())
        .contains("1,0.01,adam,0.25,Succeeded,1,42.0,tuned-a,");
    assertThat(cluster.run("sweep", "report", "tuned", "--best", "-o", "yaml").out())
        .contains("name: tuned-best", "--lr=0.01", "--optimizer=adam")
        .doesNotContain("katib.kubeflow.org", "${");
    PracticeInProcess.Result stopped = cluster.run("sweep", "stop", "tuned");
    assertThat(stopped.code()).isEqualTo(2);
    assertThat(stopped.err()).contains("it comes from Katib", "kubectl delete experiment tuned");
  }
}
