package dev.mlk.images.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SmokeTest {
  private static final Pattern DIFFERENCE = Pattern.compile("\"difference\":([-0-9.E]+)");

  private static List<String> lines(List<String> devices, boolean arithmetic) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Smoke smoke = new Smoke(new Facts(stream), devices);
    smoke.identity();
    if (arithmetic) {
      smoke.arithmetic();
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static List<String> of(String fact, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("{\"fact\":\"" + fact + "\"")).toList();
  }

  @Test
  void everyLineSaysThatItIsSimulated() {
    assertThat(lines(List.of("GPU-a"), true)).hasSizeGreaterThan(6).allMatch(SmokeTest::honest);
  }

  private static boolean honest(String line) {
    return line.contains("\"simulated\":true");
  }

  @Test
  void theProductIsComputedByTensorFlowAndNearlyTheHosts() {
    List<String> products = of("product", lines(List.of("GPU-a"), true));
    assertThat(products).hasSize(1);
    var found = DIFFERENCE.matcher(products.getFirst());
    assertThat(found.find()).isTrue();
    // Single precision is not exact: a difference of zero would mean that one was taken for both.
    assertThat(Double.parseDouble(found.group(1))).isGreaterThan(0).isLessThan(1e-5);
  }

  @Test
  void twoDevicesSendToEachOther() {
    List<String> lines = lines(List.of("GPU-a", "GPU-b"), true);
    assertThat(of("peer", lines))
        .containsExactly(
            "{\"fact\":\"peer\",\"from\":0,\"to\":1,\"intact\":true,\"simulated\":true}");
    assertThat(of("memory", lines)).hasSize(2).allMatch(line -> line.contains("\"intact\":true"));
  }

  @Test
  void withoutADeviceThereIsNothingToMeasure() {
    assertThat(of("device", lines(List.of(), false))).isEmpty();
    assertThat(Devices.of(Map.of("NVIDIA_VISIBLE_DEVICES", "void"))).isEmpty();
    assertThat(Devices.of(Map.of("NVIDIA_VISIBLE_DEVICES", "GPU-a,GPU-b")))
        .containsExactly("GPU-a", "GPU-b");
  }

  @Test
  void theContainerImageStartsAsThePracticeClusterDoes() throws IOException {
    String dockerfile = Files.readString(Path.of("Dockerfile")).replaceAll("\\\\\n\\s*", "");
    String entry = dockerfile.substring(dockerfile.indexOf("ENTRYPOINT [\"java\", ") + 20);
    String catalog = Files.readString(Path.of("../catalog.yaml"));
    String program = catalog.substring(catalog.indexOf("smoke: [\"${java}\", ") + 19);
    String practice = program.substring(0, program.indexOf("]")).replaceAll("\\s+", " ");
    assertThat(entry.substring(0, entry.indexOf("]")).replaceAll("\\s+", " "))
        .isEqualTo(practice.replace("${folder}", "/opt/smoke"));
    assertThat(dockerfile).containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$");
  }
}
