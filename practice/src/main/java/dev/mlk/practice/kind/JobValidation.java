package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spec of a job. */
final class JobValidation {
  private static final int MOST_PARALLEL = 100_000;
  private static final String PREFIX = "batch.kubernetes.io/";

  private JobValidation() {}

  static void job(ObjectNode job, Findings findings) {
    ObjectNode spec = Tree.object(job, "spec");
    if (!Tree.flag(spec, "manualSelector") && Tree.has(spec, "selector")) {
      generatedSelector(job, spec, findings);
    }
    numbers(spec, findings);
    completionMode(spec, findings);
    for (ObjectNode rule : Tree.objects(Tree.at(spec, "podFailurePolicy", "rules"))) {
      PodFailurePolicyValidation.rule(rule, spec, findings);
    }
    replacement(spec, findings);
    PodSpecValidation.template(Tree.object(spec, "template"), "spec.template", findings);
    restartPolicy(spec, findings);
    if (Tree.has(spec, "selector")) {
      LabelValidation.selector(spec.path("selector"), "spec.selector", findings);
      WorkloadValidation.matching(spec, findings);
    } else {
      findings.required("spec.selector");
    }
    hostname(job, spec, findings);
  }

  /** The selector must be the one that the server made, and the labels with it. */
  private static void generatedSelector(ObjectNode job, ObjectNode spec, Findings findings) {
    String uid = Tree.text(job, "metadata", "uid");
    String name = Tree.text(job, "metadata", "name");
    JsonNode labels = Tree.at(spec, "template", "metadata", "labels");
    Map<String, String> expected = new TreeMap<>();
    expected.put("controller-uid", uid);
    expected.put("job-name", name);
    expected.put(PREFIX + "controller-uid", uid);
    expected.put(PREFIX + "job-name", name);
    ObjectNode whole = job.objectNode();
    for (String key :
        List.of("controller-uid", "job-name", PREFIX + "controller-uid", PREFIX + "job-name")) {
      whole.put(key, expected.get(key));
      if (!labels.has(key)) {
        findings.required(
            "spec.template.metadata.labels[" + key + "]", "must be '" + expected.get(key) + "'");
      } else if (!Tree.text(labels, key).equals(expected.get(key))) {
        findings.invalid(
            "spec.template.metadata.labels[" + key + "]",
            labels,
            "must be '" + expected.get(key) + "'");
      }
    }
    if (!Labels.matches(spec.path("selector"), whole)) {
      findings.invalid("spec.selector", spec.path("selector"), "`selector` not auto-generated");
    }
  }

  private static void numbers(ObjectNode spec, Findings findings) {
    findings.notNegative(
        spec,
        "spec",
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes");
    if (Tree.has(spec, "maxFailedIndexes") && !Tree.has(spec, "backoffLimitPerIndex")) {
      findings.required("spec.backoffLimitPerIndex", "when maxFailedIndexes is specified");
    }
  }

  private static void completionMode(ObjectNode spec, Findings findings) {
    findings.oneOfIfPresent(spec, "completionMode", "spec", "NonIndexed", "Indexed");
    String mode = Tree.text(spec, "completionMode");
    if (mode.equals("Indexed")) {
      if (!Tree.has(spec, "completions")) {
        findings.required("spec.completions", "when completion mode is Indexed");
      }
      if (Tree.number(spec, "parallelism") > MOST_PARALLEL) {
        findings.invalid(
            "spec.parallelism",
            Tree.number(spec, "parallelism"),
            "must be less than or equal to 100000 when completion mode is Indexed");
      }
      if (Tree.has(spec, "completions")
          && Tree.number(spec, "maxFailedIndexes") > Tree.number(spec, "completions")) {
        findings.invalid(
            "spec.maxFailedIndexes",
            Tree.number(spec, "maxFailedIndexes"),
            "must be less than or equal to completions");
      }
    } else if (mode.equals("NonIndexed")) {
      for (String name : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
        if (Tree.has(spec, name)) {
          findings.invalid(
              "spec." + name, Tree.number(spec, name), "requires indexed completion mode");
        }
      }
    }
    if (Tree.has(spec, "successPolicy") && !mode.equals("Indexed")) {
      findings.invalid(
          "spec.successPolicy", spec.path("successPolicy"), "requires indexed completion mode");
    }
  }

  private static void replacement(ObjectNode spec, Findings findings) {
    if (Tree.has(spec, "podFailurePolicy")) {
      findings.oneOfIfPresent(spec, "podReplacementPolicy", "spec", "Failed");
    } else {
      findings.oneOfIfPresent(
          spec, "podReplacementPolicy", "spec", "Failed", "TerminatingOrFailed");
    }
  }

  private static void restartPolicy(ObjectNode spec, Findings findings) {
    String path = "spec.template.spec.restartPolicy";
    String policy = Tree.text(spec, "template", "spec", "restartPolicy");
    if (policy.isEmpty() || policy.equals("Always")) {
      findings.required(path, "valid values: \"OnFailure\", \"Never\"");
    } else if (!policy.equals("OnFailure") && !policy.equals("Never")) {
      findings.notSupported(path, policy, "OnFailure", "Never");
    } else if (Tree.has(spec, "podFailurePolicy") && !policy.equals("Never")) {
      findings.invalid(
          path, policy, "only \"Never\" is supported when podFailurePolicy is specified");
    }
  }

  private static void hostname(ObjectNode job, ObjectNode spec, Findings findings) {
    long completions = Tree.number(spec, "completions");
    if (Tree.text(spec, "completionMode").equals("Indexed") && completions > 0) {
      String name = Tree.text(job, "metadata", "name");
      String longest = name + "-" + (completions - 1);
      if (!Names.label(longest, false).isEmpty()) {
        findings.invalid(
            "metadata.name",
            name,
            "will not able to create pod with invalid DNS label: " + longest);
      }
    }
  }

  static void update(ObjectNode job, ObjectNode old, Findings findings) {
    job(job, findings);
    JsonNode spec = job.path("spec");
    JsonNode before = old.path("spec");
    completions(spec, before, findings);
    findings.immutable(spec, before, "selector", "spec");
    template(spec, before, old, findings);
    for (String name :
        List.copyOf(
            List.of(
                "completionMode",
                "podFailurePolicy",
                "backoffLimitPerIndex",
                "managedBy",
                "successPolicy"))) {
      findings.immutable(spec, before, name, "spec");
    }
  }

  private static void completions(JsonNode spec, JsonNode before, Findings findings) {
    boolean indexed = Tree.text(spec, "completionMode").equals("Indexed");
    if (!indexed) {
      findings.immutable(spec, before, "completions", "spec");
    } else if (Tree.has(spec, "completions")
        && !spec.path("completions").equals(before.path("completions"))
        && Tree.number(spec, "completions") != Tree.number(spec, "parallelism")) {
      findings.invalid(
          "spec.completions",
          Tree.number(spec, "completions"),
          "can only be modified in tandem with spec.parallelism");
    }
  }

  /** A suspended job that never ran may still be told where its pods shall run. */
  private static void template(JsonNode spec, JsonNode before, ObjectNode old, Findings findings) {
    ObjectNode now = (ObjectNode) spec.path("template").deepCopy();
    ObjectNode then = (ObjectNode) before.path("template").deepCopy();
    boolean fresh = !Tree.has(old.path("status"), "startTime");
    if (Tree.flag(before, "suspend") && fresh) {
      for (String name : List.of("affinity", "nodeSelector", "tolerations", "schedulingGates")) {
        Tree.keep(Tree.object(then, "spec"), Tree.object(now, "spec"), name);
      }
      for (String name : List.of("labels", "annotations")) {
        Tree.keep(Tree.object(then, "metadata"), Tree.object(now, "metadata"), name);
      }
    }
    if (!now.equals(then)) {
      findings.invalid("spec.template", now, "field is immutable");
    }
  }
}
