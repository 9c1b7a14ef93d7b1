package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mlk cluster check --probe} that is interrupted while its objects are there. */
@Tag("slow")
final class ClusterCheckProbeIT {
  private static final Map<String, String> PROBE = Map.of("labelSelector", "mlk.dev/probe");

  private static boolean there(ApiClient api, Resource resource) {
    return !api.list(resource, "", PROBE).path("items").isEmpty();
  }

  @Test
  void ctrlCInTheMiddleTakesTheProbesAway() throws Exception {
    try (Mlk mlk = new Mlk()) {
      // Without a node its pods wait until somebody gives up.
      mlk.ok("cluster", "start", "--nodes", "0");
      Path socket = mlk.home().resolve(".mlk/clusters/practice/api.sock");
      try (ApiClient api = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test");
          Mlk.Running running = mlk.start("cluster", "check", "--probe", "--only", "probe")) {
        for (Resource resource :
            List.of(Resources.TFJOBS, Resources.VOLUME_CLAIMS, Resources.PODS)) {
          Mlk.await(
              "a probe of " + resource.plural(),
              () -> there(api, resource) || !running.process().isAlive());
        }
        assertThat(running.process().isAlive()).as(running.out() + running.err()).isTrue();
        Interrupt.send(running.process());
        assertThat(running.end().code()).isEqualTo(130);
        for (Resource resource :
            List.of(Resources.TFJOBS, Resources.VOLUME_CLAIMS, Resources.PODS)) {
          Mlk.await("no probe of " + resource.plural(), () -> !there(api, resource));
        }
      }
    }
  }
}
