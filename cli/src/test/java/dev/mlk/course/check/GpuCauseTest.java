package dev.mlk.course.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The four causes for which a pod gets no GPU, told apart by the nodes and not by the event. */
final class GpuCauseTest {
  private static JsonNode node(String name, int capacity, int allocatable, String ready) {
    return Json.read(
        """
        {"metadata": {"name": "%s"},
         "status": {"capacity": {"nvidia.com/gpu": "%d"},
                    "allocatable": {"nvidia.com/gpu": "%d"},
                    "conditions": [{"type": "Ready", "status": "%s"}]}}
        """
            .formatted(name, capacity, allocatable, ready));
  }

  private static JsonNode pod(String name, String node, int gpus) {
    return Json.read(
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "%s",
                  "containers": [{"resources": {"limits": {"nvidia.com/gpu": %d}}}]},
         "status": {"phase": "Running"}}
        """
            .formatted(name, node, gpus));
  }

  private static String code(JsonNode pod, List<JsonNode> nodes, List<JsonNode> pods) {
    return GpuCause.of(pod, nodes, pods).map(GpuCause::code).orElse("");
  }

  @Test
  void whereNoNodeHasAGpuThatIsTheCause() {
    assertThat(code(pod("x", "", 1), List.of(node("a", 0, 0, "True")), List.of()))
        .isEqualTo("GPU-NO-NODES");
  }

  @Test
  void nodesThatAreNotReadyOrAdvertiseNoneAreTheCauseWhenNoOtherHasGpus() {
    List<JsonNode> nodes = List.of(node("a", 4, 4, "False"), node("b", 2, 0, "True"));
    assertThat(code(pod("x", "", 1), nodes, List.of())).isEqualTo("GPU-NODE-NOTREADY");
    assertThat(GpuCause.of(pod("x", "", 1), nodes, List.of()).orElseThrow().seen())
        .contains("a, b would have them");
  }

  @Test
  void moreThanTheLargestNodeHasNeverFits() {
    List<JsonNode> nodes = List.of(node("a", 2, 2, "True"), node("b", 2, 1, "True"));
    assertThat(code(pod("x", "", 3), nodes, List.of())).isEqualTo("GPU-NEVER-FITS");
  }

  private static JsonNode pool(String name, int gpus, String ready) {
    ObjectNode node = (ObjectNode) node(name, gpus, gpus, ready);
    node.withObject("metadata").putObject("labels").put("pool", name);
    return node;
  }

  private static JsonNode selecting(String pool) {
    ObjectNode pod = (ObjectNode) pod("x", "", 1);
    pod.withObject("spec").putObject("nodeSelector").put("pool", pool);
    return pod;
  }

  @Test
  void onlyTheNodesOfTheNodeSelectorCount() {
    List<JsonNode> nodes =
        List.of(pool("large", 2, "True"), pool("cold", 1, "False"), pool("cpu", 0, "True"));
    assertThat(code(selecting("cpu"), nodes, List.of())).isEqualTo("GPU-NO-NODES");
    assertThat(GpuCause.of(selecting("cpu"), nodes, List.of()).orElseThrow().seen())
        .contains("its nodeSelector leaves cpu, without any");
    assertThat(code(selecting("cold"), nodes, List.of())).isEqualTo("GPU-NODE-NOTREADY");
    assertThat(code(selecting("large"), nodes, List.of())).isEmpty();
    assertThat(code(selecting("nowhere"), nodes, List.of())).isEmpty();
  }

  @Test
  void whatOthersHoldIsBusyAndWhatIsFreeIsNoCause() {
    List<JsonNode> nodes = List.of(node("a", 1, 1, "True"));
    assertThat(code(pod("x", "", 1), nodes, List.of(pod("y", "a", 1)))).isEqualTo("GPU-BUSY");
    assertThat(code(pod("x", "", 1), nodes, List.of())).isEmpty();
    assertThat(code(pod("x", "", 0), nodes, List.of())).isEmpty();
  }
}
