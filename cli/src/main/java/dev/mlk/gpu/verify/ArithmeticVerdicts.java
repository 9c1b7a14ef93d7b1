package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What TensorFlow computed on a device, and how fast. */
final class ArithmeticVerdicts {
  /** Good libraries reach this much of a data sheet's peak, and a hot T4 in a small server half. */
  private static final double GOOD = 0.4;

  /** Below that it is no slow GPU of that model, but something else. */
  private static final double POOR = 0.15;

  /** TensorFlow's own context takes some; more is somebody else's. */
  private static final double FREE = 0.75;

  private ArithmeticVerdicts() {}

  static Verdict tensorflow(Smoked gpu) {
    String version = gpu.log().first("tensorflow").path("version").asString("");
    JsonNode listed = gpu.fact("listed");
    if (listed.has("name")) {
      String name = listed.path("name").asString("");
      return Verdict.pass(
          gpu.simulated()
              ? "simulated: TensorFlow " + version + " has " + name + " in its place"
              : "TensorFlow " + version + " lists it as " + name);
    }
    String error = gpu.log().error("tensorflow", gpu.index());
    JsonNode fallback = gpu.log().first("fallback");
    boolean image =
        fallback.path("blame").asString("").equals("image") || error.contains("ModuleNotFound");
    String why =
        error.isEmpty()
            ? fallback.path("reason").asString("TensorFlow has fewer GPUs than the container")
            : error;
    return Verdict.fail(
        "",
        "TensorFlow does not list it: " + why,
        "TensorFlow lists every device of the container",
        image
            ? "mlk gpu verify --image " + SmokeImage.of(gpu.node()).reference()
            : "mlk gpu verify --node " + gpu.node().words() + " -o json, fact driver");
  }

  static Verdict product(Smoked gpu) {
    JsonNode product = gpu.fact("product");
    if (gpu.fellBack()) {
      return Verdict.fail(
          "",
          "computed on the processor: TensorFlow fell back to "
              + product.path("placed").asString("CPU").replaceFirst("^.*device:", ""),
          "computed on the GPU",
          "the line gpu.tensorflow says why");
    }
    if (!product.has("difference")) {
      return Verdict.fail(
          "",
          "not computed: " + because(gpu, "product"),
          "a matrix product on the device",
          "mlk gpu verify --node " + gpu.node().words());
    }
    double difference = product.path("difference").asDouble(Double.MAX_VALUE);
    double tolerance = product.path("tolerance").asDouble(0);
    String words =
        "differs from the host's by "
            + small(difference)
            + " of its largest value, "
            + small(tolerance)
            + " allowed";
    return difference <= tolerance
        ? Verdict.pass((gpu.simulated() ? "simulated: " : "") + words)
        : Verdict.fail(
            "",
            words,
            "the same numbers as on the host",
            "kubectl cordon " + gpu.node().words() + ", then dcgmi diag -r 3 on it");
  }

  static Verdict speed(Smoked gpu) {
    JsonNode speed = gpu.fact("speed");
    Optional<GpuModel> model = GpuModel.of(gpu.model());
    if (!speed.has("gflops")) {
      return Verdict.skip("not measured: " + because(gpu, "speed"), "");
    }
    double gflops = speed.path("gflops").asDouble(0);
    if (gpu.simulated()) {
      return Verdict.skip(
          "simulated: "
              + (model.isPresent()
                  ? "a "
                      + model.get().name()
                      + " has up to "
                      + whole(model.get().gflops())
                      + " GFLOP/s, this is the processor"
                  : "this is the processor's speed"),
          "");
    }
    if (gpu.fellBack()) {
      return Verdict.skip(whole(gflops) + " GFLOP/s are the processor's", "");
    }
    if (model.isEmpty()) {
      return Verdict.skip(
          whole(gflops) + " GFLOP/s; what a \"" + gpu.model() + "\" should give is not known", "");
    }
    double peak = model.get().gflops(gpu.profile());
    String words =
        whole(gflops)
            + " of "
            + whole(peak)
            + " GFLOP/s ("
            + Math.round(100 * gflops / peak)
            + " %), single precision";
    String expected =
        "at least "
            + whole(GOOD * peak)
            + " GFLOP/s of a "
            + model.get().name()
            + (gpu.profile().isEmpty() ? "" : " " + gpu.profile());
    String next = "nvidia-smi -q -d PERFORMANCE,CLOCK,TEMPERATURE on " + gpu.node().words();
    if (gflops >= GOOD * peak) {
      return Verdict.pass(words);
    }
    return gflops >= POOR * peak
        ? Verdict.warn("", words, expected, next)
        : Verdict.fail("", words, expected, next);
  }

  static Verdict memory(Smoked gpu) {
    JsonNode memory = gpu.fact("memory");
    if (!memory.has("gotMiB")) {
      return gpu.fellBack()
          ? Verdict.skip("not tried: TensorFlow fell back to the processor", "")
          : Verdict.fail(
              "",
              "not tried: " + because(gpu, "memory"),
              "memory on the device",
              "nvidia-smi on " + gpu.node().words());
    }
    long got = memory.path("gotMiB").asLong(0);
    long wanted = memory.path("wantedMiB").asLong(0);
    long total = memory.path("totalMiB").asLong(0);
    long free = memory.path("freeMiB").asLong(total);
    String next = "nvidia-smi on " + gpu.node().words() + " says which processes hold it";
    if (!memory.path("intact").asBoolean(false)) {
      return Verdict.fail(
          "",
          "memory does not keep what is written to it",
          "the values that were written",
          "kubectl cordon " + gpu.node().words() + ", then dcgmi diag -r 3 on it");
    }
    if (got < wanted) {
      return Verdict.fail(
          "",
          got + " of " + wanted + " MiB could be had: " + memory.path("problem").asString(""),
          "four fifths of what is free",
          next);
    }
    if (free < FREE * total && gpu.node().replicas() == 1 && gpu.profile().isEmpty()) {
      return Verdict.warn(
          "",
          got + " MiB had; only " + free + " of " + total + " MiB are free, though no pod has it",
          "a GPU that nobody uses outside of Kubernetes",
          next);
    }
    return Verdict.pass(
        (gpu.simulated() ? "simulated: " : "")
            + got
            + " MiB had and read back"
            + (total > 0 ? ", of " + total : ""));
  }

  static Verdict peer(Smoked gpu, JsonNode peer) {
    long to = peer.path("to").asLong(0);
    String link = peer.path("link").asString("");
    if (!peer.path("intact").asBoolean(false)) {
      return Verdict.fail(
          "",
          "what is sent to GPU " + to + " does not arrive as it was",
          "the same values",
          "NCCL_P2P_DISABLE=1 for jobs until IOMMU and ACS are off on " + gpu.node().words());
    }
    String rate = peer.path("gibPerSecond").asString("");
    return Verdict.pass(
        (gpu.simulated() ? "simulated: " : "")
            + "sends to GPU "
            + to
            + (rate.isEmpty() ? "" : ", " + rate + " GiB/s")
            + (link.isEmpty() ? "" : " over " + link));
  }

  private static String because(Smoked gpu, String what) {
    for (String where : new String[] {what, "tensorflow"}) {
      String error = gpu.log().error(where, gpu.index());
      if (!error.isEmpty()) {
        return error;
      }
    }
    String last = gpu.log().lastWords();
    return last.isEmpty() ? "the program did not come that far" : last;
  }

  /** {@code 9e-07}. */
  static String small(double number) {
    return String.format(Locale.ROOT, "%.0e", number);
  }

  /** {@code 67,000}. */
  static String whole(double number) {
    return String.format(Locale.ROOT, "%,d", Math.round(number));
  }
}
