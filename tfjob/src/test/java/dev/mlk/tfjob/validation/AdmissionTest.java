package dev.mlk.tfjob.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The texts are those observed at the training operator 1.9.4. */
final class AdmissionTest {
  private static final String DENIED =
      "admission webhook \"validator.tfjob.training-operator.kubeflow.org\" denied the request: ";
  private static final String W =
      "tfReplicaSpecs: {Worker: {template: {spec: {containers: [{name: tensorflow, image: i}]}}}}";

  static JsonNode yaml(String text) {
    return new KubernetesSerialization().unmarshal("---\n" + text, JsonNode.class);
  }

  private static JsonNode job(String name, String spec) {
    return yaml(
        "{apiVersion: kubeflow.org/v1, kind: TFJob, metadata: {name: "
            + name
            + "}, spec: {"
            + spec
            + "}}");
  }

  static Stream<Arguments> refused() {
    String containers = "spec.tfReplicaSpecs[Worker].template.spec.containers";
    return Stream.of(
        Arguments.of(
            "ADM-02",
            job("00test", W),
            "metadata.name: Invalid value: \"00test\": should match: a DNS-1035 label must consist"
                + " of lower case alphanumeric characters or '-', start with an alphabetic"
                + " character, and end with an alphanumeric character (e.g. 'my-name',  or"
                + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"),
        Arguments.of(
            "ADM-02 long",
            job("a".repeat(64), W),
            "metadata.name: Invalid value: \""
                + "a".repeat(64)
                + "\": should match: must be no more than 63 characters"),
        Arguments.of(
            "ADM-03",
            job("j", "tfReplicaSpecs: {Worker: {template: {spec: {containers: []}}}}"),
            "["
                + containers
                + ": Required value: must be specified, "
                + containers
                + ": Required value: must have at least one container with name tensorflow]"),
        Arguments.of(
            "ADM-04",
            job("j", W.replace(", image: i", ", image: ''")),
            containers + "[0].image: Required value: must be required"),
        Arguments.of(
            "ADM-05",
            job("j", W.replace("tensorflow", "main")),
            containers + ": Required value: must have at least one container with name tensorflow"),
        Arguments.of(
            "ADM-06",
            job("j", twoChiefs()),
            "spec.tfReplicaSpecs: Forbidden: must not have more than 1 Chief or Master role"),
        Arguments.of(
            "ADM-07",
            job("j", W + ", runPolicy: {managedBy: other-job-controller}"),
            "spec.runPolicy.managedBy: Unsupported value: \"other-job-controller\": supported"
                + " values: \"kueue.x-k8s.io/multikueue\", \"kubeflow.org/training-operator\""),
        Arguments.of(
            "ADM-10",
            yaml("{metadata: {name: j}}"),
            "spec.tfReplicaSpecs: Required value: must be required"),
        Arguments.of(
            "ADM-11",
            job("j", W + ", runPolicy: {managedBy: ''}"),
            "spec.runPolicy.managedBy: Unsupported value: \"\": supported values:"
                + " \"kueue.x-k8s.io/multikueue\", \"kubeflow.org/training-operator\""));
  }

  private static String twoChiefs() {
    String replica = "{template: {spec: {containers: [{name: tensorflow, image: i}]}}}";
    return "tfReplicaSpecs: {Chief: " + replica + ", Master: " + replica + "}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String id, JsonNode job, String words) {
    assertThat(TfJobValidation.refusal(TfJobValidation.admission(job, null)))
        .isEqualTo(DENIED + words);
  }

  @Test
  void everyViolationIsNamedInOneAnswer() {
    JsonNode job = job("0j", "runPolicy: {managedBy: x}, " + twoChiefs().replace(", image: i", ""));
    assertThat(TfJobValidation.admission(job, null).stream().map(f -> f.path().field()))
        .containsExactly(
            "metadata.name",
            "spec.runPolicy.managedBy",
            "spec.tfReplicaSpecs[Chief].template.spec.containers[0].image",
            "spec.tfReplicaSpecs[Master].template.spec.containers[0].image",
            "spec.tfReplicaSpecs");
  }

  static Stream<Arguments> changesOfManagedBy() {
    String us = W + ", runPolicy: {managedBy: kubeflow.org/training-operator}";
    String kueue = W + ", runPolicy: {managedBy: kueue.x-k8s.io/multikueue}";
    return Stream.of(
        Arguments.of(us, kueue, "Invalid value: \"kueue.x-k8s.io/multikueue\": field is immutable"),
        Arguments.of(us, W, "Invalid value: null: field is immutable"),
        Arguments.of(
            W, us, "Invalid value: \"kubeflow.org/training-operator\": field is immutable"));
  }

  @ParameterizedTest
  @MethodSource
  void changesOfManagedBy(String before, String now, String words) {
    assertThat(TfJobValidation.refusal(TfJobValidation.admission(job("j", now), job("j", before))))
        .isEqualTo(DENIED + "spec.runPolicy.managedBy: " + words);
  }

  @ParameterizedTest
  @MethodSource
  void accepted(String id, String spec) {
    assertThat(TfJobValidation.admission(job("j", spec), job("j", spec))).isEmpty();
  }

  static Stream<Arguments> accepted() {
    String replica = "{template: {spec: {containers: [{name: tensorflow, image: i}]}}}";
    return Stream.of(
        Arguments.of("ADM-01", W + ", runPolicy: {managedBy: kubeflow.org/training-operator}"),
        Arguments.of(
            "ADM-12",
            "tfReplicaSpecs: {Chief: "
                + replica.replace("{template", "{replicas: 2, template")
                + "}"),
        Arguments.of("ADM-13", "tfReplicaSpecs: {chief: " + replica + ", Master: " + replica + "}"),
        Arguments.of(
            "ADM-14", "runPolicy: {cleanPodPolicy: Maybe}, tfReplicaSpecs: {Foo: " + replica + "}"),
        Arguments.of("ADM-15", "tfReplicaSpecs: {}"),
        Arguments.of("negative", W + ", runPolicy: {backoffLimit: -1, activeDeadlineSeconds: -5}"));
  }
}
