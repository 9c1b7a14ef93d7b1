package dev.mlk.tfjob.validation;

import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Members of 2017 to 2019, as they still stand in many texts: what to write today. */
final class OldVersions {
  private static final Map<String, String> GONE =
      Map.of(
          "RuntimeId", "remove it",
          "runtimeId", "remove it",
          "tfImage", "write the image into each container",
          "tensorboard", "remove it: mlk tensorboard shows the event files",
          "tensorBoard", "remove it: mlk tensorboard shows the event files",
          "terminationPolicy", "remove it: the Chief's end is the job's end",
          "schedulerName", "write schedulerName into each pod template");

  private OldVersions() {}

  static List<Finding> check(JsonNode job) {
    List<Finding> findings = new ArrayList<>();
    JsonNode spec = job.path("spec");
    list(FieldPath.of("spec", "replicaSpecs"), spec.path("replicaSpecs"), findings);
    if (spec.path("tfReplicaSpecs").isArray()) {
      list(FieldPath.of("spec", "tfReplicaSpecs"), spec.path("tfReplicaSpecs"), findings);
    }
    GONE.forEach(
        (member, instead) -> {
          if (spec.has(member)) {
            findings.add(
                Finding.error(
                    FieldPath.of("spec", member),
                    "spec." + member + " belongs to an API version of 2017 or 2018",
                    "",
                    instead));
          }
        });
    return findings;
  }

  private static void list(FieldPath path, JsonNode replicas, List<Finding> findings) {
    if (replicas.isMissingNode()) {
      return;
    }
    Set<String> types = new LinkedHashSet<>();
    for (JsonNode replica : replicas) {
      String old =
          replica.path("tfReplicaType").asString(replica.path("replicaType").asString("MASTER"));
      types.add(ReplicaType.of(old).map(OldVersions::today).orElse(old));
    }
    String keys = types.isEmpty() ? "Worker" : String.join(", ", types);
    findings.add(
        Finding.error(
            path,
            replicas.isArray()
                ? path.field() + " is a list, as in the API versions of 2017"
                : path.field() + " is called tfReplicaSpecs",
            "spec.tfReplicaSpecs, a map from replica type to replicas",
            replicas.isArray()
                ? "write each entry under its type: tfReplicaSpecs with " + keys
                : "rename it to tfReplicaSpecs"));
  }

  private static String today(ReplicaType type) {
    return type == ReplicaType.MASTER ? ReplicaType.CHIEF.key() : type.key();
  }
}
