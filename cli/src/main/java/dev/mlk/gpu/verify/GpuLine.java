package dev.mlk.gpu.verify;

import dev.mlk.check.Outcome;
import tools.jackson.databind.JsonNode;

/**
 * What a table shows of a verified GPU. Empty text and zero stand for unknown.
 *
 * @param product {@code right}, {@code wrong} or {@code on CPU}
 * @param gflops measured, billions of operations a second
 * @param peak of the model, in the same unit
 * @param mebibytes had and read back
 */
record GpuLine(
    String model,
    String driver,
    String product,
    double gflops,
    double peak,
    long mebibytes,
    String tensorflow) {
  static GpuLine of(Smoked gpu) {
    JsonNode driver = gpu.log().first("driver");
    String version = driver.path("kernel").asString(gpu.device().path("driver").asString(""));
    String product = "";
    if (gpu.fellBack()) {
      product = "on CPU";
    } else if (gpu.fact("product").has("difference")) {
      product = ArithmeticVerdicts.product(gpu).outcome() == Outcome.PASS ? "right" : "wrong";
    }
    String profile = gpu.profile();
    return new GpuLine(
        gpu.model() + (profile.isEmpty() ? "" : " " + profile),
        gpu.simulated() ? "simulated" : version,
        product,
        gpu.fact("speed").path("gflops").asDouble(0),
        GpuModel.of(gpu.model()).map(model -> model.gflops(profile)).orElse(0.0),
        gpu.fact("memory").path("gotMiB").asLong(0),
        gpu.log().first("tensorflow").path("version").asString(""));
  }
}
