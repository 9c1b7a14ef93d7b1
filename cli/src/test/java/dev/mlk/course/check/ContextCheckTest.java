package dev.mlk.course.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContextCheckTest {
  /** Nothing is asked of a cluster: what counts stands in the kubeconfig. */
  private static Observation look(String rule, Target target) {
    try (ApiClient nobody =
        new ApiClient(new HttpTransport(Endpoint.unix(Path.of("nobody.sock"))), "test")) {
      Scene scene =
          new Scene(
              new Snapshot(new Reader(nobody)),
              new Learner("ada", "mlk", Path.of(""), Map.of()),
              Set.of(),
              target,
              InstantSource.system());
      return new Checks(scene).look("context", Json.object().put("rule", rule));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "prod-eu, https://10.0.0.1, true",
    "learning, https://api.live.example.com, true",
    "livelihood, https://10.0.0.1, false",
    "reproduction, https://10.0.0.1, false",
    "kind-kind, https://127.0.0.1:6443, false"
  })
  void aContextWhoseNamesSayProductionIsNotSafe(String context, String server, boolean unsafe) {
    Observation seen = look("safe", new Target(context, server, context, Optional.empty()));
    assertThat(seen.holds()).isNotEqualTo(unsafe);
    assertThat(seen.code()).isEqualTo(unsafe ? "CTX-UNSAFE" : "");
    assertThat(seen.seen()).contains(context);
  }

  @Test
  void thePracticeClusterIsSafeWhateverItsName() {
    Target target = new Target("mlk-prod", "", "mlk-prod", Optional.of(Path.of("prod")));
    assertThat(look("safe", target).holds()).isTrue();
  }

  @Test
  void kubectlInAnotherContextIsSaidWithBothNames() {
    Target target = new Target("kind-mlk", "https://10.0.0.1", "work", Optional.empty());
    Observation seen = look("same", target);
    assertThat(seen.code()).isEqualTo("CTX-MISMATCH");
    assertThat(seen.seen()).isEqualTo("mlk uses kind-mlk, kubectl uses work");
  }
}
