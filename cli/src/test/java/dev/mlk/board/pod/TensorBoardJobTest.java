package dev.mlk.board.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.metrics.JobLogs;
import dev.mlk.metrics.LogPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What TensorBoard's pod mounts and is told, from what jobs say. */
final class TensorBoardJobTest {
  private static JsonNode job(String name, String replicas) {
    return Json.read(
        """
        {"metadata": {"name": "%s", "uid": "u-%s"}, "spec": {"tfReplicaSpecs": {%s}}}
        """
            .formatted(name, name, replicas));
  }

  private static String replica(String type, String claim, String folder) {
    return """
        "%s": {"template": {"spec": {
          "containers": [{"name": "tensorflow", "args": ["--log-dir=/data/%s"],
            "volumeMounts": [{"name": "data", "mountPath": "/data"}]}],
          "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "%s"}}]}}}
        """
        .formatted(type, folder, claim);
  }

  private static List<JobLogs> logs(String prefix, JsonNode job) {
    return LogPlace.of(job).stream().map(place -> new JobLogs(prefix, job, place)).toList();
  }

  private static ObjectNode of(List<JobLogs> logs) {
    return TensorBoardJob.of("image", logs, Optional.empty());
  }

  private static JsonNode container(ObjectNode job) {
    return job.at("/spec/template/spec/containers/0");
  }

  private static String told(ObjectNode job) {
    return container(job).path("args").path(0).asString();
  }

  @Test
  void oneFolderIsTheLogFolder() {
    ObjectNode job = of(logs("", job("one", replica("Worker", "claim", "logs"))));
    assertThat(told(job)).isEqualTo("--logdir=/tensorboard-logs-0/logs");
    assertThat(job.at("/metadata/ownerReferences/0/uid").asString()).isEqualTo("u-one");
    // Without it the Job would be over when TensorBoard is told to end.
    assertThat(job.at("/spec/completions").asInt()).isGreaterThan(1);
    assertThat(job.at("/spec/template/spec/automountServiceAccountToken").asBoolean(true))
        .isFalse();
  }

  @Test
  void foldersOfOneJobAreToldApartByTheirReplicaType() {
    String both = replica("Chief", "claim", "a") + "," + replica("Worker", "claim", "b");
    ObjectNode job = of(logs("", job("one", both)));
    assertThat(told(job))
        .isEqualTo("--logdir_spec=chief:/tensorboard-logs-0/a,worker:/tensorboard-logs-0/b");
    assertThat(job.at("/spec/template/spec/volumes")).hasSize(1);
  }

  @Test
  void severalJobsOnSeveralClaimsAreOneBoardThatBelongsToNone() {
    List<JobLogs> both = new ArrayList<>(logs("a", job("a", replica("Worker", "one", "logs"))));
    both.addAll(logs("b", job("b", replica("Worker", "two", "logs"))));
    ObjectNode job = of(both);
    assertThat(told(job))
        .isEqualTo("--logdir_spec=a:/tensorboard-logs-0/logs,b:/tensorboard-logs-1/logs");
    assertThat(job.path("metadata").has("ownerReferences")).isFalse();
  }

  @Test
  void anObjectStoreIsReachedAsTheJobReachesIt() {
    ObjectNode job =
        of(
            logs(
                "",
                job(
                    "far",
                    """
                    "Worker": {"template": {"spec": {
                      "serviceAccountName": "trainer",
                      "containers": [{"name": "tensorflow", "args": ["--log-dir=gs://runs/far"],
                        "env": [{"name": "KEY", "value": "/keys/key.json"}],
                        "volumeMounts": [{"name": "keys", "mountPath": "/keys"},
                          {"name": "scratch", "mountPath": "/scratch"}]}],
                      "volumes": [{"name": "keys", "secret": {"secretName": "keys"}},
                        {"name": "scratch", "emptyDir": {}}]}}}
                    """)));
    assertThat(told(job)).isEqualTo("--logdir=gs://runs/far");
    assertThat(job.at("/spec/template/spec/serviceAccountName").asString()).isEqualTo("trainer");
    assertThat(container(job).path("env")).hasSize(1);
    assertThat(container(job).path("volumeMounts").toString())
        .isEqualTo("[{\"name\":\"keys\",\"mountPath\":\"/keys\"}]");
    assertThat(job.at("/spec/template/spec/volumes")).hasSize(1);
  }

  @Test
  void theSameLogsHaveTheSameNameOnWhateverNodeAndOthersAnotherOne() {
    JsonNode one = job("one", replica("Worker", "claim", "logs"));
    String name = of(logs("", one)).at("/metadata/name").asString();
    ObjectNode pinned = TensorBoardJob.of("image", logs("", one), Optional.of("node-1"));
    assertThat(pinned.at("/metadata/name").asString()).isEqualTo(name);
    assertThat(pinned.toString()).contains("node-1");
    String other = replica("Worker", "claim", "other");
    assertThat(of(logs("", job("one", other))).at("/metadata/name").asString()).isNotEqualTo(name);
  }
}
