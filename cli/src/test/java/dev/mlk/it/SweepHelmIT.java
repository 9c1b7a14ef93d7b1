package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way to sweep with Helm: a chart renders the jobs, mlk compares them. */
@Tag("slow")
final class SweepHelmIT {
  private static final String CHART = "cli/src/test/resources/dev/mlk/it/sweep-chart";

  @Test
  void theJobsOfAChartAreASweep() throws Exception {
    String helm = ClientScripts.program("helm", "MLK_TEST_HELM").get("helm").toString();
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      mlk.set("KUBECONFIG", mlk.file("config.yaml", mlk.ok("cluster", "kubeconfig")));
      String chart = mlk.checkout().resolve(CHART).toString();
      run(mlk, helm, "install", "rates", chart, "--set", "learningRates={0.1,0.3,0.2}");
      for (String rate : List.of("0-1", "0-2", "0-3")) {
        mlk.ok("tfjob", "wait", "rates-lr-" + rate);
      }
      assertThat(mlk.ok("sweep", "list"))
          .containsPattern("rates +Helm +3/3 +accuracy +0.3 +lr=0.3");
      assertThat(mlk.ok("sweep", "report", "rates")).contains("Best: trial", "lr=0.3");
      Mlk.Result deleted = mlk.run("sweep", "delete", "rates");
      assertThat(deleted.code()).isEqualTo(2);
      assertThat(deleted.err()).contains("helm uninstall rates -n default");
      run(mlk, helm, "uninstall", "rates", "--wait");
      assertThat(mlk.ok("sweep", "list")).doesNotContain("rates");
    }
  }

  private static void run(Mlk mlk, String... words) throws Exception {
    try (Mlk.Running running = mlk.program(new ArrayList<>(List.of(words)))) {
      Mlk.Result result = running.end();
      assertThat(result.code()).as(result.all()).isZero();
    }
  }
}
