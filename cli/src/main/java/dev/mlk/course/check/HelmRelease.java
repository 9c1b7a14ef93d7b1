package dev.mlk.course.check;

import dev.mlk.format.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What helm remembers of a release: JSON, packed, in a Secret of its own for each revision. */
final class HelmRelease {
  private static final int LARGEST = 16 << 20;

  private HelmRelease() {}

  /** The name of the Secret of a revision. */
  static String secret(String release, String revision) {
    return "sh.helm.release.v1." + release + ".v" + revision;
  }

  /** What is in such a Secret; empty when it cannot be read. */
  static Optional<JsonNode> read(JsonNode secret) {
    try {
      byte[] packed =
          Base64.getDecoder()
              .decode(Base64.getDecoder().decode(secret.at("/data/release").asString("")));
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        return Optional.of(Json.read(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8)));
      }
    } catch (IllegalArgumentException | IOException | JacksonException e) {
      return Optional.empty();
    }
  }
}
