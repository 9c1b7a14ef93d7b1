package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The value of TF_CONFIG: where all replicas of a job are, and which one reads it. */
final class TfConfig {
  private final Job job;
  private final String domain;

  /**
   * @param domain the cluster's domain, appended to {@code .svc}; empty: none
   */
  TfConfig(Job job, String domain) {
    this.job = job;
    this.domain = domain.isEmpty() ? "" : "." + domain;
  }

  /** The value for one replica, as compact JSON in TensorFlow's order of members. */
  String of(ReplicaGroup group, int index) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.set("cluster", job.dynamicWorkers() ? sparse(group, index) : dense());
    config.putObject("task").put("type", group.label()).put("index", index);
    if (!job.dynamicWorkers()) {
      config.put("environment", "cloud");
    }
    return config.toString();
  }

  private ObjectNode dense() {
    TreeMap<String, List<String>> byLabel = new TreeMap<>();
    for (ReplicaGroup group : job.groups()) {
      byLabel.put(group.label(), endpoints(group));
    }
    ObjectNode cluster = JsonNodeFactory.instance.objectNode();
    byLabel.forEach((label, endpoints) -> endpoints.forEach(cluster.withArray("/" + label)::add));
    return cluster;
  }

  /** A worker knows the parameter servers and itself, a parameter server itself only. */
  private ObjectNode sparse(ReplicaGroup group, int index) {
    ObjectNode cluster = JsonNodeFactory.instance.objectNode();
    ObjectNode worker = cluster.putObject("worker");
    ArrayNode ps = cluster.putArray("ps");
    if (group.is(ReplicaType.WORKER)) {
      worker.put(Integer.toString(index), endpoint(group, index));
      job.group(ReplicaType.PS).map(this::endpoints).orElse(List.of()).forEach(ps::add);
    } else if (group.is(ReplicaType.PS)) {
      ps.add(endpoint(group, index));
    }
    return cluster;
  }

  private List<String> endpoints(ReplicaGroup group) {
    List<String> endpoints = new ArrayList<>();
    for (int index = 0; index < group.replicas(); index++) {
      endpoints.add(endpoint(group, index));
    }
    return endpoints;
  }

  private String endpoint(ReplicaGroup group, int index) {
    String name = JobLabels.replicaName(job.name(), group.key(), index);
    return name + "." + job.namespace() + ".svc" + domain + ":" + group.port();
  }
}
