package dev.mlk.tfjob.validation;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Judges the manifest of a TFJob; pure, all findings at once. */
public final class TfJobValidation {
  private static final String DENIED =
      "admission webhook \"validator.tfjob.training-operator.kubeflow.org\" denied the request: ";

  private TfJobValidation() {}

  /**
   * What admission refuses.
   *
   * @param job the object as sent, without defaults
   * @param before the object that is replaced; null when one is created
   */
  public static List<Finding> admission(JsonNode job, JsonNode before) {
    return Admission.check(job, before);
  }

  /**
   * Everything that is wrong with a manifest: what admission refuses, and what it lets pass though
   * it cannot work or is likely not meant. In the order of the manifest's usual members. That it is
   * a TFJob of today, apiVersion and kind, is the caller's to know.
   */
  public static List<Finding> problems(JsonNode job) {
    List<Finding> findings = new ArrayList<>(OldVersions.check(job));
    boolean older = !findings.isEmpty();
    if (!older) {
      for (Finding finding : Admission.check(job, null)) {
        // Admission says twice that an empty list lacks the right container; once is enough.
        if (findings.stream().noneMatch(f -> f.path().equals(finding.path()))) {
          findings.add(finding);
        }
      }
    }
    findings.addAll(SpecAdvice.check(job, older));
    return List.copyOf(findings);
  }

  /** The message of a refusal, as a client sees it from an API server. */
  public static String refusal(List<Finding> admission) {
    List<String> words =
        admission.stream().map(finding -> finding.path() + ": " + finding.refusal()).toList();
    return DENIED + (words.size() == 1 ? words.getFirst() : "[" + String.join(", ", words) + "]");
  }
}
