package dev.mlk.events;

import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage costs the record that has it, and is named with file and byte. */
final class DamageTest {
  @TempDir private Path folder;
  private final EventFileWriter writer = new EventFileWriter().version();
  private final Lines lines = new Lines();
  private LogFolder log;

  private void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("run/events.out.tfevents.1.host");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    log = LogFolder.of(folder);
    log.read(lines);
  }

  private void scalars(int count) {
    for (int step = 0; step < count; step++) {
      writer.scalar2(step, "loss", step);
    }
  }

  @Test
  void aWrongChecksumCostsItsRecord() throws IOException {
    scalars(2);
    int at = writer.scalar2(2, "loss", 2);
    writer.scalar2(3, "loss", 3);
    byte[] bytes = writer.bytes();
    bytes[at + 20] ^= 1;
    read(bytes);
    assertThat(lines.all).containsExactly("run loss 0 0.0", "run loss 1 1.0", "run loss 3 3.0");
    assertThat(lines.damages).hasSize(1);
    Damage damage = lines.damages.getFirst();
    assertThat(damage.what()).isEqualTo(Damage.What.CHECKSUM);
    assertThat(damage.offset()).isEqualTo(at);
    assertThat(damage.line())
        .startsWith(folder.resolve("run/events.out.tfevents.1.host") + ", byte " + at + ": ");
  }

  @Test
  void aWrongLengthCostsItsRecordToo() throws IOException {
    scalars(2);
    int at = writer.scalar2(2, "loss", 2);
    writer.scalar2(3, "loss", 3);
    byte[] bytes = writer.bytes();
    bytes[at + 1] = 77;
    read(bytes);
    assertThat(lines.all).containsExactly("run loss 0 0.0", "run loss 1 1.0", "run loss 3 3.0");
    assertThat(lines.damages).extracting(Damage::what).containsExactly(Damage.What.LENGTH);
    assertThat(lines.damages).extracting(Damage::offset).containsExactly((long) at);
  }

  @Test
  void aTagThatIsNoTextCostsItsRecord() throws IOException {
    scalars(1);
    int at = writer.summary(1, message().bytes(1, new byte[] {'a', (byte) 0xff}).fixed32(2, 0));
    writer.scalar2(2, "loss", 2);
    read(writer.bytes());
    assertThat(lines.all).containsExactly("run loss 0 0.0", "run loss 2 2.0");
    assertThat(lines.damages)
        .containsExactly(
            new Damage(
                folder.resolve("run/events.out.tfevents.1.host"),
                at,
                Damage.What.CONTENT,
                "a tag is not UTF-8"));
  }

  @Test
  void aRecordThatIsNoEventCostsItselfAsAWhole() throws IOException {
    byte[] first = value("a").fixed32(2, 0).done();
    byte[] broken = {10, 100, 'b'};
    int at =
        writer.record(
            EventFileWriter.event(1).message(5, message().bytes(1, first).bytes(1, broken)).done());
    writer.scalar2(2, "loss", 2);
    read(writer.bytes());
    assertThat(lines.all).containsExactly("run loss 2 2.0");
    assertThat(lines.damages).extracting(Damage::offset).containsExactly((long) at);
    assertThat(lines.damages).extracting(Damage::what).containsExactly(Damage.What.CONTENT);
  }

  @Test
  void aFileThatEndsInsideARecordIsSaidToBeIncomplete() throws IOException {
    scalars(2);
    int at = writer.scalar2(2, "loss", 2);
    byte[] whole = writer.bytes();
    for (int size = at + 1; size < whole.length; size++) {
      lines.all.clear();
      read(Arrays.copyOf(whole, size));
      assertThat(lines.all).containsExactly("run loss 0 0.0", "run loss 1 1.0");
      assertThat(log.incomplete()).extracting(Damage::offset).containsExactly((long) at);
    }
    assertThat(lines.damages).isEmpty();
  }

  @Test
  void aLengthBeyondTheFileWithARightChecksumEndsIt() throws IOException {
    scalars(1);
    byte[] bytes = Arrays.copyOf(writer.bytes(), writer.bytes().length + 12);
    bytes[bytes.length - 6] = 0x7f;
    byte[] length = Arrays.copyOfRange(bytes, bytes.length - 12, bytes.length - 4);
    int checksum = EventFileWriter.checksum(length);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (checksum >>> (8 * i));
    }
    read(bytes);
    assertThat(lines.all).containsExactly("run loss 0 0.0");
    assertThat(log.incomplete()).hasSize(1);
  }

  @Test
  void zerosAreToldOfOnceAndReadWhenTheyAreFilledLater() throws IOException {
    scalars(3);
    byte[] whole = writer.bytes();
    byte[] holed = whole.clone();
    Arrays.fill(holed, holed.length / 2, holed.length, (byte) 0);
    read(holed);
    int before = lines.all.size();
    log.read(lines);
    assertThat(lines.damages).hasSize(1);
    Path file = folder.resolve("run/events.out.tfevents.1.host");
    Files.write(file, Arrays.copyOf(whole, whole.length));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    log.read(lines);
    assertThat(before).isLessThan(3);
    assertThat(lines.all).contains("run loss 2 2.0");
  }

  @Test
  void anyMutationIsSurvivedAndCostsLittle() throws IOException {
    mutations(new SplittableRandom(42), 200);
  }

  @Test
  @Tag("slow")
  void manyMutationsAreSurvived() throws IOException {
    long seed = Long.getLong("seed", 1);
    mutations(new SplittableRandom(seed), 20_000);
    events(new SplittableRandom(seed), 20_000);
  }

  private void mutations(SplittableRandom random, int rounds) throws IOException {
    scalars(40);
    byte[] whole = writer.bytes();
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = mutate(whole, random);
      lines.all.clear();
      lines.damages.clear();
      read(bytes);
      for (Damage damage : lines.damages) {
        assertThat(damage.offset()).isBetween(0L, (long) bytes.length);
      }
      for (String line : lines.all) {
        assertThat(line).startsWith("run loss ");
      }
      if (bytes.length == whole.length) {
        assertThat(lines.all).hasSizeGreaterThan(20);
      }
    }
  }

  private static byte[] mutate(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Mutations inside records, with checksums made right again: they reach the decoder. */
  @Test
  void anyEventIsSurvivedEvenWithARightChecksum() throws IOException {
    events(new SplittableRandom(7), 200);
  }

  private void events(SplittableRandom random, int rounds) throws IOException {
    byte[][] events = Samples.events();
    for (int round = 0; round < rounds; round++) {
      EventFileWriter file = new EventFileWriter().version();
      for (int i = 0; i < 8; i++) {
        file.record(mutate(events[random.nextInt(events.length)], random));
      }
      file.scalar(9, "last", 1);
      lines.all.clear();
      read(file.bytes());
      assertThat(lines.all).contains("run last 9 1.0");
    }
  }
}
