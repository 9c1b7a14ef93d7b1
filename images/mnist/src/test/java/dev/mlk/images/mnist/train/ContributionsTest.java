package dev.mlk.images.mnist.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.images.mnist.cluster.Membership;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContributionsTest {
  private static Membership chiefOf(String workers) {
    String config =
        "{\"cluster\":{\"chief\":[\"c:1\"],\"worker\":"
            + workers
            + "},\"task\":{\"type\":\"chief\",\"index\":0}}";
    return Membership.from(Map.of("TF_CONFIG", config));
  }

  @Test
  void aWorkerThatCameTooLateIsNamedWithoutSteps() {
    assertThat(Contributions.line(10, new long[] {7, 3, 0, 0}, chiefOf("[\"a:1\",\"b:1\"]")))
        .hasToString("global_step=10 chief-0=7 worker-0=3 worker-1=0");
  }

  @Test
  void whoIsNotListedIsNamedForItsSteps() {
    assertThat(Contributions.line(10, new long[] {7, 0, 0, 3}, chiefOf("[\"a:1\"]")))
        .hasToString("global_step=10 chief-0=7 worker-0=0 worker-2=3");
  }

  @Test
  void whoTrainsAloneIsTheOnlyOne() {
    assertThat(Contributions.line(10, new long[] {10, 0}, Membership.from(Map.of())))
        .hasToString("global_step=10 local=10");
  }
}
