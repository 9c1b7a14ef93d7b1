package dev.mlk.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events are one collection under two groups. */
final class EventGroupsTest {
  private static final Resource NEWER =
      Resource.namespaced("events.k8s.io", "v1", "events", "Event");

  @Test
  void eventsWrittenInOneGroupAreReadInBoth() {
    try (PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(0));
        ApiClient client = new ApiClient(cluster.transport(), "test")) {
      client.create(
          NEWER,
          "default",
          TestCluster.json(
              "{apiVersion: 'events.k8s.io/v1', kind: 'Event', metadata: {name: 'newer'},"
                  + " eventTime: '2024-01-02T03:04:05.000006Z', reportingController:"
                  + " 'example.org/tester', reportingInstance: 'tester-1', action: 'Testing',"
                  + " reason: 'Tested', note: 'new', type: 'Normal', regarding: {kind: 'Pod', name:"
                  + " 'a', namespace: 'default'}}"));
      client.create(
          Resources.EVENTS,
          "default",
          TestCluster.json(
              "{metadata: {name: 'older'}, reason: 'Tested', message: 'old', type: 'Normal',"
                  + " involvedObject: {kind: 'Pod', name: 'a', namespace: 'default'}}"));

      for (Resource group : List.of(Resources.EVENTS, NEWER)) {
        JsonNode list = client.list(group, "default", Map.of("fieldSelector", "reason=Tested"));
        assertThat(list.path("apiVersion").asString("")).isEqualTo(group.apiVersion());
        assertThat(list.path("items").valueStream().map(each -> each.path("metadata").path("name")))
            .map(JsonNode::asString)
            .containsExactlyInAnyOrder("newer", "older");
        for (String name : List.of("newer", "older")) {
          JsonNode one = client.get(group, "default", name);
          assertThat(one.path("apiVersion").asString("")).isEqualTo(group.apiVersion());
        }
      }
    }
  }
}
