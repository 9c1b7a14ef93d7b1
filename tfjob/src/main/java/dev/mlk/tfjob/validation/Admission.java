package dev.mlk.tfjob.validation;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules of admission, in the order and words of the operators that people know. */
final class Admission {
  private static final String MULTIKUEUE = "kueue.x-k8s.io/multikueue";
  private static final int MAX_LABEL = 63;
  private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final String DNS_1035_WORDS =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final FieldPath REPLICAS = FieldPath.of("spec", "tfReplicaSpecs");
  private static final FieldPath MANAGED_BY = FieldPath.of("spec", "runPolicy", "managedBy");

  private final List<Finding> findings = new ArrayList<>();

  private Admission() {}

  static List<Finding> check(JsonNode job, JsonNode before) {
    Admission admission = new Admission();
    admission.name(job.at("/metadata/name"));
    admission.managedBy(job, before);
    JsonNode replicas = job.at(REPLICAS.pointer());
    if (absent(replicas)) {
      admission.refuse(
          REPLICAS,
          "Required value: must be required",
          "the job has no replicas",
          "a map from replica type to replicas",
          "add spec.tfReplicaSpecs with a Worker");
    }
    for (Map.Entry<String, JsonNode> replica : replicas.properties()) {
      admission.containers(REPLICAS.key(replica.getKey()), replica.getValue());
    }
    if (replicas.has(ReplicaType.CHIEF.key()) && replicas.has(ReplicaType.MASTER.key())) {
      admission.refuse(
          REPLICAS,
          "Forbidden: must not have more than 1 Chief or Master role",
          "Chief and Master are two names of one role",
          "one of the two",
          "remove Master");
    }
    return List.copyOf(admission.findings);
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private void refuse(
      FieldPath path, String refusal, String text, String expected, String suggestion) {
    findings.add(new Finding(Severity.ERROR, path, text, expected, suggestion, refusal));
  }

  private void name(JsonNode node) {
    String name = node.asString("");
    if (name.isEmpty()) {
      return;
    }
    FieldPath path = FieldPath.of("metadata", "name");
    String refusal = "Invalid value: \"" + name + "\": should match: ";
    if (name.length() > MAX_LABEL) {
      refuse(
          path,
          refusal + "must be no more than 63 characters",
          "the name has " + name.length() + " characters",
          "at most 63 characters",
          "choose a shorter name");
    }
    if (!DNS_1035.matcher(name).matches()) {
      refuse(
          path,
          refusal + DNS_1035_WORDS,
          "'" + name + "' cannot be the name of a job",
          "lower-case letters, digits and -, starting with a letter, ending with a letter or digit",
          Names.legal(name).map(legal -> "name: " + legal).orElse(""));
    }
  }

  private void managedBy(JsonNode job, JsonNode before) {
    JsonNode now = job.at(MANAGED_BY.pointer());
    if (!absent(now)
        && !now.asString("").equals(JobLabels.MANAGED_BY)
        && !now.asString("").equals(MULTIKUEUE)) {
      refuse(
          MANAGED_BY,
          "Unsupported value: \""
              + now.asString("")
              + "\": supported values: \"kueue.x-k8s.io/multikueue\","
              + " \"kubeflow.org/training-operator\"",
          "no operator is called '" + now.asString("") + "'",
          JobLabels.MANAGED_BY + " or " + MULTIKUEUE,
          "remove managedBy");
    }
    if (before != null && !same(now, before.at(MANAGED_BY.pointer()))) {
      refuse(
          MANAGED_BY,
          "Invalid value: "
              + (absent(now) ? "null" : "\"" + now.asString("") + "\"")
              + ": field is immutable",
          "who manages a job cannot be changed",
          "the value the job was made with",
          "delete the job and submit it again");
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return absent(a) ? absent(b) : a.equals(b);
  }

  private void containers(FieldPath replica, JsonNode spec) {
    FieldPath path = replica.member("template").member("spec").member("containers");
    JsonNode containers = spec.at("/template/spec/containers");
    if (containers.isObject() || containers.isValueNode()) {
      // Another type than a list is the schema's business.
      return;
    }
    if (containers.isEmpty()) {
      refuse(
          path,
          "Required value: must be specified",
          "the replica has no containers",
          "a list with a container named " + JobLabels.CONTAINER,
          "");
    }
    boolean trains = false;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      String name = container.path("name").asString("");
      names.add(name);
      trains |= name.equals(JobLabels.CONTAINER);
      if (container.path("image").asString("").isEmpty()) {
        refuse(
            path.index(i).member("image"),
            "Required value: must be required",
            "the container '" + name + "' has no image",
            "the name of an image",
            "add image:");
      }
    }
    if (!trains) {
      refuse(
          path,
          "Required value: must have at least one container with name tensorflow",
          "no container is named "
              + JobLabels.CONTAINER
              + (String.join("", names).isEmpty() ? "" : ", only " + String.join(", ", names)),
          "the container that trains is named " + JobLabels.CONTAINER,
          names.size() == 1 ? "name: " + JobLabels.CONTAINER : "");
    }
  }
}
