package dev.mlk.practice.scheduler;

import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims, volumes and storage classes, as the scheduler looks at them. */
final class Volumes {
  /** Volumes promised to claims whose binding is under way, by volume name. */
  private final Map<String, Key> promised = new HashMap<>();

  private final Informer claims;
  private final Informer volumes;
  private final Informer classes;

  Volumes(Informers informers) {
    claims = informers.on(Resources.VOLUME_CLAIMS);
    volumes = informers.on(Resources.VOLUMES);
    classes = informers.on(Resources.STORAGE_CLASSES);
  }

  List<Informer> sources() {
    return List.of(claims, volumes, classes);
  }

  Optional<ObjectNode> claim(Key key) {
    return claims.get(key.namespace(), key.name());
  }

  Optional<ObjectNode> volume(String name) {
    return volumes.get("", name);
  }

  /** All volumes not promised to another claim. */
  Iterable<ObjectNode> volumesFor(Key claim) {
    return volumes.all().stream()
        .filter(
            volume -> {
              Key other = promised.get(Key.of(volume).name());
              return other == null || other.equals(claim);
            })
        .toList();
  }

  void promise(String volume, Key claim) {
    promised.put(volume, claim);
  }

  void takeBack(Key claim) {
    promised.values().removeIf(claim::equals);
  }

  Optional<ObjectNode> storageClass(JsonNode claim) {
    return classes.get("", claim.path("spec").path("storageClassName").asString(""));
  }

  /** Whether the claim waits for its first pod before it gets a volume. */
  boolean waitsForPod(JsonNode claim) {
    return storageClass(claim)
        .map(found -> found.path("volumeBindingMode").asString(""))
        .orElse("")
        .equals("WaitForFirstConsumer");
  }

  /** The claims that the pod mounts. */
  static List<Key> claimsOf(Placed pod) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) {
        names.add(name);
      } else if (volume.path("ephemeral").isObject()) {
        names.add(pod.key().name() + "-" + volume.path("name").asString(""));
      }
    }
    return names.stream().map(name -> new Key(pod.key().namespace(), name)).toList();
  }

  static boolean bound(JsonNode claim) {
    return !claim.path("spec").path("volumeName").asString("").isEmpty()
        && claim.path("metadata").path("annotations").has("pv.kubernetes.io/bind-completed");
  }
}
