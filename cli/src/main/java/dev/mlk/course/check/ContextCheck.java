package dev.mlk.course.check;

import dev.mlk.kube.ApiException;

/** Whether the learner's tools look at the right cluster. */
final class ContextCheck {
  private final Scene scene;
  private final Target target;

  ContextCheck(Scene scene) {
    this.scene = scene;
    this.target = scene.target();
  }

  Observation look(Arguments arguments) {
    if (arguments.text("rule").equals("safe")) {
      return target.looksLikeProduction()
          ? Observation.not(
              "the context " + target.context() + " (" + target.server() + ")",
              "a cluster to learn on",
              "CTX-UNSAFE")
          : Observation.holds(target.context().isEmpty() ? "in a pod" : target.context());
    }
    return arguments.text("rule").equals("known") ? known() : same();
  }

  /** Whether the server takes the credentials: it answers 401 to everything when it does not. */
  private Observation known() {
    try {
      scene.cluster().reader().get("/version");
      return Observation.holds(target.context());
    } catch (ApiException e) {
      return e.code() == 401
          ? Observation.not(
              "the API server answers 401 to " + target.context() + ": " + e.getMessage(),
              "credentials that the API server takes",
              "CTX-UNAUTHORIZED")
          : Observation.holds(target.context());
    }
  }

  private Observation same() {
    boolean same = target.context().equals(target.kubectlContext());
    String kubectl =
        target.kubectlContext().isEmpty() ? "has no context" : "uses " + target.kubectlContext();
    return same
        ? Observation.holds(target.context())
        : Observation.not(
            "mlk uses " + target.context() + ", kubectl " + kubectl,
            "both the same",
            "CTX-MISMATCH");
  }
}
