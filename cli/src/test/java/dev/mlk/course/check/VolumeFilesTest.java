package dev.mlk.course.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeFilesTest {
  private static final int FILES = 50;

  @TempDir Path volume;

  private void turnOver(AtomicBoolean enough) {
    try {
      while (!enough.get()) {
        for (int i = 0; i < FILES; i++) {
          Files.writeString(volume.resolve("checkpoint-" + i), "x");
        }
        for (int i = 0; i < FILES; i++) {
          Files.delete(volume.resolve("checkpoint-" + i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void filesThatGoWhileItLooksAreNoDefect() throws IOException, InterruptedException {
    Path kept = Files.writeString(volume.resolve("kept"), "x");
    AtomicBoolean enough = new AtomicBoolean();
    Thread program = Thread.ofPlatform().start(() -> turnOver(enough));
    try {
      for (int i = 0; i < 2000; i++) {
        assertThat(VolumeFiles.files(volume)).contains(kept);
        assertThat(VolumeFiles.folders(volume, 1)).containsExactly(volume);
      }
    } finally {
      enough.set(true);
      program.join();
    }
  }
}
