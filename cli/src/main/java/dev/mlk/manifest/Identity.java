package dev.mlk.manifest;

import dev.mlk.practice.name.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** apiVersion, kind and name: whether the object is one that a cluster of today can take. */
final class Identity {
  /** RFC 1035 labels: what a Service, and so a replica, can be called. */
  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private static final int LONGEST_LABEL = 63;

  /** What became of API versions that old texts still show. */
  private static final Map<String, String> OLD =
      Map.of(
          "tensorflow.org/v1alpha1", "kubeflow.org/v1",
          "kubeflow.org/v1alpha1", "kubeflow.org/v1",
          "kubeflow.org/v1alpha2", "kubeflow.org/v1",
          "kubeflow.org/v1beta1", "kubeflow.org/v1",
          "kubeflow.org/v1beta2", "kubeflow.org/v1",
          "extensions/v1beta1", "apps/v1",
          "apps/v1beta1", "apps/v1",
          "apps/v1beta2", "apps/v1",
          "batch/v1beta1", "batch/v1");

  private Identity() {}

  /** Why nobody can tell what kind of object it is; empty when it is known. */
  static List<Finding> unknown(Document document) {
    List<Finding> findings = new ArrayList<>();
    String apiVersion = document.apiVersion();
    if (apiVersion.isEmpty()) {
      findings.add(
          missing(document, "apiVersion", "kubeflow.org/v1 for a TFJob, v1 for a ConfigMap"));
    }
    if (document.kind().isEmpty()) {
      findings.add(missing(document, "kind", "such as TFJob"));
    }
    if (!findings.isEmpty()) {
      return findings;
    }
    String now = OLD.get(apiVersion);
    if (now != null) {
      findings.add(old(document, apiVersion, now));
      return findings;
    }
    if (document.kind().equalsIgnoreCase("TFJob")) {
      tfJob(document, apiVersion, findings);
    }
    return findings;
  }

  private static Finding missing(Document document, String field, String expected) {
    return new Finding(document.start(), "the object has no " + field, field + ", " + expected, "");
  }

  private static Finding old(Document document, String apiVersion, String now) {
    boolean listForm =
        apiVersion.equals("tensorflow.org/v1alpha1") || apiVersion.equals("kubeflow.org/v1alpha1");
    String how =
        listForm
            ? "replicaSpecs is a map tfReplicaSpecs of Chief, PS and Worker today, and restartPolicy stands beside replicas; "
                + "mlk template show mnist-distributed prints one"
            : "the API of that version is gone from today's clusters";
    return new Finding(
        document.place("apiVersion"), "apiVersion " + apiVersion + " is of the past", now, how);
  }

  private static void tfJob(Document document, String apiVersion, List<Finding> findings) {
    if (!document.kind().equals("TFJob")) {
      findings.add(
          new Finding(
              document.place("kind"),
              "the kind " + document.kind() + " does not exist",
              "TFJob",
              "capitals count"));
    }
    if (!apiVersion.equals("kubeflow.org/v1")) {
      findings.add(
          new Finding(
              document.place("apiVersion"),
              "a TFJob has no apiVersion " + apiVersion,
              "kubeflow.org/v1",
              ManifestCheck.didYouMean(apiVersion, List.of("kubeflow.org/v1"))));
    }
  }

  /** What is wrong with its name. */
  static List<Finding> name(Document document) {
    List<Finding> findings = new ArrayList<>();
    name(document, findings);
    return findings;
  }

  private static void name(Document document, List<Finding> findings) {
    JsonNode metadata = document.object().path("metadata");
    JsonNode name = metadata.path("name");
    if (!metadata.isMissingNode() && !metadata.isObject()) {
      findings.add(
          new Finding(
              document.place("metadata"),
              "metadata is " + ManifestCheck.called(metadata),
              "a map with a name",
              "write name: and a value below it, indented"));
      return;
    }
    if (name.isMissingNode() && !metadata.has("generateName")) {
      findings.add(
          new Finding(
              document.place("metadata"),
              "the " + document.kind() + " has no name",
              "metadata.name",
              ""));
      return;
    }
    if (name.isMissingNode()) {
      return;
    }
    if (!name.isString()) {
      findings.add(
          new Finding(
              document.place("metadata.name"),
              "the name is " + ManifestCheck.called(name),
              "a text",
              "put it into double quotes; a name begins with a letter"));
      return;
    }
    String text = name.asString();
    if (document.kind().equals("TFJob")) {
      if (!LABEL.matcher(text).matches() || text.length() > LONGEST_LABEL) {
        findings.add(
            new Finding(
                document.place("metadata.name"),
                "the name " + ManifestCheck.called(name).substring(9) + " is not legal for a TFJob",
                "at most 63 lower-case letters, digits and dashes, beginning with a letter",
                suggestion(text)));
      }
    } else if (!Names.subdomain(text, false).isEmpty() && !text.contains(":")) {
      findings.add(
          new Finding(
              document.place("metadata.name"),
              "the name \"" + text + "\" is not legal",
              "lower-case letters, digits, dashes and dots",
              suggestion(text)));
    }
  }

  private static String suggestion(String name) {
    var better = new StringBuilder();
    for (char c : name.toLowerCase(java.util.Locale.ROOT).toCharArray()) {
      boolean legal = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (legal || better.length() > 0) {
        better.append(legal ? c : '-');
      }
    }
    while (better.length() > 0 && !Character.isLetter(better.charAt(0))) {
      better.deleteCharAt(0);
    }
    if (better.length() > 40) {
      better.setLength(40);
    }
    while (better.length() > 0 && better.charAt(better.length() - 1) == '-') {
      better.setLength(better.length() - 1);
    }
    return better.length() == 0 ? "" : "such as " + better;
  }
}
