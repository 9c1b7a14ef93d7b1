package dev.mlk.practice.kind;

import tools.jackson.databind.JsonNode;

/** Security contexts: users and groups must be possible ones. */
final class SecurityValidation {
  private SecurityValidation() {}

  static void pod(JsonNode context, String path, Findings findings) {
    identity(context, "fsGroup", path, findings);
    identity(context, "runAsUser", path, findings);
    identity(context, "runAsGroup", path, findings);
    int index = 0;
    for (JsonNode group : context.path("supplementalGroups")) {
      range(group.asLong(0), path + ".supplementalGroups[" + index++ + "]", findings);
    }
  }

  static void container(JsonNode context, String path, Findings findings) {
    identity(context, "runAsUser", path, findings);
    identity(context, "runAsGroup", path, findings);
    boolean forbidden =
        Tree.has(context, "allowPrivilegeEscalation")
            && !Tree.flag(context, "allowPrivilegeEscalation");
    if (forbidden && Tree.flag(context, "privileged")) {
      findings.invalid(
          path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
  }

  private static void identity(JsonNode context, String name, String path, Findings findings) {
    if (Tree.has(context, name)) {
      range(Tree.number(context, name), path + "." + name, findings);
    }
  }

  private static void range(long number, String path, Findings findings) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      findings.invalid(path, number, "must be between 0 and 2147483647, inclusive");
    }
  }
}
