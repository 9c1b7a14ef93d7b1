package dev.mlk.practice.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes as fast as it can and prints every acknowledged write, until it is killed. */
public final class CrashWriter {
  private static final int WRITERS = 4;

  private CrashWriter() {}

  public static void main(String[] args) throws InterruptedException {
    ObjectStore store = ObjectStore.open(Path.of(args[0]), Limits.DEFAULT);
    String round = args[1];
    Thread[] writers = new Thread[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      String prefix = "k/" + round + "/" + i + "/";
      writers[i] = Thread.ofPlatform().start(() -> write(store, prefix, System.out));
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void write(ObjectStore store, String prefix, PrintStream out) {
    for (int i = 0; ; i++) {
      String key = prefix + i;
      Stored stored =
          store.create(key, revision -> (key + "@" + revision).getBytes(StandardCharsets.UTF_8));
      if (i % 3 == 2) {
        stored =
            store.update(
                key,
                stored.revision(),
                revision -> (key + "@" + revision).getBytes(StandardCharsets.UTF_8));
      }
      synchronized (out) {
        out.println(key + " " + stored.revision());
        out.flush();
      }
    }
  }
}
