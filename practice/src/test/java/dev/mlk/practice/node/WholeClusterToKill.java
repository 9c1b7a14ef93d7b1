package dev.mlk.practice.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.node.ObjectNode;

/** A JVM of its own with a cluster whose pod runs; it waits to be killed. */
final class WholeClusterToKill {
  private WholeClusterToKill() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    TestCluster cluster = TestCluster.start(folder);
    cluster.pod("always", RecoveryTest.COUNTER.formatted("Always"));
    ObjectNode pod = cluster.awaitPhase("always", "Running");
    Path note = cluster.podFolder(pod).resolve("volumes/note");
    Await.until(
        "it has noted its run",
        () -> Files.exists(note.resolve("runs")) && Files.size(note.resolve("runs")) > 0);
    Path next = folder.resolve("runs.new");
    Files.writeString(next, note.toString());
    Files.move(next, folder.resolve("runs"));
    new CountDownLatch(1).await();
  }
}
