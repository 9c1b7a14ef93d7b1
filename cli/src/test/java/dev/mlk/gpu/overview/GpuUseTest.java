package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.facts.Known;
import dev.mlk.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What recorded answers of DCGM exporters say. */
final class GpuUseTest {
  private static GpuUse of(String node, String file) throws IOException {
    try (InputStream in = GpuUseTest.class.getResourceAsStream("/gpu/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      GpuUse use = new GpuUse();
      use.add(node, new Known.Fact<>(text.lines().filter(GpuUse::wanted).toList()));
      return use;
    }
  }

  private static GpuPod pod(String namespace, String name, String node, long gpus) {
    ObjectNode pod = Json.object();
    pod.putObject("metadata").put("namespace", namespace).put("name", name);
    pod.putObject("spec").put("nodeName", node);
    return GpuPod.of(pod, Map.of("nvidia.com/gpu", gpus));
  }

  @Test
  void aNodeHasTheMeanOfItsGpusAndTheSumOfTheirMemory() throws IOException {
    GpuUse.Figure figure = of("dgx-1", "dcgm-dgx.txt").ofNode("dgx-1").orElseThrow();
    assertThat(figure.percent()).isEqualTo((96 + 90 + 0 + 0) / 4.0);
    assertThat(figure.usedMebibytes()).isEqualTo(71_680 + 61_440 + 512);
    assertThat(figure.totalMebibytes()).isEqualTo(4 * 81_920);
  }

  @Test
  void aPodHasThoseThatBearItsName() throws IOException {
    GpuUse use = of("dgx-1", "dcgm-dgx.txt");
    GpuUse.Figure train = use.ofPod(pod("default", "train", "dgx-1", 2), false).orElseThrow();
    assertThat(train.percent()).isEqualTo(93);
    assertThat(train.usedMebibytes()).isEqualTo(133_120);
    assertThat(use.ofPod(pod("other", "train", "dgx-1", 2), false)).isEmpty();
    assertThat(use.ofNode("dgx-2")).isEmpty();
  }

  @Test
  void ofADividedGpuThePartsCountAndWhatIsBlankIsNotANumber() throws IOException {
    GpuUse use = of("mig-1", "dcgm-mig.txt");
    GpuUse.Figure part = use.ofPod(pod("team-b", "part", "mig-1", 1), false).orElseThrow();
    assertThat(part.percent()).isEqualTo(50);
    assertThat(part.totalMebibytes()).isEqualTo(4864);
    assertThat(use.ofNode("mig-1").orElseThrow().usedMebibytes()).isEqualTo(2048);
  }

  @Test
  void amdsExporterTellsTheSameInItsOwnWords() throws IOException {
    GpuUse use = of("amd-1", "amd-metrics.txt");
    GpuUse.Figure node = use.ofNode("amd-1").orElseThrow();
    assertThat(node.percent()).isEqualTo(44);
    assertThat(node.usedMebibytes()).isEqualTo(150_283);
    assertThat(node.totalMebibytes()).isEqualTo(2 * 196_592);
    GpuUse.Figure pod = use.ofPod(pod("default", "train", "amd-1", 1), false).orElseThrow();
    assertThat(pod.percent()).isEqualTo(88);
    assertThat(GpuUse.wanted("AMD_GPU_GFX_ACTIVITY{gpu_id=\"0\"} 3")).isTrue();
    assertThat(GpuUse.wanted("gpu_package_power{gpu_id=\"0\"} 3")).isFalse();
  }

  @Test
  void anExporterOfEitherMakerIsKnownByItsImage() {
    ObjectNode pod = Json.object();
    pod.putObject("metadata").put("namespace", "kube-amd-gpu").put("name", "metrics-x");
    pod.putObject("status").put("phase", "Running");
    ObjectNode container =
        pod.putObject("spec").put("nodeName", "amd-1").putArray("containers").addObject();
    container.put("image", "docker.io/rocm/device-metrics-exporter:v1.4.2");
    assertThat(Exporter.of(pod).orElseThrow().path())
        .isEqualTo("/api/v1/namespaces/kube-amd-gpu/pods/metrics-x:5000/proxy/metrics");
    container.put("image", "nvcr.io/nvidia/k8s/dcgm-exporter:4.2.0");
    assertThat(Exporter.of(pod).orElseThrow().port()).isEqualTo(9400);
    container.put("image", "exporter");
    assertThat(Exporter.of(pod)).isEmpty();
  }

  @Test
  void whereNoPodIsNamedAllIsTheOnesThatHasAll() {
    GpuUse use = new GpuUse();
    use.add(
        "t4-1",
        new Known.Fact<>(java.util.List.of("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"a\"} 7")));
    GpuPod one = pod("default", "one", "t4-1", 1);
    assertThat(use.ofPod(one, true).map(GpuUse.Figure::percent)).contains(7.0);
    assertThat(use.ofPod(one, false)).isEmpty();
    assertThat(use.ofPod(pod("default", "two", "t4-1", 2), true)).isEmpty();
  }

  @Test
  void anExporterThatDoesNotAnswerIsNamedWithItsNode() {
    GpuUse use = new GpuUse();
    use.add("t4-1", new Known.Unknown<>("you may not get pods/proxy", ""));
    assertThat(use.isEmpty()).isTrue();
    assertThat(use.silence()).contains("t4-1: you may not get pods/proxy");
  }

  @Test
  void linesOfTheTextFormatAreReadWithTheirEscapes() {
    Optional<Sample> sample =
        Sample.parse("a_b{x=\"1\", y = \"q\\\"\\\\\\n\",} 1.5e3 1700000000000");
    assertThat(Sample.parse("a{x=\"1\",y=\"q\\\"\\\\\\n\",} 1.5e3 17").orElseThrow())
        .isEqualTo(new Sample("a", Map.of("x", "1", "y", "q\"\\\n"), 1500));
    assertThat(Sample.parse("up 1").orElseThrow().value()).isEqualTo(1);
    assertThat(Sample.parse("up +Inf").orElseThrow().value()).isInfinite();
    assertThat(Sample.parse("up NaN").orElseThrow().value()).isNaN();
    assertThat(sample).isEmpty();
  }

  @Test
  void whatIsNoSampleIsNone() {
    for (String line :
        new String[] {
          "", "# HELP a b", "a", "a{", "a{b}", "a{b=1} 2", "a{b=\"1} 2", "{} 1", "a x"
        }) {
      assertThat(Sample.parse(line)).as(line).isEmpty();
    }
  }
}
