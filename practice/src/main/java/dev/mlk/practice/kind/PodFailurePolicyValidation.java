package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules of a job's pod failure policy. */
final class PodFailurePolicyValidation {
  private static final String[] ACTIONS = {"Count", "FailIndex", "FailJob", "Ignore"};

  private PodFailurePolicyValidation() {}

  /** Checks one rule of the policy in a job's spec. */
  static void rule(ObjectNode rule, ObjectNode spec, Findings findings) {
    List<ObjectNode> rules = Tree.objects(Tree.at(spec, "podFailurePolicy", "rules"));
    String path = "spec.podFailurePolicy.rules[" + rules.indexOf(rule) + "]";
    String action = Tree.text(rule, "action");
    if (action.isEmpty()) {
      findings.required(
          path + ".action", "valid values: [\"" + String.join("\" \"", ACTIONS) + "\"]");
    } else if (action.equals("FailIndex")) {
      if (!Tree.has(spec, "backoffLimitPerIndex")) {
        findings.invalid(path + ".action", action, "requires the backoffLimitPerIndex to be set");
      }
    } else {
      findings.oneOfIfPresent(rule, "action", path, ACTIONS);
    }
    JsonNode codes = rule.path("onExitCodes");
    boolean conditions = !rule.path("onPodConditions").isEmpty();
    if (codes.isObject()) {
      exitCodes(codes, spec, path + ".onExitCodes", findings);
    }
    if (codes.isObject() == conditions) {
      String text =
          conditions
              ? "specifying both OnExitCodes and OnPodConditions is not supported"
              : "specifying one of OnExitCodes and OnPodConditions is required";
      findings.invalidWithoutValue(path, text);
    }
  }

  private static void exitCodes(JsonNode codes, ObjectNode spec, String path, Findings findings) {
    String operator = Tree.text(codes, "operator");
    if (operator.isEmpty()) {
      findings.required(path + ".operator", "valid values: [\"In\" \"NotIn\"]");
    } else {
      findings.oneOfIfPresent(codes, "operator", path, "In", "NotIn");
    }
    String container = Tree.text(codes, "containerName");
    if (Tree.has(codes, "containerName") && !containers(spec).contains(container)) {
      findings.invalid(
          path + ".containerName",
          container,
          "must be one of the container or initContainer names in the pod template");
    }
    JsonNode values = codes.path("values");
    if (values.isEmpty()) {
      findings.invalid(path + ".values", values, "at least one value is required");
    }
    long last = Long.MIN_VALUE;
    boolean ordered = true;
    for (int i = 0; i < values.size(); i++) {
      long value = values.path(i).asLong(0);
      if (operator.equals("In") && value == 0) {
        findings.invalid(path + ".values[" + i + "]", value, "must not be 0 for the In operator");
      }
      ordered &= last <= value;
      last = value;
    }
    if (!ordered) {
      findings.invalid(path + ".values", values, "must be ordered");
    }
  }

  private static List<String> containers(ObjectNode spec) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      for (ObjectNode container : Tree.objects(Tree.at(spec, "template", "spec", list))) {
        names.add(Tree.text(container, "name"));
      }
    }
    return names;
  }
}
