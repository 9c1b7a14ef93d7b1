package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mlk metrics} beside TensorBoard's own loader, in the Python that {@code
 * MLK_TEST_TENSORBOARD} names.
 */
@Tag("slow")
final class MetricsIT {
  private static String python() {
    String python = System.getenv("MLK_TEST_TENSORBOARD");
    // TensorBoard is far larger than mlk; .ci/checks/events.sh installs it and names it.
    assumeTrue(python != null, "SKIPPED: MLK_TEST_TENSORBOARD names no Python");
    return python;
  }

  private static Mlk.Result script(Mlk mlk, String name, String redirect, Object... arguments)
      throws Exception {
    StringBuilder command = new StringBuilder("exec " + python() + " ");
    command.append(mlk.checkout()).append("/cli/src/test/resources/clients/tensorboard/");
    command.append(name);
    for (Object argument : arguments) {
      command.append(' ').append(argument);
    }
    try (Mlk.Running running =
        mlk.program(List.of("sh", "-c", command.append(redirect).toString()))) {
      return running.end();
    }
  }

  private static void assertEqual(Mlk mlk, String csv, Path folder) throws Exception {
    Path numbers = Files.writeString(mlk.home().resolve("numbers.csv"), csv);
    Mlk.Result compared = script(mlk, "compare.py", " <" + numbers, folder);
    assertThat(compared.code()).as(compared.all()).isZero();
    assertThat(compared.out()).contains("points are equal");
  }

  @Test
  void everyNumberOfEveryWriterIsWhatTensorBoardReads() throws Exception {
    try (Mlk mlk = new Mlk()) {
      Path logs = mlk.home().resolve("logs");
      Mlk.Result written = script(mlk, "write.py", "", logs);
      assertThat(written.code()).as(written.all()).isZero();
      assertEqual(mlk, mlk.ok("metrics", logs.toString(), "-o", "csv"), logs);
    }
  }

  @Test
  void aDistributedJobAndASweepAreReadByNameAsTensorBoardReadsTheirFolders() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("tfjob", "submit", "mnist-distributed", "--set", "name=one", "--wait");
      Path claims = mlk.home().resolve(".mlk/clusters/practice/volumes");
      Path logs =
          LiveFiles.below(claims).stream()
              .filter(path -> path.endsWith("logs"))
              .findFirst()
              .orElseThrow();
      String csv = mlk.ok("metrics", "one", "-o", "csv");
      assertThat(csv).contains("\ntest,accuracy,").contains("\ntrain-worker-0,");
      assertEqual(mlk, csv, logs);
    }
  }

  @Test
  void jobsOfASweepAreReadTogether() throws Exception {
    try (Mlk mlk = new Mlk()) {
      for (String name : List.of("a", "b")) {
        Path manifest = mlk.home().resolve(name + ".yaml");
        String text =
            mlk.ok("tfjob", "render", "mnist", "--set", "name=" + name, "--set", "steps=50");
        Files.writeString(
            manifest,
            text.replaceFirst("(?m)^metadata:\n", "metadata:\n  labels: {mlk.dev/sweep: s}\n"));
        mlk.ok("tfjob", "submit", manifest.toString(), "--wait");
      }
      String csv = mlk.ok("metrics", "s", "-o", "csv", "--tag", "accuracy");
      assertThat(csv).contains("\na/test,accuracy,50,").contains("\nb/test,accuracy,50,");
    }
  }

  @Test
  void aTableGrowsWhileAJobTrainsAndEndsWithIt() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("tfjob", "submit", "mnist", "--set", "steps=400");
      Mlk.Result watched = mlk.run("metrics", "mnist", "-w", "-o", "csv", "--tag", "loss");
      assertThat(watched.code()).as(watched.all()).isZero();
      assertThat(watched.out()).contains("\ntest,loss,400,");
    }
  }

  @Test
  void everyCommandOfThePagePrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/metrics.md", 4);
  }
}
