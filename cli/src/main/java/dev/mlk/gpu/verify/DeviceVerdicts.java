package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;
import dev.mlk.facts.Names;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the devices of a container are: there, with the right driver, and whose. */
final class DeviceVerdicts {
  private DeviceVerdicts() {}

  static Verdict visible(Smoked gpu) {
    int seen = gpu.log().all("device").size();
    long given = gpu.part().count();
    if (seen == 0) {
      String why = gpu.log().first("driver").path("error").asString("nothing says why");
      return Verdict.fail(
          "",
          "the container was given "
              + given
              + " "
              + gpu.part().resource()
              + " and sees none: "
              + why,
          "the container runtime adds device and driver",
          "kubectl get runtimeclass; install the NVIDIA container toolkit on "
              + gpu.node().words());
    }
    String uuid = gpu.uuid().isEmpty() ? "" : " " + gpu.uuid();
    if (seen > given) {
      return Verdict.warn(
          "",
          "the container was given " + given + " and sees " + Names.count(seen, "device"),
          "only what it was given: other pods' GPUs are open to it",
          "set accept-nvidia-visible-devices-envvar-when-unprivileged = false in the toolkit's"
              + " config.toml");
    }
    return Verdict.pass((gpu.simulated() ? "simulated" : "seen") + uuid);
  }

  static Verdict driver(Smoked gpu) {
    if (gpu.simulated()) {
      return Verdict.skip("simulated: there is no driver", "");
    }
    if (!gpu.part().nvidia()) {
      return Verdict.skip("only NVIDIA's driver is known to say its version", "");
    }
    JsonNode driver = gpu.log().first("driver");
    String kernel = driver.path("kernel").asString(gpu.device().path("driver").asString(""));
    String library = driver.path("library").asString("");
    String error = driver.path("error").asString("");
    boolean differ = !kernel.isEmpty() && !library.isEmpty() && !kernel.equals(library);
    if (differ || error.contains("mismatch") || error.contains("driver and library differ")) {
      return Verdict.fail(
          "",
          "the kernel's driver is "
              + (kernel.isEmpty() ? "another version" : kernel)
              + " and its library "
              + (library.isEmpty() ? "another" : library)
              + (error.isEmpty() ? "" : " (" + error + ")"),
          "one version of both: the driver was updated without a reboot",
          "kubectl drain " + gpu.node().words() + " --ignore-daemonsets, then reboot it");
    }
    if (!error.isEmpty()) {
      return Verdict.fail(
          "",
          error,
          "a driver that answers",
          "nvidia-smi on " + gpu.node().words() + "; dmesg | grep -i xid");
    }
    return versions(gpu, kernel, driver.path("cuda").asString(""));
  }

  private static Verdict versions(Smoked gpu, String kernel, String cuda) {
    String wanted = gpu.log().first("tensorflow").path("cuda").asString("");
    if (!cuda.isEmpty() && !wanted.isEmpty() && major(cuda) < major(wanted)) {
      return Verdict.fail(
          "",
          "driver " + kernel + " knows CUDA " + cuda + ", TensorFlow of the image needs " + wanted,
          "a driver for CUDA " + major(wanted),
          "update the driver, or take an image with an older CUDA: mlk gpu verify --image IMAGE");
    }
    String label = gpu.node().label("nvidia.com/cuda.driver-version.full");
    if (!label.isEmpty() && !kernel.isEmpty() && !label.equals(kernel)) {
      return Verdict.warn(
          "",
          "driver " + kernel + ", but the node's label says " + label,
          "labels that are true, for jobs that choose nodes by them",
          "kubectl -n gpu-operator rollout restart daemonset gpu-feature-discovery");
    }
    if (kernel.isEmpty() && cuda.isEmpty()) {
      return Verdict.skip("the container does not say which driver it has", "");
    }
    return Verdict.pass(
        "driver "
            + kernel
            + (cuda.isEmpty() ? "" : ", CUDA up to " + cuda)
            + (wanted.isEmpty() ? "" : "; TensorFlow's is " + wanted));
  }

  private static int major(String version) {
    return Integer.parseInt("0" + version.replaceFirst("\\D.*$", ""));
  }

  /** Whether it is one whole GPU: what labels say, and what containers got. */
  static Verdict sharing(Smoked gpu, List<SmokeLog> logs) {
    if (!gpu.profile().isEmpty()) {
      return Verdict.pass("a MIG device of its own memory: " + gpu.profile());
    }
    Set<String> seen = new LinkedHashSet<>();
    int told = 0;
    String twice = "";
    for (SmokeLog log : logs) {
      for (JsonNode device : log.all("device")) {
        String uuid = device.path("uuid").asString("");
        told += uuid.isEmpty() ? 0 : 1;
        twice = !uuid.isEmpty() && !seen.add(uuid) ? uuid : twice;
      }
    }
    GpuNode node = gpu.node();
    int devices = gpu.log().all("device").size();
    String how = node.strategy().orElse("time slicing");
    if (!twice.isEmpty()) {
      return shared(gpu, "two containers got the same GPU " + twice + " (" + how + ")");
    }
    if (devices > 0 && devices < gpu.part().count()) {
      return shared(
          gpu,
          gpu.part().count()
              + " "
              + gpu.part().resource()
              + " were asked for and "
              + Names.count(devices, "device")
              + " came: they are slices");
    }
    if (node.replicas() > 1) {
      return shared(
          gpu,
          "labels and numbers of the node say that "
              + node.replicas()
              + " pods share each GPU ("
              + how
              + ")");
    }
    return told == 0
        ? Verdict.skip("no device tells its id", "")
        : Verdict.pass((gpu.simulated() ? "simulated, " : "") + "given out whole");
  }

  private static Verdict shared(Smoked gpu, String seen) {
    return Verdict.warn(
        "",
        seen,
        "one pod a GPU: memory is not divided, one pod can take all of it",
        "kubectl get node " + gpu.node().words() + " -o yaml | grep nvidia.com/gpu");
  }
}
