package dev.mlk.course.diagnosis;

import java.util.Set;
import java.util.TreeSet;

/** The codes that the engine itself gives. */
public final class Codes {
  /** Those of checks, in any step. */
  public static final Set<String> OF_CHECKS =
      Set.of(
          "NOT-STARTED",
          "NOT-YET",
          "LOG-ENDED",
          "NOT-ANSWERED",
          "WRONG-ANSWER",
          "NO-FILE",
          "WRONG",
          "REJECTED",
          "PVC-UNBOUND",
          "IMAGE-REFERENCE",
          "JSON-SYNTAX",
          "CTX-UNSAFE",
          "CTX-MISMATCH",
          "CTX-UNAUTHORIZED",
          "CLOCK-SKEW",
          "RBAC");

  /** Those of the shared diagnosis, in steps with a workload. */
  public static final Set<String> SHARED = shared();

  private Codes() {}

  private static Set<String> shared() {
    Set<String> all =
        new TreeSet<>(
            Set.of(
                "NS-MISSING",
                "NS-WRONG",
                "NAME-NEAR",
                "FILE-YAML",
                "API-OLD",
                "REJECTED",
                "NOT-APPLIED",
                "TF-RESTART-IN-TEMPLATE",
                "OPERATOR-SILENT",
                "RBAC-OWNERREF",
                "POD-REFUSED",
                "GPU-NO-NODES",
                "GPU-NODE-NOTREADY",
                "GPU-NEVER-FITS",
                "GPU-BUSY",
                "GPU-ALPHA-NAME",
                "TAINT",
                "NODE-SELECTOR",
                "PVC-UNBOUND",
                "NO-ROOM",
                "IMG-PULL",
                "CONFIG-ERROR",
                "CRASH-OOM",
                "CRASH-CMD",
                "CRASH-ENV",
                "CRASH",
                "NO-PROGRESS",
                "KIND-DEPLOYMENT",
                "KIND-POD",
                "KIND-JOB",
                "KIND-TFJOB",
                "KIND-DAEMONSET",
                "KIND-STATEFULSET",
                "KIND-CRONJOB"));
    all.addAll(Refusals.codes());
    return Set.copyOf(all);
  }
}
