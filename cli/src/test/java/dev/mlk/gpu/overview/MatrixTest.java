package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code nvidia-smi topo -m} draws, in its own form: tabs, cards, affinities, a legend. */
final class MatrixTest {
  static Matrix of(String file) throws IOException {
    try (InputStream in = MatrixTest.class.getResourceAsStream("/gpu/" + file)) {
      return Matrix.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElseThrow();
    }
  }

  private static String drawn(Matrix matrix) {
    var text = new StringBuilder();
    new MatrixPicture(matrix).draw(text, TestConsole.terminal("").console().withColour(false));
    return text.toString();
  }

  @Test
  void eightGpusWithNvlinkAndFourCards() throws IOException {
    Matrix matrix = of("topo-dgx.txt");
    assertThat(matrix.gpus()).hasSize(8);
    assertThat(matrix.kinds()).containsExactly("NV12");
    Matrix.Gpu fifth = matrix.gpus().get(4);
    assertThat(fifth.numa()).isEqualTo("7");
    assertThat(fifth.cpus()).isEqualTo("112-127,240-255");
    assertThat(matrix.nearestCard(fifth)).contains("mlx5_2 (PXB)");
    String text = drawn(matrix);
    assertThat(text)
        .contains("  NV12  12 NVLinks\n", "  GPU4  nearest network card: mlx5_2 (PXB)\n")
        .contains("  GPU1  NV12  -     NV12  NV12  NV12  NV12  NV12  NV12  3     48-63,176-191\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void fourGpusOnPcieTheNearestFirst() throws IOException {
    Matrix matrix = of("topo-pcie.txt");
    assertThat(matrix.kinds()).containsExactly("PIX", "PHB", "SYS");
    assertThat(matrix.gpus().get(3).links()).containsEntry("GPU2", "PHB");
    assertThat(matrix.nearestCard(matrix.gpus().getFirst())).isEmpty();
    assertThat(drawn(matrix))
        .isEqualTo(
            """
                    GPU0  GPU1  GPU2  GPU3  NUMA  CPUS
              GPU0  -     PIX   SYS   SYS   0     0-15,32-47
              GPU1  PIX   -     SYS   SYS   0     0-15,32-47
              GPU2  SYS   SYS   -     PHB   1     16-31,48-63
              GPU3  SYS   SYS   PHB   -     1     16-31,48-63
              PIX   one PCIe switch at most
              PHB   the processor's PCIe host bridge
              SYS   the link between the processors' NUMA nodes: the slowest way
            """);
  }

  @Test
  void whatIsNoMatrixIsNone() {
    for (String text : List.of("", "No devices were found", "\tGPU0\n", "GPU0\n\n", "Legend:")) {
      assertThat(Matrix.parse(text).map(Matrix::kinds).orElse(List.of())).as(text).isEmpty();
    }
  }
}
