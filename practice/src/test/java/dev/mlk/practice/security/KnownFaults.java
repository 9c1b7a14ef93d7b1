package dev.mlk.practice.security;

import java.util.List;

/**
 * Server errors with which Kubernetes itself answers what a client did wrong. Each is in an answer
 * of kube-apiserver 1.35.4 that {@code testbed/apidiff} has recorded; {@link KnownFaultsTest}
 * refuses one that is not.
 */
final class KnownFaults {
  static final List<String> PHRASES =
      List.of(
          "Too large resource version",
          "strconv.ParseUint",
          "no endpoints available for service",
          "error trying to reach service: ",
          "no service port ",
          "does not contain declared merge key",
          "doesn't match $setElementOrder list",
          "list element types are not identical",
          "unknown patch type",
          "merging lists cannot yet be specified",
          ", but received a ",
          "unable to find api field in struct",
          "failed to create typed patch object",
          "failed to convert new object",
          "resourceVersion should not be set on objects to be created",
          "no endpoints available for service",
          "error trying to reach service: ",
          "no service port ");

  private KnownFaults() {}

  /** Whether an answer is one of them. */
  static boolean contain(String answer) {
    return PHRASES.stream().anyMatch(answer::contains);
  }
}
