package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A cluster whose disk takes no more says so, and says when it is well again. */
@EnabledOnOs(OS.LINUX)
final class FullDiskIT {
  @Test
  void theStatusNamesAStoreThatCannotBeWrittenUntilItCan() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start", "--nodes", "1");
      ProcessHandle cluster = mlk.processes("dev.mlk.Mlk cluster serve").getFirst();
      // Enough for the log, too little for the store.
      limitFiles(cluster, "50000");
      Mlk.Result refused = mlk.run("tfjob", "submit", "mnist");
      assertThat(refused.code()).as(refused.all()).isEqualTo(4);
      assertThat(refused.err()).contains("could not take the objects; nothing was created");
      Mlk.await("the trouble to be told", () -> says(mlk, "NotReady"));
      Mlk.Result status = mlk.run("cluster", "status");
      assertThat(status.err()).contains("practice: store failed: the cluster's store cannot be");
      assertThat(status.code()).isZero();
      limitFiles(cluster, "unlimited");
      Mlk.await("the cluster to be well again", () -> says(mlk, "Running"));
    }
  }

  private static boolean says(Mlk mlk, String state) {
    try {
      return mlk.run("cluster", "status").out().contains(state);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void limitFiles(ProcessHandle process, String bytes) throws Exception {
    Process limit =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
            .redirectErrorStream(true)
            .start();
    String said = new String(limit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(limit.waitFor()).as(said).isZero();
  }
}
