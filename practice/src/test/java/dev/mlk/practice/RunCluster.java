package dev.mlk.practice;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs a cluster without nodes in a folder until it is killed: for comparisons, crash tests. */
public final class RunCluster {
  private RunCluster() {}

  public static void main(String[] args) throws Exception {
    long before = System.nanoTime();
    PracticeCluster cluster = PracticeCluster.start(PracticeConfig.of("bare", Path.of(args[0])));
    System.out.println(
        "ready "
            + cluster.server()
            + " "
            + cluster.kubeconfigFile()
            + " after "
            + (System.nanoTime() - before) / 1_000_000
            + " ms");
    new CountDownLatch(1).await();
  }
}
