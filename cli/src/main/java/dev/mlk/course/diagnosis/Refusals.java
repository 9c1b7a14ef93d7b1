package dev.mlk.course.diagnosis;

import dev.mlk.course.Check.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to say of a refusal, by the words of API server, operator and mlk itself. */
final class Refusals {
  /**
   * Words that are known, and what to say of them.
   *
   * @param message a regular expression of the words
   */
  record Known(String code, Pattern message, String expected, String why, String next) {}

  static final List<Known> KNOWN =
      List.of(
          known(
              "TF-REPLICA-LIST",
              "unknown field \"?(spec\\.)?replicaSpecs|no field replicaSpecs|tfReplicaSpecs:"
                  + " Required",
              "spec.tfReplicaSpecs, a map of Chief, Worker, PS",
              "TFJob v1 wants a map by replica type; the list replicaSpecs is of 2017",
              "write tfReplicaSpecs: {Worker: {replicas: 1, template: ...}}"),
          known(
              "TF-POLICY-WRONG-LEVEL",
              "(unknown field|no field) \"?(spec\\.)?"
                  + "(cleanPodPolicy|backoffLimit|activeDeadlineSeconds|ttlSecondsAfterFinished)",
              "the policy below spec.runPolicy",
              "since v1 everything about how a job runs and ends stands below spec.runPolicy",
              "move it to spec.runPolicy"),
          known(
              "TF-NAME",
              "DNS-1035|not legal for a TFJob",
              "lower-case letters, digits and dashes, beginning with a letter",
              "each replica gets a Service of that name, and those are DNS labels",
              "give it another name, such as module5-mnist"),
          known(
              "TF-CONTAINER-NAME",
              "container (with name|named|called) \"?tensorflow",
              "a container with the name tensorflow",
              "the operator looks for the container tensorflow to give it TF_CONFIG",
              "rename the container to tensorflow"),
          known(
              "TF-TWO-CHIEFS",
              "more than 1 Chief or Master",
              "one Chief",
              "the chief decides whether the job has succeeded: there can be only one",
              "keep one, and make the others workers"),
          known(
              "GPU-NO-LIMIT",
              "Limit must be set for non overcommitable|requested without a limit",
              "the GPU under resources.limits",
              "GPUs cannot be overcommitted, so the limit is what counts",
              "move nvidia.com/gpu from requests to limits"),
          known(
              "GPU-UNEQUAL",
              "must be equal to \\S+ limit|has a request of .* and a limit of",
              "the same number under requests and limits, or limits alone",
              "GPUs cannot be overcommitted",
              "leave nvidia.com/gpu out of requests"),
          known(
              "GPU-FRACTION",
              "must be an integer|whole number of devices",
              "a whole number of GPUs",
              "a GPU cannot be divided by a request; sharing one is the cluster's business",
              "write nvidia.com/gpu: 1"),
          known(
              "JOB-RESTART-POLICY",
              "(supported|valid) values: \"OnFailure\", \"Never\"",
              "restartPolicy: Never or OnFailure",
              "a Job ends; a pod that always restarts never does",
              "set spec.template.spec.restartPolicy to Never"),
          known(
              "NUMBER-NOT-TEXT",
              "cannot unmarshal (number|bool)|expected string, got|must be a text|as a text|must be"
                  + " of type string",
              "a text in quotes",
              "YAML reads 100 as a number, and Kubernetes wants a text there",
              "put it into quotes: \"100\""),
          known(
              "IMMUTABLE",
              "field is immutable",
              "a new object, or the old one with its fields as they were",
              "the pods of a Job are made from its template as it was at the start",
              "delete the object and apply the file again"),
          known(
              "QUOTA",
              "exceeded quota|failed quota",
              "room in the quota of the namespace",
              "a ResourceQuota limits what all objects of the namespace may ask for together",
              "kubectl describe quota -n ${namespace}"),
          known(
              "FIELD-UNKNOWN",
              "unknown field|there is no field|no field",
              "only fields that the kind has",
              "a field that nobody knows would be dropped without a word",
              "kubectl explain shows the fields; mind capitals and indentation"),
          known(
              "NAME-INVALID",
              "RFC 1123|DNS-1123|is not legal|valid label value|a lowercase",
              "lower-case letters, digits and dashes",
              "names become parts of DNS names and of URLs",
              "choose a name without capitals and underscores"),
          known(
              "MEM-UNIT-m",
              "memory.*\\b\\d+m\\b",
              "a unit such as Mi",
              "m is a thousandth: 128m of memory is an eighth of a byte",
              "write 128Mi"));

  private Refusals() {}

  private static Known known(
      String code, String message, String expected, String why, String next) {
    return new Known(code, Pattern.compile(message), expected, why, next);
  }

  /** All codes that it knows. */
  static List<String> codes() {
    return KNOWN.stream().map(Known::code).toList();
  }

  /** What to say of a message; empty when its words are not known. */
  static Optional<Words> known(String message) {
    return KNOWN.stream()
        .filter(one -> one.message.matcher(message).find())
        .findFirst()
        .map(one -> new Words(one.code, message, one.expected, one.why, one.next));
  }
}
