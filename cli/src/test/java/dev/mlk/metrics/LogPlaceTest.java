package dev.mlk.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where jobs say that they write. */
final class LogPlaceTest {
  private static JsonNode job(String container) {
    return Json.read(
        """
        {"spec": {"tfReplicaSpecs": {"Worker": {"template": {"spec": {
          "containers": [%s],
          "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "c"}},
                      {"name": "own", "emptyDir": {}},
                      {"name": "settings", "configMap": {"name": "m"}}]}}}}}}
        """
            .formatted(container));
  }

  private static String place(String container) {
    List<LogPlace> places = LogPlace.of(job(container));
    assertThat(places).hasSize(1);
    LogPlace place = places.getFirst();
    return place.volume().path("name").asString("-") + " " + place.inside() + " " + place.shown();
  }

  private static final String MOUNTS =
      """
      "volumeMounts": [{"name": "data", "mountPath": "/train", "subPath": "x"},
                       {"name": "own", "mountPath": "/train/own"}]
      """;

  @Test
  void anArgumentNamesTheFolderInTheMountThatHoldsIt() {
    for (String arguments :
        List.of(
            "\"args\": [\"--log-dir=/train/logs/\"]",
            "\"args\": [\"--log_dir\", \"/train/logs\"]",
            "\"args\": [\"--logdir=/train/logs\", \"--model_dir=/other\"]",
            "\"command\": [\"sh\", \"-c\", \"python t.py --model-dir /train/logs && true\"]",
            "\"env\": [{\"name\": \"TF_LOG_DIR\", \"value\": \"/train/logs\"}]",
            "\"args\": [\"--logdir=$(D)/logs\"], \"env\": [{\"name\": \"D\", \"value\": \"/train\"}]")) {
      assertThat(place("{\"name\": \"tensorflow\", " + arguments + ", " + MOUNTS + "}"))
          .as(arguments)
          .isEqualTo("data x/logs /train/logs");
    }
  }

  @Test
  void theInnermostMountHoldsTheFolder() {
    assertThat(place("{\"args\": [\"--log-dir=/train/own/logs\"], " + MOUNTS + "}"))
        .isEqualTo("own logs /train/own/logs");
    assertThat(place("{\"args\": [\"--log-dir=/elsewhere\"], " + MOUNTS + "}"))
        .isEqualTo("- /elsewhere /elsewhere");
  }

  @Test
  void aJobThatNamesNoFolderIsLookedThroughWhereItCanWrite() {
    List<LogPlace> places =
        LogPlace.of(
            job(
                "{\"volumeMounts\": [{\"name\": \"data\", \"mountPath\": \"/d\"},"
                    + " {\"name\": \"settings\", \"mountPath\": \"/s\"}]}"));
    assertThat(places).extracting(LogPlace::shown).containsExactly("/d");
    assertThat(places.getFirst().told()).isFalse();
  }

  @Test
  void anObjectStoreIsKnownAsSuch() {
    LogPlace place = LogPlace.of(job("{\"args\": [\"--log-dir=gs://bucket/logs\"]}")).getFirst();
    assertThat(place.remote()).isTrue();
    assertThat(place.shown()).isEqualTo("gs://bucket/logs");
  }
}
