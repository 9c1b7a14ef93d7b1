package dev.mlk.practice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectStoreTest {
  @TempDir Path folder;

  @Test
  void aSnapshotGoesOnAfterAnyKeyWhetherItIsThereOrNot() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      for (String key : List.of("a/1", "a/3", "a/5")) {
        store.create(key, text("x"));
      }
      Snapshot snapshot = store.list("a/");
      assertThat(snapshot.after("a/3")).extracting(Stored::key).containsExactly("a/5");
      assertThat(snapshot.after("a/2")).extracting(Stored::key).containsExactly("a/3", "a/5");
      assertThat(snapshot.after("")).hasSize(3);
      assertThat(snapshot.after("a/9")).isEmpty();
    }
  }

  @Test
  void aLongListShowsEachChangeAndWhatOthersReadStaysAsItWas() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      for (int i = 100; i < 400; i++) {
        store.create("a/" + i, text("old"));
      }
      Snapshot before = store.list("a/");
      assertThat(store.list("a/").values()).isEqualTo(before.values()).hasSize(300);
      store.create("b/1", text("elsewhere"));
      assertThat(store.list("a/").revision()).isEqualTo(301);
      store.update("a/200", store.get("a/200").orElseThrow().revision(), text("new"));
      store.delete("a/201", store.get("a/201").orElseThrow().revision(), text("old"));
      store.create("a/400", text("new"));
      assertThat(strings(store.list("a/"))).hasSize(300).contains("new");
      assertThat(store.list("a/").values())
          .extracting(Stored::key)
          .contains("a/400")
          .doesNotContain("a/201");
      assertThat(strings(before)).hasSize(300).containsOnly("old");
    }
  }

  @Test
  void everyWriteGetsTheNextRevision() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      assertThat(store.create("a/1", text("one")).revision()).isEqualTo(1);
      assertThat(store.update("a/1", 1, text("two")).revision()).isEqualTo(2);
      assertThat(store.delete("a/1", 2, text("two")).revision()).isEqualTo(3);
      assertThat(store.get("a/1")).isEmpty();
      assertThat(store.revision()).isEqualTo(3);
    }
  }

  @Test
  void aWriteThatBelievesInAnotherRevisionIsRefused() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      store.create("a/1", text("one"));
      assertThatThrownBy(() -> store.create("a/1", text("again")))
          .isInstanceOf(StoreException.Conflict.class);
      assertThatThrownBy(() -> store.update("a/1", 7, text("two")))
          .isInstanceOf(StoreException.Conflict.class);
      assertThatThrownBy(() -> store.delete("a/2", 1, text("")))
          .isInstanceOf(StoreException.Conflict.class);
      assertThat(store.get("a/1").map(ObjectStoreTest::string)).contains("one");
    }
  }

  @Test
  void anOldRevisionCanBeListedAsItWas() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      store.create("a/1", text("one"));
      store.create("a/2", text("two"));
      store.update("a/1", 1, text("changed"));
      store.delete("a/2", 2, text("two"));
      assertThat(strings(store.listAt("a/", 2))).containsExactly("one", "two");
      assertThat(strings(store.listAt("a/", 1))).containsExactly("one");
      assertThat(strings(store.list("a/"))).containsExactly("changed");
    }
  }

  @Test
  void aWatchHandsOutChangesOfItsPrefixInOrder() throws InterruptedException {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT);
        Watch watch = store.watch("a/", 0)) {
      store.create("a/1", text("one"));
      store.create("b/1", text("other"));
      store.update("a/1", 1, text("two"));
      store.delete("a/1", 3, text("two"));
      List<Change> changes = watch.next(Duration.ofSeconds(5));
      assertThat(changes)
          .extracting(Change::type)
          .containsExactly(Change.Type.ADDED, Change.Type.MODIFIED, Change.Type.DELETED);
      assertThat(changes).extracting(Change::revision).containsExactly(1L, 3L, 4L);
      assertThat(watch.next(Duration.ofMillis(1))).isEmpty();
      assertThat(watch.position()).isEqualTo(4);
    }
  }

  @Test
  void whatTheLogNoLongerHoldsIsGone() {
    try (ObjectStore store = ObjectStore.open(folder, new Limits(3, 1 << 20))) {
      for (int i = 0; i < 10; i++) {
        store.create("a/" + i, text("x"));
      }
      assertThatThrownBy(() -> store.watch("a/", 2)).isInstanceOf(StoreException.Gone.class);
      assertThatThrownBy(() -> store.listAt("a/", 2)).isInstanceOf(StoreException.Gone.class);
      assertThat(store.listAt("a/", 8).values()).hasSize(8);
    }
  }

  @Test
  void afterARestartValuesAreThereAndRevisionsGoOn() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      store.create("a/1", text("one"));
      store.create("a/2", text("two"));
      store.delete("a/2", 2, text("two"));
    }
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      assertThat(strings(store.list("a/"))).containsExactly("one");
      assertThat(store.create("a/3", text("three")).revision()).isEqualTo(4);
      assertThatThrownBy(() -> store.watch("a/", 1)).isInstanceOf(StoreException.Gone.class);
    }
  }

  @Test
  void noneOfManyConflictingUpdatesIsLost() throws Exception {
    int writers = 8;
    int each = 50;
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store.create("counter", text("0"));
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        all.add(threads.submit(() -> count(store, each)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(store.get("counter").map(ObjectStoreTest::string))
          .contains(Integer.toString(writers * each));
      assertThat(store.revision()).isEqualTo(1 + writers * each);
    }
  }

  private static void count(ObjectStore store, int times) {
    for (int done = 0; done < times; ) {
      Stored now = store.get("counter").orElseThrow();
      int next = Integer.parseInt(string(now)) + 1;
      try {
        store.update("counter", now.revision(), text(Integer.toString(next)));
        done++;
      } catch (StoreException.Conflict e) {
        // Somebody was faster: read again.
      }
    }
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    Files.writeString(folder.resolve("objects.mv"), "no store at all ".repeat(1000));
    assertThatThrownBy(() -> ObjectStore.open(folder, Limits.DEFAULT))
        .isInstanceOf(StoreException.Broken.class)
        .hasMessageContaining("objects.mv")
        .hasMessageContaining("damaged");
  }

  @Test
  void aStoreThatIsInUseIsNotOpenedAgain() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      assertThat(store.revision()).isZero();
      assertThatThrownBy(() -> ObjectStore.open(folder, Limits.DEFAULT))
          .isInstanceOf(StoreException.Broken.class);
    }
  }

  private static LongFunction<byte[]> text(String value) {
    return _ -> value.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(Stored stored) {
    return new String(stored.value(), StandardCharsets.UTF_8);
  }

  private static List<String> strings(Snapshot snapshot) {
    return snapshot.values().stream().map(ObjectStoreTest::string).toList();
  }
}
