package dev.mlk.practice.stream;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs a cluster whose pods are this machine until it is killed, to try clients by hand. */
public final class RunStreams {
  private RunStreams() {}

  public static void main(String[] args) throws Exception {
    PracticeCluster cluster = PracticeCluster.start(PracticeConfig.of("bare", Path.of(args[0])));
    cluster.podStreams(new LocalPodStreams());
    System.out.println("ready " + cluster.kubeconfigFile());
    new CountDownLatch(1).await();
  }
}
