package dev.mlk.images.mnist.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  private static final Path SHIPPED = Path.of("src/main/data");

  @Test
  void readsTheDigitsThatComeWithTheImage() {
    Digits training = Digits.training(SHIPPED);
    assertThat(training.size()).isEqualTo(8000);
    assertThat(Digits.heldOut(SHIPPED).size()).isEqualTo(2000);
    float[] pixels = training.images(new int[] {0, 17});
    assertThat(pixels).hasSize(2 * Digits.PIXELS);
    float brightest = 0;
    for (float pixel : pixels) {
      brightest = Math.max(brightest, pixel);
    }
    assertThat(brightest).isBetween(0.9f, 1f);
  }

  @Test
  void theNoticeComesWithTheDigits() throws IOException {
    assertThat(Files.readString(SHIPPED.resolve("README.md")))
        .contains("Yann LeCun", "Creative Commons Attribution-ShareAlike 3.0");
  }

  @Test
  void aFileCutShortIsNamed(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0, 0});
    assertThatThrownBy(() -> Digits.training(folder))
        .hasMessageContaining("train-images-idx3-ubyte cannot be read");
  }

  @Test
  void anotherKindOfFileIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("train-images-idx3-ubyte"), "not digits at all");
    assertThatThrownBy(() -> Digits.training(folder))
        .hasMessageEndingWith("train-images-idx3-ubyte is not an IDX file of unsigned bytes");
  }
}
