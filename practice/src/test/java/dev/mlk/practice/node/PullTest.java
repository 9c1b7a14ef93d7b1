package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pulls of images: policies, and what authors of exercises let go wrong. */
final class PullTest {
  private static final String PRIVATE = "registry.example.com/team/mnist:0.1";

  @TempDir Path folder;

  private static void rules(TestCluster cluster, ManualTicker ticker, String yaml) {
    ObjectNode map =
        TestCluster.yaml(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: simulated-registry}, data: {}}");
    map.withObject("data").put("pulls.yaml", yaml);
    cluster.api().create(Resources.CONFIG_MAPS, "kube-system", map);
    // A pod of the cluster's own may have looked before, and looks are kept for a second.
    ticker.advance(Duration.ofSeconds(1));
  }

  private static String container(String image, String rest) {
    return "{restartPolicy: Never, %s containers: [{name: main, image: '%s', command: [sh, -c, 'exit 0']}]}"
        .formatted(rest, image);
  }

  private static ObjectNode awaitWaiting(TestCluster cluster, String pod, String reason) {
    return cluster.await(
        pod,
        reason,
        each -> {
          String now = TestCluster.state(each).path("waiting").path("reason").asString("");
          return now.equals(reason)
              || (now.equals("ImagePullBackOff") && reason.equals("ErrImagePull"));
        });
  }

  private static String message(JsonNode pod) {
    return TestCluster.state(pod).path("waiting").path("message").asString("");
  }

  private static void awaitEvents(TestCluster cluster, String pod, String... events) {
    Await.until("the events are there", () -> cluster.events(pod).containsAll(List.of(events)));
  }

  @Test
  void a_private_image_needs_a_secret_for_its_registry() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      rules(
          cluster,
          ticker,
          "- {image: registry.example.com/team/mnist, as: busybox, secret: true, bytes: 123}");
      cluster.pod("stranger", container(PRIVATE, "imagePullSecrets: [{name: regcred}],"));
      String denied =
          "failed to pull and unpack image \""
              + PRIVATE
              + "\": failed to resolve reference \""
              + PRIVATE
              + "\": pull access denied, repository does not exist or may require authorization:"
              + " authorization failed: no basic auth credentials (simulated registry)";
      assertThat(message(awaitWaiting(cluster, "stranger", "ErrImagePull"))).endsWith(denied);
      awaitEvents(
          cluster,
          "stranger",
          "FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred);"
              + " attempting to pull the image may not succeed.",
          "Failed: Failed to pull image \"" + PRIVATE + "\": " + denied,
          "Failed: Error: ErrImagePull");
      ObjectNode secret =
          TestCluster.yaml(
              "{apiVersion: v1, kind: Secret, metadata: {name: regcred}, type: kubernetes.io/dockerconfigjson, stringData: {}}");
      secret
          .withObject("stringData")
          .put(
              ".dockerconfigjson",
              "{\"auths\": {\"https://registry.example.com/v1/\": {\"auth\": \"YTpi\"}}}");
      cluster.api().create(Resources.SECRETS, "default", secret);
      ticker.advance(Duration.ofSeconds(10));
      cluster.awaitPhase("stranger", "Succeeded");
      awaitEvents(
          cluster,
          "stranger",
          "Pulled: Successfully pulled image \""
              + PRIVATE
              + "\" in 0s (0s including waiting). Image size: 123 bytes.");
      cluster.pod("other", container(PRIVATE, ""));
      awaitWaiting(cluster, "other", "ErrImagePull");
    }
  }

  @Test
  void a_slow_pull_holds_the_pod_until_it_is_through_once_for_each_node() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      rules(cluster, ticker, "- {image: 'big:1', as: busybox, takes: 90s, bytes: 1288490188}");
      cluster.pod("slow", container("big:1", ""));
      awaitEvents(cluster, "slow", "Pulling: Pulling image \"big:1\"");
      ObjectNode pod = awaitWaiting(cluster, "slow", "ContainerCreating");
      assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Pending");
      ticker.advance(Duration.ofSeconds(89));
      ticker.advance(Duration.ofSeconds(1));
      cluster.awaitPhase("slow", "Succeeded");
      awaitEvents(
          cluster,
          "slow",
          "Pulled: Successfully pulled image \"big:1\" in 1m30s (1m30s including waiting). Image"
              + " size: 1288490188 bytes. (simulated registry)");
      cluster.pod("again", container("big:1", ""));
      cluster.awaitPhase("again", "Succeeded");
      awaitEvents(
          cluster,
          "again",
          "Pulled: Container image \"big:1\" already present on machine and can be accessed by the"
              + " pod");
    }
  }

  @Test
  void a_failing_registry_is_tried_again_and_again_ever_later() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      rules(cluster, ticker, "- {image: busybox, error: rate-limit, times: 2}");
      cluster.pod("limited", container("busybox:1.36", ""));
      ObjectNode pod = awaitWaiting(cluster, "limited", "ErrImagePull");
      assertThat(message(pod))
          .contains(
              "failed to pull and unpack image \"docker.io/library/busybox:1.36\": failed to resolve"
                  + " reference \"docker.io/library/busybox:1.36\": ")
          .contains("429 Too Many Requests")
          .endsWith("(simulated registry)");
      ticker.advance(Duration.ofSeconds(1));
      awaitWaiting(cluster, "limited", "ImagePullBackOff");
      Await.until(
          "the third pull goes well",
          () -> {
            ticker.advance(Duration.ofSeconds(1));
            return cluster
                .get("limited")
                .path("status")
                .path("phase")
                .asString("")
                .equals("Succeeded");
          });
      Await.until("all pulls are told", () -> pulls(cluster, "limited") == 3);
    }
  }

  private static int pulls(TestCluster cluster, String pod) {
    int count = 0;
    for (JsonNode event :
        cluster.api().list(Resources.EVENTS, "default", java.util.Map.of()).path("items")) {
      if (event.path("involvedObject").path("name").asString("").equals(pod)
          && event.path("reason").asString("").equals("Pulling")) {
        count += event.path("count").asInt(0);
      }
    }
    return count;
  }

  @Test
  void a_corrected_image_is_pulled_at_once_while_the_wrong_one_would_have_to_wait()
      throws Exception {
    try (TestCluster cluster = TestCluster.start(folder, new ManualTicker())) {
      cluster.pod("mended", container("busibox", ""));
      awaitWaiting(cluster, "mended", "ErrImagePull");
      cluster
          .api()
          .patch(
              Resources.PODS.path("default") + "/mended",
              ApiClient.PatchType.STRATEGIC,
              TestCluster.yaml("{spec: {containers: [{name: main, image: busybox}]}}"));
      cluster.awaitPhase("mended", "Succeeded");
      awaitEvents(cluster, "mended", "Pulling: Pulling image \"busybox\"");
    }
  }

  @Test
  void never_pulls_nothing_and_a_name_that_is_none_is_refused() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "never",
          "{containers: [{name: main, image: 'debian:12', imagePullPolicy: Never, command: [sh]}]}");
      assertThat(message(awaitWaiting(cluster, "never", "ErrImageNeverPull")))
          .isEqualTo("Container image \"debian:12\" is not present with pull policy of Never");
      awaitEvents(
          cluster,
          "never",
          "ErrImageNeverPull: Container image \"debian:12\" is not present with pull policy of Never",
          "Failed: Error: ErrImageNeverPull");
      cluster.pod("invalid", "{containers: [{name: main, image: 'Busy Box:1', command: [sh]}]}");
      assertThat(message(awaitWaiting(cluster, "invalid", "InvalidImageName")))
          .isEqualTo(
              "Failed to apply default image tag \"Busy Box:1\": couldn't parse image name"
                  + " \"Busy Box:1\": invalid reference format");
      awaitEvents(cluster, "invalid", "Failed: Error: InvalidImageName");
    }
  }

  @Test
  void rules_that_make_no_sense_are_told_where_a_pod_waits() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      rules(cluster, ticker, "- {image: busybox, error: sometimes}");
      cluster.pod("confused", container("busybox", ""));
      assertThat(message(awaitWaiting(cluster, "confused", "ErrImagePull")))
          .contains("kube-system/simulated-registry")
          .contains("\"sometimes\" is none of not-found");
    }
  }
}
