package dev.mlk.practice.kind;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Probes and life cycle hooks of containers. */
final class ProbeValidation {
  private static final List<String> HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");

  private ProbeValidation() {}

  /** Checks all probes and hooks of a container. */
  static void container(ObjectNode container, String path, Findings findings) {
    for (String hook : List.of("postStart", "preStop")) {
      if (container.path("lifecycle").get(hook) instanceof ObjectNode handler) {
        handler(handler, path + ".lifecycle." + hook, findings);
      }
    }
    for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(name) instanceof ObjectNode probe) {
        probe(probe, name, path + "." + name, findings);
      }
    }
  }

  private static void probe(ObjectNode probe, String name, String path, Findings findings) {
    handler(probe, path, findings);
    findings.notNegative(
        probe,
        path,
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold");
    if (Tree.has(probe, "terminationGracePeriodSeconds")) {
      long grace = Tree.number(probe, "terminationGracePeriodSeconds");
      if (name.equals("readinessProbe")) {
        findings.invalid(
            path + ".terminationGracePeriodSeconds", grace, "must not be set for readinessProbes");
      } else if (grace <= 0) {
        findings.invalid(path + ".terminationGracePeriodSeconds", grace, "must be greater than 0");
      }
    }
    if (!name.equals("readinessProbe") && Tree.number(probe, "successThreshold") != 1) {
      findings.invalid(
          path + ".successThreshold", Tree.number(probe, "successThreshold"), "must be 1");
    }
  }

  private static void handler(ObjectNode owner, String path, Findings findings) {
    int handlers = 0;
    for (String name : HANDLERS) {
      if (owner.get(name) instanceof ObjectNode action) {
        if (++handlers > 1) {
          findings.forbidden(path + "." + name, "may not specify more than 1 handler type");
        } else {
          action(name, action, path + "." + name, findings);
        }
      }
    }
    if (handlers == 0) {
      findings.required(path, "must specify a handler type");
    }
  }

  private static void action(String name, ObjectNode action, String path, Findings findings) {
    switch (name) {
      case "exec" -> {
        if (action.path("command").isEmpty()) {
          findings.required(path + ".command");
        }
      }
      case "httpGet" -> {
        findings.portOrName(port(action), path + ".port");
        findings.oneOf(action, "scheme", path, "HTTP", "HTTPS");
      }
      case "tcpSocket" -> findings.portOrName(port(action), path + ".port");
      case "grpc" -> findings.port(Tree.number(action, "port"), path + ".port");
      default -> {
        long seconds = Tree.number(action, "seconds");
        if (seconds < 0) {
          findings.invalid(path, seconds, "must be greater than or equal to 0");
        }
      }
    }
  }

  private static JsonNode port(ObjectNode action) {
    return action.path("port");
  }
}
