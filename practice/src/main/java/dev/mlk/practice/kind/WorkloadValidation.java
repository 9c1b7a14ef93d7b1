package dev.mlk.practice.kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What deployments, replica sets and daemon sets have in common. */
final class WorkloadValidation {
  private static final String PERCENT_TEXT =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
          + " '93%', regex used for validation is '[0-9]+%')";

  private WorkloadValidation() {}

  /** Checks the selector of a deployment or replica set, and its template against it. */
  static void selectorAndTemplate(ObjectNode spec, Findings findings) {
    if (Tree.has(spec, "selector")) {
      LabelValidation.selector(spec.path("selector"), "spec.selector", findings);
      if (emptySelector(spec)) {
        findings.invalid(
            "spec.selector", spec.path("selector"), "empty selector is invalid for deployment");
      }
    } else {
      findings.required("spec.selector");
    }
    if (!Tree.has(spec, "selector") || !emptySelector(spec)) {
      matching(spec, findings);
    }
    alwaysTemplate(spec, "ReplicaSet", findings);
  }

  static boolean emptySelector(ObjectNode spec) {
    JsonNode selector = spec.path("selector");
    return selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
  }

  /** The selector must pick the template's labels. */
  static void matching(ObjectNode spec, Findings findings) {
    JsonNode labels = Tree.at(spec, "template", "metadata", "labels");
    if (!Labels.matches(spec.path("selector"), labels)) {
      ObjectNode sorted = spec.objectNode();
      Tree.map(labels).forEach(sorted::put);
      findings.invalid(
          "spec.template.metadata.labels",
          labels.isObject() ? sorted : labels,
          "`selector` does not match template `labels`");
    }
  }

  /** Checks a template whose pods run for ever. */
  static void alwaysTemplate(ObjectNode spec, String kind, Findings findings) {
    ObjectNode template = Tree.object(spec, "template");
    PodSpecValidation.template(template, "spec.template", findings);
    String policy = Tree.text(template, "spec", "restartPolicy");
    if (!policy.equals("Always")) {
      findings.notSupported("spec.template.spec.restartPolicy", policy, "Always");
    }
    if (Tree.has(template.path("spec"), "activeDeadlineSeconds")) {
      findings.forbidden(
          "spec.template.spec.activeDeadlineSeconds",
          "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }

  /** Checks a number or percentage. */
  static void numberOrPercent(JsonNode value, String path, Findings findings) {
    if (value.isString()) {
      if (!value.asString("").matches("[0-9]+%")) {
        findings.invalid(path, value, PERCENT_TEXT);
      }
    } else if (value.asLong(0) < 0) {
      findings.invalid(path, value.asLong(0), "must be greater than or equal to 0");
    }
  }

  /** A percentage of more than the whole makes no sense for pods that may be missing. */
  static void atMostAll(JsonNode value, String path, Findings findings) {
    if (value.isString() && value.asString("").matches("[0-9]{1,9}%") && amount(value) > 100) {
      findings.invalid(path, value, "must not be greater than 100%");
    }
  }

  /** The number before the percent sign, or the number; 0 for anything else. */
  static long amount(JsonNode value) {
    String digits = value.asString("").replace("%", "");
    return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
  }
}
