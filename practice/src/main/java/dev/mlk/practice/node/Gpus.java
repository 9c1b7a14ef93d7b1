package dev.mlk.practice.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The simulated GPUs of a node and who has them. */
final class Gpus {
  /** The resource that they are. */
  static final String RESOURCE = "nvidia.com/gpu";

  /** The image whose running container makes them allocatable. */
  static final String PLUGIN = "mlk/device-plugin";

  private final Map<String, String> holders = new LinkedHashMap<>();
  private final Set<String> plugins = new HashSet<>();
  private Runnable changed = () -> {};

  Gpus(String node, int count) {
    for (int i = 0; i < count; i++) {
      // The same GPU has the same id after a restart.
      UUID id = UUID.nameUUIDFromBytes((node + "/" + i).getBytes(StandardCharsets.UTF_8));
      holders.put("GPU-" + id, "");
    }
  }

  /** Whom to tell when they become allocatable or stop being so. */
  synchronized void onChange(Runnable listener) {
    changed = listener;
  }

  /** A container of a device plugin runs, or does not any more. */
  void plugin(String owner, boolean runs) {
    Runnable tell;
    synchronized (this) {
      if (!(runs ? plugins.add(owner) : plugins.remove(owner))) {
        return;
      }
      tell = changed;
    }
    tell.run();
  }

  /** How many there are. */
  synchronized int count() {
    return holders.size();
  }

  /** How many can be given to pods: none without a device plugin. */
  synchronized int allocatable() {
    return plugins.isEmpty() ? 0 : holders.size();
  }

  /** Gives a container its devices; empty when there are not enough. */
  synchronized List<String> take(String owner, int count) {
    List<String> taken = new ArrayList<>();
    holders.forEach(
        (id, holder) -> {
          if (taken.size() < count && (holder.isEmpty() || holder.equals(owner))) {
            taken.add(id);
          }
        });
    if (taken.size() < count) {
      return List.of();
    }
    taken.forEach(id -> holders.put(id, owner));
    return taken;
  }

  /** Takes back what the owner's containers had. */
  synchronized void release(String ownerPrefix) {
    holders.replaceAll((_, holder) -> holder.startsWith(ownerPrefix) ? "" : holder);
  }
}
