package dev.mlk.gpu.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The image of a smoke pod and what to start in it.
 *
 * @param reference such as {@code tensorflow/tensorflow:2.17.0-gpu}
 */
record SmokeImage(String reference) {
  /** For simulated GPUs: has a program of its own that speaks the same lines. */
  static final SmokeImage SIMULATED = new SmokeImage("mlk/smoke:0.1");

  /**
   * The last public image of TensorFlow whose CUDA libraries are all there: those of 2.18 to 2.20
   * lack libcudnn.so.9 and compute on the processor.
   */
  static final SmokeImage NVIDIA = new SmokeImage("tensorflow/tensorflow:2.17.0-gpu");

  static final SmokeImage AMD = new SmokeImage("rocm/tensorflow:latest");

  /** The usual one for a node. */
  static SmokeImage of(GpuNode node) {
    if (node.simulated()) {
      return SIMULATED;
    }
    boolean amd = node.gpus().stream().anyMatch(offer -> offer.resource().contains("amd.com"));
    return amd ? AMD : NVIDIA;
  }

  /** Whether the image's own program is the smoke program. */
  boolean own() {
    String name = reference.replaceFirst("@.*$", "").replaceFirst(":[^/]*$", "");
    return name.equals("mlk/smoke") || name.endsWith("/mlk/smoke");
  }

  /** The container's command; empty for the image's own. */
  List<String> command() {
    return own() ? List.of() : List.of("python3", "-c", script());
  }

  private static String script() {
    try (InputStream in = SmokeImage.class.getResourceAsStream("smoke.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
