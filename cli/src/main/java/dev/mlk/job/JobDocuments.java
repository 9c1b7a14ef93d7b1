package dev.mlk.job;

import dev.mlk.format.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs, replicas and diagnoses as mlk's own JSON documents; their fields are documented and stay.
 */
public final class JobDocuments {
  private JobDocuments() {}

  static ObjectNode job(Job job) {
    ObjectNode node = Json.object();
    node.put("name", job.name()).put("namespace", job.namespace()).put("state", job.state().text());
    ObjectNode replicas = node.putObject("replicas");
    replicas.put("wanted", job.replicas()).put("active", job.counted("active"));
    replicas.put("succeeded", job.counted("succeeded")).put("failed", job.counted("failed"));
    node.put("gpus", gpus(job));
    job.created().ifPresent(time -> node.put("created", time.toString()));
    job.started().ifPresent(time -> node.put("started", time.toString()));
    job.completed().ifPresent(time -> node.put("completed", time.toString()));
    return node;
  }

  static ObjectNode replica(Replica replica) {
    ObjectNode node = Json.object();
    node.put("name", replica.name()).put("pod", replica.podName()).put("phase", replica.phase());
    node.put("node", replica.node()).put("restarts", replica.restarts());
    if (replica.waiting().isObject()) {
      node.put("waiting", replica.waiting().path("reason").asString(""));
    }
    if (replica.failure().isObject()) {
      node.put("exitCode", replica.failure().path("exitCode").asInt());
      node.put("exitReason", replica.failure().path("reason").asString(""));
    }
    return node;
  }

  static ObjectNode diagnosis(Diagnosis diagnosis) {
    ObjectNode node = Json.object();
    node.put("verdict", diagnosis.verdict().name()).put("message", diagnosis.sentence());
    node.put("cause", diagnosis.cause()).put("next", diagnosis.next());
    if (diagnosis.replica() != null) {
      node.put("replica", diagnosis.replica().name());
    }
    return node;
  }

  /** GPUs that all replicas ask for together. */
  public static long gpus(Job job) {
    long sum = 0;
    for (Job.Wanted wanted : job.wanted()) {
      for (var request : Fit.requests(wanted.spec().path("template").path("spec")).entrySet()) {
        sum += request.getKey().endsWith("/gpu") ? request.getValue().units() * wanted.number() : 0;
      }
    }
    return sum;
  }

  static ArrayNode replicas(Iterable<Replica> replicas) {
    ArrayNode list = Json.array();
    replicas.forEach(replica -> list.add(replica(replica)));
    return list;
  }
}
