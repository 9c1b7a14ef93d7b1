package dev.mlk.course.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class HelmReleaseTest {
  @Test
  void readsWhatHelmPacks() throws IOException {
    JsonNode release = HelmRelease.read(secret("{\"config\":{\"title\":\"Hello\"}}")).orElseThrow();
    assertThat(Paths.values(release, "config.title")).hasSize(1);
    assertThat(release.at("/config/title").asString()).isEqualTo("Hello");
  }

  @Test
  void aSecretOfAnythingElseIsNoRelease() throws IOException {
    assertThat(HelmRelease.read(Json.object())).isEmpty();
    assertThat(HelmRelease.read(secret("not JSON"))).isEmpty();
  }

  @Test
  void theSecretIsNamedByReleaseAndRevision() {
    assertThat(HelmRelease.secret("wiki", "2")).isEqualTo("sh.helm.release.v1.wiki.v2");
  }

  @Test
  void aDivergedRunIsNotTheBest() {
    assertThat(RunValues.best(Map.of("a", 0.9, "b", Double.NaN, "c", 0.95))).isEqualTo("c");
    assertThat(RunValues.best(Map.of())).isEmpty();
  }

  private static JsonNode secret(String release) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(release.getBytes(StandardCharsets.UTF_8));
    }
    byte[] once = Base64.getEncoder().encode(packed.toByteArray());
    return Json.object()
        .set("data", Json.object().put("release", Base64.getEncoder().encodeToString(once)));
  }
}
