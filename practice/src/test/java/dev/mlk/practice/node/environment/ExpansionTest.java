package dev.mlk.practice.node.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ExpansionTest {
  @Test
  void names_are_replaced_and_dollars_escaped_as_kubernetes_does() {
    Map<String, String> variables = Map.of("A", "1", "B", "two");
    assertThat(Expansion.expand("$(A)-$(B)", variables)).isEqualTo("1-two");
    assertThat(Expansion.expand("$$(A) $(C) $A $", variables)).isEqualTo("$(A) $(C) $A $");
    assertThat(Expansion.expand("$$$(A)", variables)).isEqualTo("$1");
    assertThat(Expansion.expand("$(A", variables)).isEqualTo("$(A");
  }

  @Test
  void fields_and_resources_of_a_pod_are_told() {
    JsonNode pod =
        JsonMapper.shared()
            .readTree(
                """
                {"metadata":{"name":"p","namespace":"n","uid":"u","labels":{"b":"2","a":"x\\"y"}},
                 "spec":{"nodeName":"node-1","containers":[{"name":"main","resources":{
                   "limits":{"cpu":"1500m","memory":"1Gi"}}}]}}""");
    PodFacts facts = new PodFacts(pod, "127.64.0.2", "127.0.0.1", Map.of());
    assertThat(facts.field("metadata.labels['b']")).contains("2");
    assertThat(facts.field("metadata.labels")).contains("a=\"x\\\"y\"\nb=\"2\"");
    assertThat(facts.field("status.podIP")).contains("127.64.0.2");
    assertThat(facts.field("spec.nonsense")).isEmpty();
    JsonNode main = pod.path("spec").path("containers").get(0);
    assertThat(facts.resource(main, "limits.cpu", "")).isEqualTo("2");
    assertThat(facts.resource(main, "limits.cpu", "1m")).isEqualTo("1500");
    assertThat(facts.resource(main, "limits.memory", "1Mi")).isEqualTo("1024");
    assertThat(facts.resource(main, "requests.memory", "0")).isEqualTo("0");
  }
}
