package dev.mlk.images.mnist.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void othersReadTheSamePixels() throws IOException {
    byte[] pixels = new byte[28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.of(pixels, 28)));
    assertThat(image.getWidth()).isEqualTo(28);
    assertThat(image.getHeight()).isEqualTo(28);
    assertThat(image.getRaster().getSample(3, 5, 0)).isEqualTo(pixels[5 * 28 + 3] & 0xff);
  }
}
