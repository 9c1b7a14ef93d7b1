package dev.mlk.gpu.verify;

import dev.mlk.facts.Nodes;
import dev.mlk.facts.Reader;
import dev.mlk.kube.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The cluster's runtime classes.
 *
 * @param all the objects; none where they may not be read
 */
record RuntimeClasses(List<JsonNode> all) {
  private static final Resource CLASSES =
      Resource.cluster("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass");

  /**
   * The class of a pod.
   *
   * @param name its name; empty for none
   * @param sandbox its handler when that gives pods a kernel of their own; else empty
   */
  record Choice(String name, String sandbox) {}

  static RuntimeClasses read(Reader reader) {
    return new RuntimeClasses(
        reader.attempt("list runtime classes", r -> r.pages(CLASSES.path(""))).or(List.of()));
  }

  /** The class asked for, else the GPU operator's where it has one for such nodes. */
  Choice choose(GpuNode node, String wanted) {
    if (!wanted.isEmpty()) {
      return new Choice(wanted, find(wanted).map(RuntimeClasses::sandbox).orElse(""));
    }
    if (node.label("nvidia.com/gpu.workload.config").equals("vm-passthrough")) {
      for (JsonNode each : all) {
        if (!sandbox(each).isEmpty() && Nodes.name(each).contains("gpu") && fits(each, node)) {
          return new Choice(Nodes.name(each), sandbox(each));
        }
      }
    }
    boolean operators = find("nvidia").map(each -> fits(each, node)).orElse(false);
    return operators && !node.simulated() ? new Choice("nvidia", "") : new Choice("", "");
  }

  private Optional<JsonNode> find(String name) {
    return all.stream().filter(each -> Nodes.name(each).equals(name)).findFirst();
  }

  /** Its handler, when that is one that sandboxes. */
  private static String sandbox(JsonNode runtimeClass) {
    String handler = runtimeClass.path("handler").asString("");
    boolean own =
        handler.startsWith("kata") || handler.startsWith("runsc") || handler.startsWith("gvisor");
    return own ? handler : "";
  }

  private static boolean fits(JsonNode runtimeClass, GpuNode node) {
    for (Map.Entry<String, JsonNode> wanted :
        runtimeClass.path("scheduling").path("nodeSelector").properties()) {
      if (!node.label(wanted.getKey()).equals(wanted.getValue().asString(""))) {
        return false;
      }
    }
    return true;
  }
}
