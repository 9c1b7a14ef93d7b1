package dev.mlk.app;

import dev.mlk.kube.ApiException;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;

/** What the API server's refusals mean to a user. */
final class ApiProblems {
  private ApiProblems() {}

  static Problem of(ApiException refusal) {
    Explanation explanation = Explanation.of(refusal.getMessage());
    return switch (refusal.code()) {
      case 401 ->
          new Problem.NotAllowed(
              Explanation.of("the cluster does not know you")
                  .because(refusal.getMessage())
                  .next("check the user of the context: kubectl config view --minify"));
      case 403 ->
          refusal.getMessage().contains("exceeded quota")
              ? new Problem.Unschedulable(explanation.next("kubectl describe resourcequota"))
              : new Problem.NotAllowed(
                  explanation.next("ask for the right, or choose another namespace with -n"));
      case 404, 410 -> new Problem.NotFound(explanation);
      case 409 -> new Problem.Conflict(explanation);
      case 400, 405, 406, 413, 415, 422 -> new Problem.BadInput(explanation);
      default ->
          new Problem.Unreachable(explanation.because("the API server answered " + refusal.code()));
    };
  }
}
