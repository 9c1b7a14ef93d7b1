package dev.mlk.practice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Prints what a write of 3 KB costs, by writers and durability: {@code StoreFigures FOLDER}. */
final class StoreFigures {
  private static final int BYTES = 3_000;
  private static final int KEYS = 2_000;
  private static final int WRITES = 6_000;

  private StoreFigures() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (Durability durability : Durability.values()) {
      for (int writers : new int[] {1, 1, 8, 50}) {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "store");
        try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT, durability)) {
          measure(store, durability, writers);
        }
        System.out.printf(
            "  file %.1f MiB%n", Files.size(folder.resolve("objects.mv")) / 1048576.0);
      }
    }
  }

  private static void measure(ObjectStore store, Durability durability, int writers)
      throws InterruptedException {
    byte[] value = new byte[BYTES];
    long[] times = new long[WRITES];
    AtomicLong next = new AtomicLong();
    long cpu = processor();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        String prefix = "pods/default/writer-" + i + "-";
        threads.execute(
            () -> {
              long number = next.getAndIncrement();
              while (number < WRITES) {
                long before = System.nanoTime();
                write(store, prefix + number % KEYS, value);
                times[(int) number] = System.nanoTime() - before;
                number = next.getAndIncrement();
              }
            });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(times);
    System.out.printf(
        "%s, %d writers: %.0f writes/s, median %.2f ms, p99 %.2f ms, CPU %.3f ms each%n",
        durability,
        writers,
        WRITES / seconds,
        times[WRITES / 2] / 1e6,
        times[WRITES * 99 / 100] / 1e6,
        (processor() - cpu) / 1e6 / WRITES);
  }

  private static void write(ObjectStore store, String key, byte[] value) {
    store
        .get(key)
        .map(Stored::revision)
        .ifPresentOrElse(
            revision -> store.update(key, revision, _ -> value),
            () -> store.create(key, _ -> value));
  }

  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
