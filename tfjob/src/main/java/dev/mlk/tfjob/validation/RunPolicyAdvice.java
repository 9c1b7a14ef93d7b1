package dev.mlk.tfjob.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The same for limits and clean-up. */
final class RunPolicyAdvice {
  static final Set<String> MEMBERS =
      Set.of(
          "cleanPodPolicy",
          "ttlSecondsAfterFinished",
          "activeDeadlineSeconds",
          "backoffLimit",
          "suspend",
          "managedBy",
          "schedulingPolicy");

  private RunPolicyAdvice() {}

  static List<Finding> check(FieldPath path, JsonNode policy) {
    List<Finding> findings = new ArrayList<>();
    for (String member : SpecAdvice.names(policy)) {
      if (!MEMBERS.contains(member)) {
        Words.unknown(path.member(member), member, MEMBERS, findings);
      }
    }
    Words.check(
        path.member("cleanPodPolicy"),
        policy.path("cleanPodPolicy"),
        List.of("None", "Running", "All"),
        findings);
    number(path, policy, "ttlSecondsAfterFinished", 0, findings);
    number(path, policy, "activeDeadlineSeconds", 1, findings);
    number(path, policy, "backoffLimit", 0, findings);
    return findings;
  }

  private static void number(
      FieldPath path, JsonNode policy, String member, long least, List<Finding> findings) {
    Numbers.check(path.member(member), policy.path(member), least, findings);
  }
}
