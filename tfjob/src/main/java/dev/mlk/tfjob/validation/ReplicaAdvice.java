package dev.mlk.tfjob.validation;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The same for one replica type and its containers. */
final class ReplicaAdvice {
  static final Set<String> MEMBERS = Set.of("replicas", "restartPolicy", "template");
  private static final List<String> POLICIES = List.of("Always", "OnFailure", "Never", "ExitCode");

  private final FieldPath path;
  private final JsonNode replica;
  private final Optional<ReplicaType> type;
  private final List<Finding> findings = new ArrayList<>();

  private ReplicaAdvice(FieldPath path, String key, JsonNode replica) {
    this.path = path;
    this.replica = replica;
    this.type = ReplicaType.of(key);
  }

  static List<Finding> check(FieldPath path, String key, JsonNode replica) {
    ReplicaAdvice advice = new ReplicaAdvice(path, key, replica);
    advice.members();
    advice.count();
    advice.policy();
    JsonNode containers = replica.at("/template/spec/containers");
    FieldPath at = path.member("template").member("spec").member("containers");
    for (int i = 0; containers.isArray() && i < containers.size(); i++) {
      advice.container(at.index(i), containers.get(i));
    }
    return advice.findings;
  }

  private void members() {
    for (String member : SpecAdvice.names(replica)) {
      if (!MEMBERS.contains(member)) {
        Words.unknown(path.member(member), member, MEMBERS, findings);
      }
    }
  }

  private void count() {
    FieldPath at = path.member("replicas");
    JsonNode count = replica.path("replicas");
    int before = findings.size();
    Numbers.check(at, count, 0, findings);
    if (findings.size() > before || Admission.absent(count)) {
      return;
    }
    boolean leads = type.filter(ReplicaType::leads).isPresent();
    if (leads && count.longValue() > 1) {
      findings.add(
          Finding.error(
              at,
              "a job has one chief, not " + count.longValue(),
              "1",
              "replicas: 1, and Workers"));
    }
    if (count.longValue() == 0) {
      findings.add(
          Finding.warning(at, "no pods at all are asked for", "at least 1", "leave it out"));
    }
  }

  private void policy() {
    FieldPath at = path.member("restartPolicy");
    JsonNode policy = replica.path("restartPolicy");
    Words.check(at, policy, POLICIES, findings);
    boolean ends = type.filter(t -> t.leads() || t == ReplicaType.WORKER).isPresent();
    if (ends && policy.asString("").equals("Always")) {
      findings.add(
          Finding.warning(
              at,
              "with Always a replica is started again even after success: the job never ends",
              "OnFailure",
              "restartPolicy: OnFailure"));
    }
    JsonNode inTemplate = replica.at("/template/spec/restartPolicy");
    if (!Admission.absent(inTemplate)
        && !inTemplate.asString("").equals(policy.asString("Never"))) {
      findings.add(
          Finding.warning(
              path.member("template").member("spec").member("restartPolicy"),
              "the pod's own restartPolicy is overwritten by that of the replica type",
              path.field() + ".restartPolicy",
              "move it two levels up, beside template"));
    }
  }

  private void container(FieldPath at, JsonNode container) {
    JsonNode environment = container.path("env");
    for (int i = 0; environment.isArray() && i < environment.size(); i++) {
      if (environment.get(i).path("name").asString("").equals("TF_CONFIG")
          && container.path("name").asString("").equals(JobLabels.CONTAINER)) {
        findings.add(
            Finding.warning(
                at.member("env").index(i),
                "TF_CONFIG is written by the operator when the job has several replicas",
                "",
                "remove it"));
      }
    }
    for (String kind : List.of("limits", "requests")) {
      FieldPath resources = at.member("resources").member(kind);
      findings.addAll(Quantities.check(resources, container.path("resources").path(kind)));
    }
  }
}
