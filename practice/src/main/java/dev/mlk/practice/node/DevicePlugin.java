package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The DaemonSet whose pods make the simulated GPUs allocatable. */
final class DevicePlugin {
  private DevicePlugin() {}

  /** Makes it unless it is there or there are no GPUs. */
  static void apply(NodeConfig config, Collection<NodeRoom> rooms) {
    if (config.nodes().stream().noneMatch(node -> node.gpus() > 0)) {
      return;
    }
    ApiClient api = rooms.iterator().next().api();
    JsonNode manifest = manifest();
    String namespace = manifest.path("metadata").path("namespace").asString("");
    String name = manifest.path("metadata").path("name").asString("");
    try {
      if (api.find(Resources.DAEMON_SETS, namespace, name).isEmpty()) {
        api.create(Resources.DAEMON_SETS, namespace, manifest);
      }
    } catch (ApiException e) {
      System.getLogger(DevicePlugin.class.getName())
          .log(System.Logger.Level.WARNING, "no device plugin, so no GPUs: {0}", e.getMessage());
    }
  }

  private static JsonNode manifest() {
    try (InputStream in = DevicePlugin.class.getResourceAsStream("device-plugin.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
