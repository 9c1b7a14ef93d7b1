package dev.mlk.course.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves in a learner's folder. */
final class FolderChangesTest {
  @TempDir private Path home;
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

  /** Waits until a change was told that says this. */
  private void told(String what) throws InterruptedException {
    String change;
    do {
      change = changes.poll(10, TimeUnit.SECONDS);
      assertThat(change).as("no change told: " + what).isNotNull();
    } while (!change.equals(what));
  }

  @Test
  void aSaveIsToldAndHiddenFilesAreNot() throws Exception {
    try (FolderChanges _ = FolderChanges.of(home, changes::add)) {
      Files.writeString(home.resolve(".gpu-job.yaml.swp"), "x");
      Files.writeString(home.resolve("gpu-job.yaml~"), "x");
      Files.writeString(home.resolve("4913"), "x");
      Files.createDirectory(home.resolve(".git"));
      Files.writeString(home.resolve("gpu-job.yaml"), "kind: Job\n");
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isEqualTo("gpu-job.yaml changed");
      Files.writeString(home.resolve("other.yaml"), "kind: Job\n");
      told("other.yaml changed");
    }
  }

  @Test
  void anEditorThatRenamesIsSeen() throws Exception {
    Path file = Files.writeString(home.resolve("a.yaml"), "1");
    try (FolderChanges _ = FolderChanges.of(home, changes::add)) {
      Path fresh = Files.writeString(home.resolve(".a.yaml.new"), "2");
      Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      told("a.yaml changed");
    }
  }

  @Test
  void foldersThatComeLaterAreFollowed() throws Exception {
    try (FolderChanges _ = FolderChanges.of(home, changes::add)) {
      Path inner = Files.createDirectory(home.resolve("chart"));
      told("chart changed");
      Files.writeString(inner.resolve("Chart.yaml"), "x");
      told("chart/Chart.yaml changed");
    }
  }

  @Test
  void aFolderThatIsNotThereYetIsFollowedOnceItIs() throws Exception {
    Path folder = home.resolve("mlk-workshop").resolve("module-3");
    try (FolderChanges _ = FolderChanges.of(folder, changes::add)) {
      Files.writeString(home.resolve("unrelated.txt"), "x");
      Files.createDirectories(folder);
      told("the folder is there");
      Files.writeString(folder.resolve("a.yaml"), "x");
      told("a.yaml changed");
      assertThat(changes).doesNotContain("unrelated.txt changed");
    }
  }

  @Test
  void nothingIsToldAfterTheEnd() throws IOException, InterruptedException {
    FolderChanges.of(home, changes::add).close();
    Files.writeString(home.resolve("a.yaml"), "x");
    assertThat(changes.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }
}
