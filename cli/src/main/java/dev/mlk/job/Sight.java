package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiException;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.List;

/**
 * A job looked at once.
 *
 * @param job the job
 * @param replicas its pods
 * @param diagnosis what is the matter with it
 */
record Sight(Job job, List<Replica> replicas, Diagnosis diagnosis) {
  /**
   * Looks at the job of that name.
   *
   * @throws Problem.NotFound when there is none
   */
  static Sight of(Connection connection, Invocation invocation, String name) {
    Questions questions = new Questions(connection.client(), connection.namespace());
    Job job;
    try {
      job = questions.job(name);
    } catch (ApiException e) {
      throw e.notFound() ? missing(connection, name) : e;
    }
    List<Replica> replicas = questions.replicas(name);
    Observation seen =
        new Observation(
            job, replicas, questions.events(job), questions.nodes(), invocation.clock().instant());
    return new Sight(job, seen.replicas(), Diagnose.of(seen));
  }

  static Problem missing(Connection connection, String name) {
    return new Problem.NotFound(
        Explanation.of("there is no job " + name + " in namespace " + connection.namespace())
            .next("mlk tfjob list -A"));
  }
}
