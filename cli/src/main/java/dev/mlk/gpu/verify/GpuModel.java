package dev.mlk.gpu.verify;

import dev.mlk.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a model of GPU should give.
 *
 * @param name such as {@code NVIDIA A100}
 * @param gflops single-precision operations a second without tensor cores, in billions, as its
 *     maker states the peak
 * @param source where that stands
 */
record GpuModel(String name, double gflops, String source) {
  private static final double SEVENTHS = 7;
  private static final Pattern PROFILE = Pattern.compile("^(\\d)g\\.");

  /** The model that a label or a driver names; empty for one that is not in the table. */
  static Optional<GpuModel> of(String name) {
    String words = " " + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ") + " ";
    for (JsonNode model : table()) {
      boolean all = true;
      for (JsonNode word : model.path("words")) {
        all &= words.contains(" " + word.asString("") + " ");
      }
      if (all) {
        return Optional.of(
            new GpuModel(
                model.path("name").asString(""),
                model.path("tflops").asDouble(0) * 1000,
                model.path("source").asString("")));
      }
    }
    return Optional.empty();
  }

  /** The share of a MIG device: {@code 3g.20gb} has three sevenths of the processors. */
  double gflops(String profile) {
    Matcher slices = PROFILE.matcher(profile);
    return slices.find() ? gflops * Integer.parseInt(slices.group(1)) / SEVENTHS : gflops;
  }

  /** All entries, the more particular ones first. */
  static List<JsonNode> table() {
    try (InputStream in = GpuModel.class.getResourceAsStream("gpu-models.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(text).path("models").valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
