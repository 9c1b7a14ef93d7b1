package dev.mlk.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders as training leaves them: growing, rotated, linked, empty, forbidden. */
final class LogFolderTest {
  @TempDir private Path folder;
  private final Lines lines = new Lines();

  private Path file(String run, int number) {
    return folder.resolve(run).resolve("events.out.tfevents." + number + ".host");
  }

  @Test
  void aGrowingFileIsReadOnFromWhereItEnded() throws IOException {
    EventFileWriter writer = new EventFileWriter().version();
    Path file = writer.to(file("run", 1));
    LogFolder log = LogFolder.of(folder);
    int written = writer.bytes().length;
    for (int step = 0; step < 5; step++) {
      writer.scalar(step, "loss", step);
      int half = (written + writer.bytes().length) / 2;
      Files.write(file, Arrays.copyOf(writer.bytes(), half));
      log.read(lines);
      assertThat(lines.all).hasSize(step);
      writer.appendTo(file, half);
      written = writer.bytes().length;
      log.read(lines);
      assertThat(lines.all).hasSize(step + 1);
    }
    assertThat(lines.damages).isEmpty();
    assertThat(log.incomplete()).isEmpty();
  }

  @Test
  void filesOfARunAreReadInOrderAndNewOnesAreFound() throws IOException {
    EventFileWriter second = new EventFileWriter().version();
    second.scalar(2, "loss", 2);
    second.to(file("a/train", 200));
    EventFileWriter first = new EventFileWriter().version();
    first.scalar(1, "loss", 1);
    first.to(file("a/train", 100));
    LogFolder log = LogFolder.of(folder);
    log.read(lines);
    EventFileWriter third = new EventFileWriter().version();
    third.scalar(3, "loss", 3);
    third.to(file("a/train", 300));
    Files.delete(file("a/train", 100));
    log.read(lines);
    assertThat(lines.all)
        .containsExactly("a/train loss 1 1.0", "a/train loss 2 2.0", "a/train loss 3 3.0");
  }

  @Test
  void aFileThatBecomesShorterIsReadAnewAndSaidSo() throws IOException {
    EventFileWriter writer = new EventFileWriter().version();
    writer.scalar(1, "loss", 1);
    writer.scalar(2, "loss", 2);
    writer.to(file("run", 1));
    LogFolder log = LogFolder.of(folder);
    log.read(lines);
    EventFileWriter other = new EventFileWriter().version();
    other.scalar(7, "loss", 7);
    other.to(file("run", 1));
    log.read(lines);
    assertThat(lines.all).endsWith("run loss 7 7.0");
    assertThat(lines.damages).extracting(Damage::what).containsExactly(Damage.What.REPLACED);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void linksLoopsPipesAndForbiddenFoldersAreSurvived() throws IOException, InterruptedException {
    EventFileWriter writer = new EventFileWriter().version();
    writer.scalar(1, "loss", 1);
    writer.to(file("run", 1));
    Path elsewhere = Files.createTempDirectory("mlk-events");
    writer.to(elsewhere.resolve("events.out.tfevents.1.host"));
    Files.createSymbolicLink(folder.resolve("run/loop"), folder);
    Files.createSymbolicLink(folder.resolve("itself"), folder.resolve("itself"));
    Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
    Files.createSymbolicLink(folder.resolve("a-latest"), folder.resolve("run"));
    Path pipe = folder.resolve("run/events.out.tfevents.2.pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      LogFolder log = LogFolder.of(folder);
      log.read(lines);
      log.read(lines);
      assertThat(log.runs()).extracting(Run::name).containsExactly("linked", "run");
      if (!Files.isReadable(closed)) {
        assertThat(lines.damages).extracting(Damage::file).containsExactly(closed);
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      Files.delete(elsewhere.resolve("events.out.tfevents.1.host"));
      Files.delete(elsewhere);
    }
  }

  @Test
  void manyEmptyRunsAndAFolderThatIsNotThereAreNoTrouble() throws IOException {
    for (int i = 0; i < 3000; i++) {
      Files.createDirectories(folder.resolve("empty-" + i));
      Files.createFile(file("empty-" + i, 1));
    }
    LogFolder log = LogFolder.of(folder);
    log.read(lines, 2);
    assertThat(log.runs()).hasSize(3000);
    LogFolder.of(folder.resolve("nowhere")).read(lines);
    assertThat(lines.all).isEmpty();
    assertThat(lines.damages).isEmpty();
  }

  @Test
  void restartsAreToldAndWhatTheyOverwriteCanBeLeftOut() throws IOException {
    EventFileWriter first = new EventFileWriter().version();
    first.start(0);
    for (int step = 1; step <= 4; step++) {
      first.scalar(step, "loss", step);
    }
    first.to(file("run", 1));
    EventFileWriter second = new EventFileWriter().version();
    second.start(3);
    second.scalar(3, "loss", 30);
    second.scalar(4, "loss", 40);
    second.to(file("run", 2));
    LogFolder log = LogFolder.of(folder);
    log.read(lines);
    assertThat(lines.all).hasSize(7).contains("restart at 3", "run loss 4 4.0");
    lines.all.clear();
    log.readLatest(lines);
    assertThat(lines.all)
        .containsExactly(
            "run loss 1 1.0",
            "run loss 2 2.0",
            "restart at 3",
            "run loss 3 30.0",
            "run loss 4 40.0");
    Curves curves = new Curves(100, _ -> true);
    LogFolder.of(folder).read(curves, 2);
    Curve curve = curves.all().getFirst();
    assertThat(curve.size()).isEqualTo(4);
    assertThat(curve.value(3)).isEqualTo(40);
    assertThat(curve.disagreement()).isEmpty();
  }

  @Test
  void aSampleKnowsWhenARestartMadeItAnEstimate() throws IOException {
    for (int start : new int[] {0, 300}) {
      EventFileWriter writer = new EventFileWriter().version();
      writer.start(start);
      for (int step = start; step < 500; step++) {
        writer.scalar(step, "loss", step);
      }
      writer.to(file("run", 1 + start));
    }
    Curves few = new Curves(50, _ -> true);
    LogFolder log = LogFolder.of(folder);
    log.read(few);
    assertThat(few.estimated()).isTrue();
    few.clear();
    log.readLatest(few);
    assertThat(few.estimated()).isFalse();
    assertThat(few.all().getFirst().seen()).isEqualTo(500);
    Curves all = new Curves(1000, _ -> true);
    LogFolder.of(folder).read(all);
    assertThat(all.estimated()).isFalse();
    assertThat(all.all().getFirst().seen()).isEqualTo(500);
  }

  @Test
  void inFilesWithoutAVersionAStepThatGoesBackIsARestartOfItsTag() throws IOException {
    EventFileWriter writer = new EventFileWriter();
    writer.scalar(1, "loss", 1);
    writer.scalar(2, "loss", 2);
    writer.scalar(2, "other", 2);
    writer.scalar(1, "loss", 10);
    writer.to(file("run", 1));
    LogFolder.of(folder).readLatest(lines);
    assertThat(lines.all)
        .containsExactly("run other 2 2.0", "loss again from 1", "run loss 1 10.0");
  }

  @Test
  void twoFilesThatDisagreeAreFoundOut() throws IOException {
    for (int number = 1; number <= 2; number++) {
      EventFileWriter writer = new EventFileWriter().version();
      for (int step = 0; step < 10; step++) {
        writer.scalar(step, "same", step);
        writer.scalar(step, "loss", step < 5 ? step : step * number);
      }
      writer.to(file("run", number));
    }
    Curves curves = new Curves(100, _ -> true);
    LogFolder.of(folder).read(curves);
    assertThat(curves.all().get(0).disagreement())
        .contains(new Curve.Disagreement(5, file("run", 1), 5, file("run", 2), 10));
    assertThat(curves.all().get(1).disagreement()).isEmpty();
  }

  @Test
  void aCurveKeepsAUniformSampleWithTheNewestNumber() throws IOException {
    EventFileWriter writer = new EventFileWriter().version();
    for (int step = 0; step < 5000; step++) {
      writer.scalar(step, "loss", step);
    }
    writer.to(file("run", 1));
    Curves curves = new Curves(100, _ -> true);
    LogFolder.of(folder).read(curves);
    Curve curve = curves.all().getFirst();
    assertThat(curve.size()).isEqualTo(100);
    assertThat(curve.seen()).isEqualTo(5000);
    assertThat(curve.step(99)).isEqualTo(4999);
    long early = 0;
    for (int i = 0; i < 100; i++) {
      assertThat(curve.value(i)).isEqualTo((double) curve.step(i));
      early += curve.step(i) < 2500 ? 1 : 0;
    }
    assertThat(early).isBetween(30L, 70L);
  }
}
