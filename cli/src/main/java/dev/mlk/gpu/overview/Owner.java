package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.tfjob.ledger.People;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Whose a pod is.
 *
 * @param kind the kind of what made it, such as {@code TFJob}; empty for a pod that nothing made
 * @param name the name of that; empty likewise
 * @param person whom labels, annotations or its service account name; empty when none does
 */
record Owner(String kind, String name, String person) {
  /** Labels of training and batch systems that name the job, with the kind that they stand for. */
  private static final List<List<String>> JOBS =
      List.of(
          List.of("training.kubeflow.org/job-name", ""),
          List.of("jobset.sigs.k8s.io/jobset-name", "JobSet"),
          List.of("volcano.sh/job-name", "Job"),
          List.of("ray.io/cluster", "RayCluster"),
          List.of("notebook-name", "Notebook"),
          List.of("workflows.argoproj.io/workflow", "Workflow"),
          List.of("leaderworkerset.sigs.k8s.io/name", "LeaderWorkerSet"));

  static Owner of(JsonNode pod) {
    JsonNode controller = controller(pod);
    String kind = controller.path("kind").asString("");
    String name = controller.path("name").asString("");
    String hash = Nodes.label(pod, "pod-template-hash");
    if (kind.equals("ReplicaSet") && !hash.isEmpty() && name.endsWith("-" + hash)) {
      kind = "Deployment";
      name = name.substring(0, name.length() - hash.length() - 1);
    }
    for (List<String> job : JOBS) {
      String label = Nodes.label(pod, job.get(0));
      if (!label.isEmpty()) {
        return new Owner(job.get(1).isEmpty() ? kind : job.get(1), label, person(pod));
      }
    }
    return new Owner(kind, name, person(pod));
  }

  private static JsonNode controller(JsonNode pod) {
    JsonNode owners = pod.path("metadata").path("ownerReferences");
    for (JsonNode owner : owners) {
      if (owner.path("controller").asBoolean(false)) {
        return owner;
      }
    }
    return owners.path(0);
  }

  private static String person(JsonNode pod) {
    String named = People.of(pod);
    if (!named.isEmpty()) {
      return named;
    }
    String account = pod.path("spec").path("serviceAccountName").asString("default");
    return account.equals("default") ? "" : "sa/" + account;
  }

  /** {@code tfjob/mnist}; empty for a pod that nothing made. */
  String object() {
    return name.isEmpty()
        ? ""
        : (kind.isEmpty() ? "job" : kind.toLowerCase(Locale.ROOT)) + "/" + name;
  }

  /** For a narrow column: the person where one is known, else the object. */
  String text() {
    return person.isEmpty() || person.startsWith("sa/")
        ? (name.isEmpty() ? person : object())
        : person;
  }
}
