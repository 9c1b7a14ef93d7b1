package dev.mlk.practice.load;

import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.store.Limits;
import dev.mlk.practice.store.ObjectStore;
import dev.mlk.practice.store.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill between the two writes of a pod's deletion leaves behind. */
final class KilledDeletionTest {
  @TempDir Path folder;

  @Test
  void aPodWithoutNodeWhoseDeletionHadBegunIsGoneAfterTheRestart() throws IOException {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.create(
          Resources.PODS,
          "default",
          "{metadata: {name: 'half'}, spec: {containers: [{name: 'main', image: 'x'}]}}");
    }
    try (ObjectStore store = ObjectStore.open(folder.resolve("store"), Limits.DEFAULT)) {
      Stored pod =
          store.list("").values().stream()
              .filter(stored -> stored.key().endsWith("/half"))
              .findFirst()
              .orElseThrow();
      String marked =
          new String(pod.value(), StandardCharsets.UTF_8)
              .replaceFirst(
                  "\"metadata\":\\{",
                  "\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\","
                      + "\"deletionGracePeriodSeconds\":0,");
      String version = "\"resourceVersion\":\"";
      store.update(
          pod.key(),
          pod.revision(),
          revision ->
              marked
                  .replace(version + pod.revision() + '"', version + revision + '"')
                  .getBytes(StandardCharsets.UTF_8));
    }
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.awaitGone(Resources.PODS, "default", "half");
    }
  }
}
