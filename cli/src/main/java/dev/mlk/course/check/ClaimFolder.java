package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the files of a claim are on this machine: on the practice cluster only. */
final class ClaimFolder {
  private final Scene scene;

  ClaimFolder(Scene scene) {
    this.scene = scene;
  }

  /** The folder of a claim of the learner's namespace; empty elsewhere, or while it is unbound. */
  Optional<Path> of(String claim) {
    return new Objects(scene)
        .select("PersistentVolumeClaim", "", "").stream()
            .filter(one -> Nodes.name(one).equals(claim))
            .findFirst()
            .flatMap(this::of);
  }

  /** The same for a claim that was found already. */
  Optional<Path> of(JsonNode claim) {
    if (scene.target().practice().isEmpty()) {
      return Optional.empty();
    }
    String volume = claim.path("spec").path("volumeName").asString("");
    Path volumes = scene.target().practice().orElseThrow().resolve("volumes");
    for (JsonNode one : scene.cluster().list(Resources.VOLUMES, "")) {
      if (Nodes.name(one).equals(volume)) {
        for (String kind : List.of("local", "hostPath")) {
          String path = one.path("spec").path(kind).path("path").asString("");
          if (!path.isEmpty() && Path.of(path).normalize().startsWith(volumes)) {
            return Optional.of(Path.of(path));
          }
        }
      }
    }
    return Optional.empty();
  }
}
