package dev.mlk.tfjob.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdviceTest {
  private static final String GOOD =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata: {name: mnist}
      spec:
        runPolicy: {cleanPodPolicy: Running}
        tfReplicaSpecs:
          Chief:
            replicas: 1
            restartPolicy: OnFailure
            template:
              spec:
                containers:
                - name: tensorflow
                  image: i
                  resources:
                    limits: {nvidia.com/gpu: 1, memory: 512Mi}
          Worker:
            replicas: 2
            restartPolicy: ExitCode
            template: {spec: {containers: [{name: tensorflow, image: i}]}}
      """;

  private static String old(String head, String rest) {
    return head + "\nmetadata: {name: j}\nspec:\n" + rest.indent(2);
  }

  @Test
  void aGoodManifestHasNoFindings() {
    assertThat(TfJobValidation.problems(AdmissionTest.yaml(GOOD))).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          replicas: 1 | replicas: 2 | /spec/tfReplicaSpecs/Chief/replicas | a job has one chief, not 2
          replicas: 2 | replicas: -2 | /spec/tfReplicaSpecs/Worker/replicas | -2 is too small
          replicas: 2 | replicas: 0 | /spec/tfReplicaSpecs/Worker/replicas | no pods at all are asked for
          replicas: 2 | replicas: '2' | /spec/tfReplicaSpecs/Worker/replicas | "2" is not a whole number
          Worker: | Wroker: | /spec/tfReplicaSpecs/Wroker | 'Wroker' is no replica type
          Worker: | worker: | /spec/tfReplicaSpecs/worker | 'worker' is written Worker
          Worker: | master: | /spec/tfReplicaSpecs | Chief and Master are two names of one role
          Worker: | Master: | /spec/tfReplicaSpecs | Chief and Master are two names of one role
          ExitCode | exitcode | /spec/tfReplicaSpecs/Worker/restartPolicy | 'exitcode' means nothing here
          ExitCode | Always | /spec/tfReplicaSpecs/Worker/restartPolicy | with Always a replica is started again even after success: the job never ends
          cleanPodPolicy: Running | cleanPodPolicy: Runing | /spec/runPolicy/cleanPodPolicy | 'Runing' means nothing here
          cleanPodPolicy: Running | backoffLimit: -1 | /spec/runPolicy/backoffLimit | -1 is too small
          cleanPodPolicy: Running | activeDeadlineSeconds: 0 | /spec/runPolicy/activeDeadlineSeconds | 0 is too small
          cleanPodPolicy: Running | ttlSecondsAfterFinish: 5 | /spec/runPolicy/ttlSecondsAfterFinish | there is no member 'ttlSecondsAfterFinish' here
          runPolicy: {cleanPodPolicy: Running} | cleanPodPolicy: All | /spec/cleanPodPolicy | cleanPodPolicy is in the wrong place
          runPolicy: {cleanPodPolicy: Running} | replicas: 3 | /spec/replicas | replicas is in the wrong place
          runPolicy: {cleanPodPolicy: Running} | successPolicy: AllWorker | /spec/successPolicy | 'AllWorker' means nothing here
          name: tensorflow | name: tensorflw | /spec/tfReplicaSpecs/Chief/template/spec/containers | no container is named tensorflow, only tensorflw
          nvidia.com/gpu: 1 | nvidia.com/gpu: 0.5 | /spec/tfReplicaSpecs/Chief/template/spec/containers/0/resources/limits/nvidia.com~1gpu | a pod gets whole devices of nvidia.com/gpu, not 0.5
          512Mi | 512MB | /spec/tfReplicaSpecs/Chief/template/spec/containers/0/resources/limits/memory | '512MB' is not an amount
          name: mnist | name: mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm | /metadata/name | the service mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm-worker-1 would have 69 characters
          name: mnist | name: My_Job | /metadata/name | 'My_Job' cannot be the name of a job
          """)
  void oneWrongThing(String right, String wrong, String pointer, String text) {
    assertThat(GOOD).contains(right);
    List<Finding> findings =
        TfJobValidation.problems(
            AdmissionTest.yaml(GOOD.replaceFirst(Pattern.quote(right), wrong)));
    assertThat(findings)
        .extracting(f -> f.path().pointer(), Finding::text)
        .contains(tuple(pointer, text));
    assertThat(findings).allSatisfy(f -> assertThat(f.expected() + f.suggestion()).isNotEmpty());
  }

  @Test
  void theNearestNameIsOffered() {
    assertThat(TfJobValidation.problems(AdmissionTest.yaml(GOOD.replace("Worker:", "Wroker:"))))
        .extracting(Finding::suggestion)
        .containsExactly("did you mean Worker?");
  }

  @Test
  void aManifestOf2017IsToldWhatToWriteToday() {
    String manifest =
        old(
            "apiVersion: tensorflow.org/v1alpha1\nkind: TfJob",
            """
            tfImage: tensorflow/tensorflow:1.4.0
            replicaSpecs:
            - {replicas: 1, tfReplicaType: MASTER}
            - {replicas: 2, tfReplicaType: WORKER}
            - {replicas: 1, tfReplicaType: PS}
            """);
    assertThat(TfJobValidation.problems(AdmissionTest.yaml(manifest)))
        .extracting(Finding::suggestion)
        .containsExactly(
            "write each entry under its type: tfReplicaSpecs with Chief, Worker, PS",
            "write the image into each container");
  }

  @Test
  void aJobOfParameterServersOnlyNeverEnds() {
    String manifest = GOOD.substring(0, GOOD.indexOf("    Worker:")).replace("Chief", "PS");
    assertThat(TfJobValidation.problems(AdmissionTest.yaml(manifest)))
        .extracting(Finding::text)
        .containsExactly("nobody trains: a job of PS alone never ends");
  }
}
