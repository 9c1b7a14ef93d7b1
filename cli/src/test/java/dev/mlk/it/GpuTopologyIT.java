package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mlk gpu topology NODE --verify} with the program for real clusters: an nvidia-smi on the
 * PATH of the practice cluster's pods answers what one of a real machine does.
 */
@Tag("slow")
final class GpuTopologyIT {
  private static final String SMI =
      """
      #!/bin/sh
      case "$*" in
        "topo -m") cat "$(dirname "$0")/topo.txt" ;;
        -L) echo "GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-604ac76c)" ;;
        --query*) echo "0, GPU-604ac76c, 00000000:07:00.0, NVIDIA A100-SXM4-40GB, 40960, 40000, 570.86.15, 0" ;;
        *) echo "NVIDIA-SMI 570.86.15" ;;
      esac
      """;

  @Test
  void aPodDrawsHowTheGpusAreConnectedAndIsTakenAway() throws Exception {
    try (Mlk mlk = new Mlk()) {
      Path folder = Files.createDirectory(mlk.home().resolve("bin"));
      Path smi = Files.writeString(folder.resolve("nvidia-smi"), SMI);
      Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwx------"));
      Files.copy(Path.of("src/test/resources/gpu/topo-pcie.txt"), folder.resolve("topo.txt"));
      mlk.set("PATH", folder + ":" + System.getenv("PATH"));
      assumeThat(mlk.program(List.of("sh", "-c", "command -v python3")).end().code())
          .as("a python3")
          .isZero();
      mlk.ok("cluster", "start", "--nodes", "1", "--gpus", "4");
      String text = mlk.ok("gpu", "topology", "node-1", "--verify", "--image", "ubuntu");
      assertThat(text)
          .contains("links           nvidia-smi topo -m in a pod, just now")
          .contains("  GPU2  SYS   SYS   -     PHB   1     16-31,48-63\n");
      String json =
          mlk.ok("gpu", "topology", "node-1", "--verify", "--image", "ubuntu", "-o", "json");
      assertThat(json.replace(" ", "")).contains("\"GPU3\":\"PHB\"", "\"numaNode\":\"1\"");
      Path socket = mlk.home().resolve(".mlk/clusters/practice/api.sock");
      try (ApiClient api = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test")) {
        Map<String, String> ours = Map.of("labelSelector", "mlk.dev/gpu-verify");
        assertThat(api.list(Resources.JOBS, "", ours).path("items")).isEmpty();
        Mlk.await("no pod", () -> api.list(Resources.PODS, "", ours).path("items").isEmpty());
      }
      Mlk.Result simulated = mlk.run("gpu", "topology", "node-1", "--verify");
      assertThat(simulated.out()).contains("? links as a pod sees them: the GPUs are simulated");
    }
  }
}
