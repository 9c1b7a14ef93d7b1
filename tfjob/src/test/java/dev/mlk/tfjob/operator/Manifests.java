package dev.mlk.tfjob.operator;

import java.util.Map;
import java.util.TreeMap;

/** Writes the manifests of test jobs. */
final class Manifests {
  private Manifests() {}

  /**
   * A job whose replicas all are alike.
   *
   * @param policy members of the run policy as a JSON object's inside; may be empty
   */
  static String job(
      String name, String policy, Map<String, Integer> replicas, String restartPolicy) {
    StringBuilder yaml =
        new StringBuilder("apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata: {name: ")
            .append(name)
            .append("}\nspec:\n  runPolicy: {")
            .append(policy)
            .append("}\n  tfReplicaSpecs:\n");
    new TreeMap<>(replicas)
        .forEach((type, count) -> yaml.append(replica(type, count, restartPolicy)));
    return yaml.toString();
  }

  private static String replica(String type, int count, String restartPolicy) {
    return """
        TYPE:
          replicas: COUNT
          restartPolicy: POLICY
          template:
            spec:
              schedulerName: nobody
              containers:
              - {name: tensorflow, image: img}
    """
        .replace("TYPE", type)
        .replace("COUNT", Integer.toString(count))
        .replace("POLICY", restartPolicy);
  }
}
