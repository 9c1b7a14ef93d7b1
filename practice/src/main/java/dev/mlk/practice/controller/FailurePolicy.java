package dev.mlk.practice.controller;

import tools.jackson.databind.JsonNode;

/** A job's {@code podFailurePolicy}: what a failed pod means for the job. */
final class FailurePolicy {
  /**
   * What a failure means.
   *
   * @param action {@code FailJob}, {@code FailIndex}, {@code Ignore} or {@code Count}
   * @param message why, for FailJob
   */
  record Judgement(String action, String message) {}

  private final JsonNode rules;

  FailurePolicy(JsonNode job) {
    rules = Fields.at(job, "spec", "podFailurePolicy", "rules");
  }

  Judgement judge(JsonNode pod) {
    int number = 0;
    for (JsonNode rule : rules) {
      String action = Fields.text(rule, "action");
      String why = exitCode(rule.path("onExitCodes"), pod);
      if (why.isEmpty()) {
        why = condition(rule.path("onPodConditions"), pod);
      }
      if (!why.isEmpty()) {
        return new Judgement(action, why + " matching " + action + " rule at index " + number);
      }
      number++;
    }
    return new Judgement("Count", "");
  }

  private static String exitCode(JsonNode wanted, JsonNode pod) {
    String only = Fields.text(wanted, "containerName");
    for (String kind : new String[] {"initContainerStatuses", "containerStatuses"}) {
      for (JsonNode container : Fields.at(pod, "status", kind)) {
        String name = Fields.text(container, "name");
        int code = Fields.at(container, "state", "terminated", "exitCode").asInt(0);
        if (code != 0 && (only.isEmpty() || only.equals(name)) && matches(wanted, code)) {
          return "Container "
              + name
              + " for pod "
              + Fields.namespace(pod)
              + "/"
              + Fields.name(pod)
              + " failed with exit code "
              + code;
        }
      }
    }
    return "";
  }

  private static boolean matches(JsonNode wanted, int code) {
    boolean listed = false;
    for (JsonNode value : wanted.path("values")) {
      listed |= value.asInt(-1) == code;
    }
    return switch (Fields.text(wanted, "operator")) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      default -> false;
    };
  }

  private static String condition(JsonNode wanted, JsonNode pod) {
    for (JsonNode pattern : wanted) {
      String type = Fields.text(pattern, "type");
      String status = pattern.path("status").asString("True");
      boolean there =
          Pods.condition(pod, type)
              .filter(found -> Fields.text(found, "status").equals(status))
              .isPresent();
      if (there) {
        return "Pod " + Fields.namespace(pod) + "/" + Fields.name(pod) + " has condition " + type;
      }
    }
    return "";
  }
}
