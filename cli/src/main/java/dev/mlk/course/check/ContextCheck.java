package dev.mlk.course.check;

/** Whether the learner's tools look at the right cluster. */
final class ContextCheck {
  private final Target target;

  ContextCheck(Scene scene) {
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
