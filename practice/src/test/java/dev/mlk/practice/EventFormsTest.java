package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events are in two groups, each of which shows those of the other in its own form. */
final class EventFormsTest {
  private static final Resource NEWER =
      Resource.namespaced("events.k8s.io", "v1", "events", "Event");

  private static PracticeCluster cluster;
  private static ApiClient owner;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    owner = new ApiClient(cluster.transport(), "test");
    owner.create(
        NEWER,
        "default",
        TestCluster.json(
            """
            {metadata: {name: 'new'}, regarding: {kind: 'Pod', name: 'a', namespace: 'default'}, note: 'hi', reason: 'R', type: 'Normal',
             action: 'A', eventTime: '2026-01-01T00:00:00.000000Z', reportingController: 'c', reportingInstance: 'i'}
            """));
    owner.create(
        Resources.EVENTS,
        "default",
        TestCluster.json(
            """
            {metadata: {name: 'old'}, involvedObject: {kind: 'Pod', name: 'a', namespace: 'default'}, message: 'ho', reason: 'R', type: 'Normal',
             source: {component: 'kubelet'}, count: 2}
            """));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theCoreGroupShowsBothInItsForm() {
    JsonNode fresh = owner.get(Resources.EVENTS, "default", "new");
    assertThat(fresh.path("apiVersion").asString()).isEqualTo("v1");
    assertThat(fresh.path("message").asString()).isEqualTo("hi");
    JsonNode list = owner.list(Resources.EVENTS, "default", Map.of());
    assertThat(list.path("items").valueStream())
        .extracting(item -> item.path("involvedObject").path("name").asString())
        .containsExactly("a", "a");
  }

  @Test
  void theNewerGroupShowsBothInItsForm() {
    JsonNode old = owner.get(NEWER, "default", "old");
    assertThat(old.path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
    assertThat(old.path("note").asString()).isEqualTo("ho");
    assertThat(old.path("deprecatedSource").path("component").asString()).isEqualTo("kubelet");
    assertThat(old.path("deprecatedCount").asInt()).isEqualTo(2);
    assertThat(old.has("message")).isFalse();
    JsonNode list = owner.list(NEWER, "default", Map.of());
    assertThat(list.path("items").valueStream())
        .extracting(
            item -> item.path("regarding").path("name").asString() + item.path("note").asString())
        .containsExactly("ahi", "aho");
  }

  @Test
  void aChangeThroughTheNewerGroupKeepsWhatTheOlderKnows() {
    JsonNode changed =
        owner.patch(
            NEWER.path("default", "old"),
            ApiClient.PatchType.MERGE,
            TestCluster.json("{metadata: {labels: {a: 'b'}}}"));
    assertThat(changed.path("note").asString()).isEqualTo("ho");
    assertThat(owner.get(Resources.EVENTS, "default", "old").path("message").asString())
        .isEqualTo("ho");
  }
}
