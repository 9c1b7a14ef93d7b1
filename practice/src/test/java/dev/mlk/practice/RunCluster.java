package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.practice.controller.Controllers;
import dev.mlk.practice.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Runs a cluster without nodes in a folder until it is killed: for comparisons, crash tests. */
public final class RunCluster {
  private RunCluster() {}

  public static void main(String[] args) throws Exception {
    long before = System.nanoTime();
    Path folder = Path.of(args[0]);
    PracticeCluster cluster = PracticeCluster.start(PracticeConfig.of("bare", folder));
    if (args.length == 1) {
      ApiClient client = new ApiClient(cluster.transport(), "practice-cluster");
      Informers informers = new Informers(client);
      String authority = Files.readString(folder.resolve("pki/ca.crt"));
      Controllers.start(
          client,
          informers,
          Clock.systemUTC(),
          new Controllers.Settings(folder.resolve("volumes"), authority));
      Scheduler.start(client, informers, Clock.systemUTC());
    }
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
