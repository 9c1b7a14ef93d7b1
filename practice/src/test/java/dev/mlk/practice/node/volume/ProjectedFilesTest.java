package dev.mlk.practice.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectedFilesTest {
  @TempDir Path folder;

  @Test
  void whatAContainerPutInPlaceOfTheFilesIsNotFollowed() throws Exception {
    Path volume = folder.resolve("volume");
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    files("one").write(volume, 1);
    assertThat(volume.resolve("a")).hasContent("one");

    Files.delete(volume.resolve("..data"));
    Files.createSymbolicLink(volume.resolve("..data"), outside);
    files("two").write(volume, 2);

    assertThat(volume.resolve("a")).hasContent("two");
    assertThat(outside.resolve("kept")).hasContent("kept");
    assertThat(outside.resolve("a")).doesNotExist();
  }

  private static ProjectedFiles files(String content) throws MountException {
    ProjectedFiles files = new ProjectedFiles();
    files.add("a", content.getBytes(StandardCharsets.UTF_8), 0644);
    return files;
  }
}
