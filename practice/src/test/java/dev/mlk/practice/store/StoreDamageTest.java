package dev.mlk.practice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.LongFunction;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a store whose files were cut, overwritten or replaced while it was closed. */
final class StoreDamageTest {
  private static final int OBJECTS = 300;
  @TempDir Path folder;
  private Path file;
  private Path reach;

  @BeforeEach
  void fill() {
    file = folder.resolve("objects.mv");
    reach = folder.resolve("revision");
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      for (int i = 0; i < OBJECTS; i++) {
        store.create("objects/" + i, text("value of object number " + i));
      }
    }
  }

  @Test
  void whatWasWrittenAndForcedCannotBeMissingUnnoticed() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("put back a copy");
  }

  @Test
  void anEmptiedFileIsNotTakenForANewStore() throws IOException {
    Files.write(file, new byte[0]);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining("is empty but reached " + OBJECTS);
  }

  @Test
  void aMissingFileIsNotTakenForANewStore() throws IOException {
    Files.delete(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining("is empty but reached " + OBJECTS);
  }

  @Test
  void whoeverWantsTheRestOfACutFileGetsItByRemovingTheRevisionFile() throws IOException {
    Files.delete(file);
    Files.delete(reach);
    try (ObjectStore store = open()) {
      assertThat(store.list("objects/").values()).isEmpty();
    }
  }

  @Test
  void aPowerCutMayTakeWhatWasNotForcedButNoRevisionComesAgain() throws IOException {
    try (RevisionFile revisions = RevisionFile.open(reach)) {
      revisions.write(new RevisionFile.Reach(OBJECTS + 7, OBJECTS));
    }
    try (ObjectStore store = open()) {
      assertThat(store.list("objects/").values()).hasSize(OBJECTS);
      assertThat(store.create("objects/next", text("x")).revision()).isEqualTo(OBJECTS + 8);
      assertThatThrownBy(() -> store.watch("objects/", OBJECTS))
          .isInstanceOf(StoreException.Gone.class);
    }
  }

  @Test
  void aTornLastRecordIsDroppedAndTheRestIsThere() throws IOException {
    byte[] torn = new byte[3000];
    new Random(7).nextBytes(torn);
    Files.write(file, torn, StandardOpenOption.APPEND);
    try (ObjectStore store = open()) {
      assertThat(store.list("objects/").values()).hasSize(OBJECTS);
      assertThat(store.create("objects/next", text("x")).revision()).isEqualTo(OBJECTS + 1);
    }
  }

  @Test
  void aTornRevisionFileIsNoReasonToRefuse() throws IOException {
    Files.write(reach, new byte[] {1, 2, 3});
    try (ObjectStore store = open()) {
      assertThat(store.list("objects/").values()).hasSize(OBJECTS);
    }
  }

  @Test
  void aByteChangedInAnyPlaceIsHarmlessOrNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      // A folder for each: what trips in MVStore's own code may keep its lock until the process
      // ends.
      Path copy = Files.createDirectory(folder.resolve("copy-" + i));
      Files.copy(reach, copy.resolve("revision"));
      byte[] changed = whole.clone();
      int at = random.nextInt(whole.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(copy.resolve("objects.mv"), changed);
      try (ObjectStore store = ObjectStore.open(copy, Limits.DEFAULT)) {
        assertAllThere(store, "seed " + seed + " byte " + at);
      } catch (StoreException.Broken e) {
        assertThat(e).as("seed %d byte %d", seed, at).hasMessageContaining(copy.toString());
        assertThat(e).as("seed %d byte %d", seed, at).hasMessageContaining("put back a copy");
      }
    }
  }

  private static void assertAllThere(ObjectStore store, String where) {
    assertThat(store.revision()).as(where).isGreaterThanOrEqualTo(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(store.get("objects/" + i).map(StoreDamageTest::string))
          .as(where)
          .contains("value of object number " + i);
    }
  }

  @Test
  void theKeyOfAChangedValueIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] wanted = "value of object number 299".getBytes(StandardCharsets.UTF_8);
    int at = ByteSearch.lastIndexOf(whole, wanted);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'V'}), at);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining("damaged (the checksum of objects/299 does not fit)");
  }

  @Test
  void aStoreOfANewerFormatIsRefused() {
    try (MVStore newer = new MVStore.Builder().fileName(file.toString()).open()) {
      newer.<String, Long>openMap("counters").put("format", 3L);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining("was written by a newer version (format 3, this one knows 2)");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    // Not even root may make files there.
    Path nowhere = Path.of("/proc/self/task");
    assertThatThrownBy(() -> ObjectStore.open(nowhere, Limits.DEFAULT))
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining(nowhere.toString());
  }

  private ObjectStore open() {
    return ObjectStore.open(folder, Limits.DEFAULT);
  }

  private static LongFunction<byte[]> text(String value) {
    return _ -> value.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(Stored stored) {
    return new String(stored.value(), StandardCharsets.UTF_8);
  }

  /** Finds bytes in bytes. */
  private static final class ByteSearch {
    static int lastIndexOf(byte[] whole, byte[] wanted) {
      for (int at = whole.length - wanted.length; at >= 0; at--) {
        if (java.util.Arrays.equals(whole, at, at + wanted.length, wanted, 0, wanted.length)) {
          return at;
        }
      }
      throw new AssertionError("not there");
    }
  }
}
