package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import tools.jackson.databind.node.ObjectNode;

/** Whether a job may hold pods: {@code spec.runPolicy.suspend}. */
final class Suspension {
  private Suspension() {}

  static void set(Connection connection, String name, boolean suspended) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").putObject("runPolicy").put("suspend", suspended);
    Job job;
    try {
      job = new Job(connection.client().get(Resources.TFJOBS, connection.namespace(), name));
    } catch (ApiException e) {
      throw e.notFound() ? Sight.missing(connection, name) : e;
    }
    if (job.ended()) {
      throw new Problem.Failed(
          Explanation.of(
                  "job "
                      + name
                      + " has ended ("
                      + job.state().text()
                      + ") and can be neither suspended nor resumed")
              .next("mlk tfjob submit FILE --name " + name + "-2"));
    }
    connection
        .client()
        .patch(
            Resources.TFJOBS.path(connection.namespace(), name), ApiClient.PatchType.MERGE, patch);
  }
}
