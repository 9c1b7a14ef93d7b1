package dev.mlk.tfjob.validation;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What admission lets pass though it cannot work, or is likely not meant: the job as a whole. */
final class SpecAdvice {
  private static final Set<String> MEMBERS =
      Set.of("tfReplicaSpecs", "runPolicy", "successPolicy", "enableDynamicWorker");
  private static final int MAX_SERVICE_NAME = 63;
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath REPLICAS = SPEC.member("tfReplicaSpecs");

  private final List<Finding> findings = new ArrayList<>();

  private SpecAdvice() {}

  /**
   * @param older the manifest is of an old API version, which is told elsewhere: only its replicas
   *     are looked at
   */
  static List<Finding> check(JsonNode job, boolean older) {
    SpecAdvice advice = new SpecAdvice();
    JsonNode spec = job.path("spec");
    if (!older) {
      advice.members(spec);
      advice.findings.addAll(
          RunPolicyAdvice.check(SPEC.member("runPolicy"), spec.path("runPolicy")));
      Words.check(
          SPEC.member("successPolicy"),
          spec.path("successPolicy"),
          List.of("AllWorkers"),
          advice.findings);
    }
    if (spec.path("tfReplicaSpecs").isObject()) {
      advice.replicas(job.at("/metadata/name").asString(""), spec.path("tfReplicaSpecs"));
    }
    return advice.findings;
  }

  private void members(JsonNode spec) {
    for (String member : names(spec)) {
      if (MEMBERS.contains(member)) {
        continue;
      }
      FieldPath path = SPEC.member(member);
      if (RunPolicyAdvice.MEMBERS.contains(member)) {
        findings.add(
            Finding.error(
                path,
                member + " is in the wrong place",
                "spec.runPolicy." + member,
                "move it under spec.runPolicy"));
      } else if (ReplicaAdvice.MEMBERS.contains(member)) {
        findings.add(
            Finding.error(
                path,
                member + " is in the wrong place",
                "spec.tfReplicaSpecs.<type>." + member,
                "move it under a replica type"));
      } else {
        Words.unknown(path, member, MEMBERS, findings);
      }
    }
  }

  static List<String> names(JsonNode node) {
    return node.isObject() ? node.properties().stream().map(Map.Entry::getKey).toList() : List.of();
  }

  private void replicas(String job, JsonNode replicas) {
    if (replicas.isEmpty()) {
      findings.add(
          Finding.error(
              REPLICAS, "the job has no replicas", "at least one replica type", "add a Worker"));
      return;
    }
    Set<ReplicaType> types = new TreeSet<>();
    for (String key : names(replicas)) {
      type(key, types);
      findings.addAll(ReplicaAdvice.check(REPLICAS.key(key), key, replicas.get(key)));
      length(job, key, replicas.get(key).path("replicas").asInt(1));
    }
    boolean exact = replicas.has("Chief") && replicas.has("Master");
    if (types.contains(ReplicaType.CHIEF) && types.contains(ReplicaType.MASTER) && !exact) {
      findings.add(
          Finding.error(
              REPLICAS,
              "Chief and Master are two names of one role",
              "one of the two",
              "remove one"));
    }
    if (!types.isEmpty()
        && types.stream().allMatch(t -> t == ReplicaType.PS || t == ReplicaType.EVALUATOR)) {
      findings.add(
          Finding.error(
              REPLICAS,
              "nobody trains: a job of " + words(types) + " alone never ends",
              "a Chief or a Worker",
              "add a Worker"));
    }
  }

  private static String words(Set<ReplicaType> types) {
    return String.join(" and ", types.stream().map(ReplicaType::key).toList());
  }

  private void type(String key, Set<ReplicaType> types) {
    ReplicaType type = ReplicaType.of(key).orElse(null);
    FieldPath path = REPLICAS.key(key);
    if (type == null) {
      List<String> known = Arrays.stream(ReplicaType.values()).map(ReplicaType::key).toList();
      findings.add(
          Finding.error(
              path,
              "'" + key + "' is no replica type",
              "one of " + String.join(", ", known),
              Words.meant(key, known)));
      return;
    }
    if (!types.add(type)) {
      findings.add(
          Finding.error(path, type.key() + " is there twice", "one " + type.key(), "remove one"));
    } else if (!key.equals(type.key())) {
      findings.add(
          Finding.warning(
              path, "'" + key + "' is written " + type.key(), type.key(), type.key() + ":"));
    }
  }

  private void length(String job, String key, int replicas) {
    if (job.isEmpty() || replicas < 1 || job.length() > MAX_SERVICE_NAME) {
      return;
    }
    String longest = JobLabels.replicaName(job, key, replicas - 1);
    int excess = longest.length() - MAX_SERVICE_NAME;
    if (excess > 0) {
      findings.add(
          Finding.error(
              FieldPath.of("metadata", "name"),
              "the service " + longest + " would have " + longest.length() + " characters",
              "at most 63 characters with type and number",
              "shorten the name by " + excess));
    }
  }
}
