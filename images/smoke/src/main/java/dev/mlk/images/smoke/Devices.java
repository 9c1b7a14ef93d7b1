package dev.mlk.images.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The devices that the node agent gave this container. */
final class Devices {
  private Devices() {}

  /** Their ids, as the container runtime for NVIDIA's GPUs names them to a container. */
  static List<String> of(Map<String, String> environment) {
    List<String> ids = new ArrayList<>();
    for (String id : environment.getOrDefault("NVIDIA_VISIBLE_DEVICES", "").split(",", -1)) {
      if (!id.isBlank() && !id.equals("none") && !id.equals("void")) {
        ids.add(id.strip());
      }
    }
    return ids;
  }
}
