package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations were read off kube-apiserver 1.35.4. */
final class DecodingTest {
  private static final TypeSchema POD = Schemas.builtIn().find("", "v1", "Pod").orElseThrow();
  private static final TypeSchema CONFIG_MAP =
      Schemas.builtIn().find("", "v1", "ConfigMap").orElseThrow();
  private static final TypeSchema LEASE =
      Schemas.builtIn().find("coordination.k8s.io", "v1", "Lease").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          "containers":"x" => string into Go struct field PodSpec.spec.containers of type []v1.Container
          "containers":[{"name":5}] => number into Go struct field Container.spec.containers.name of type string
          "containers":[{"name":"a","ports":"x"}] => string into Go struct field Container.spec.containers.ports of type []v1.ContainerPort
          "containers":[{"ports":[{"containerPort":"x"}]}] => string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32
          "activeDeadlineSeconds":1.5 => number 1.5 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
          "activeDeadlineSeconds":"1" => string into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
          "restartPolicy":5 => number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy
          "nodeSelector":{"a":1} => number into Go struct field PodSpec.spec.nodeSelector of type string
          "nodeSelector":[] => array into Go struct field PodSpec.spec.nodeSelector of type map[string]string
          "containers":[{"resources":{"limits":5}}] => number into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList
          "containers":[{"livenessProbe":{"exec":5}}] => number into Go struct field Probe.spec.containers.livenessProbe.ProbeHandler.exec of type v1.ExecAction
          "containers":[{"livenessProbe":{"httpGet":{"port":true}}}] => bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32
          "containers":[{"livenessProbe":{"httpGet":{"port":1.5}}}] => number 1.5 into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32
          "hostNetwork":"true" => string into Go struct field PodSpec.spec.hostNetwork of type bool
          "hostNetwork":1 => number into Go struct field PodSpec.spec.hostNetwork of type bool
          "activeDeadlineSeconds":99999999999999999999 => number 99999999999999999999 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
          "terminationGracePeriodSeconds":1e3 => number 1e3 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64
          "priority":3000000000 => number 3000000000 into Go struct field PodSpec.spec.priority of type int32
          "containers":[5] => number into Go struct field PodSpec.spec.containers of type v1.Container
          "containers":[{"command":"x"}] => string into Go struct field Container.spec.containers.command of type []string
          "containers":[{"command":[1]}] => number into Go struct field Container.spec.containers.command of type string
          "volumes":[{"name":"x","configMap":{"name":3,"items":{}}}] => number into Go struct field ConfigMapVolumeSource.spec.volumes.VolumeSource.configMap.LocalObjectReference.name of type string
          "hostNetwork":"true","restartPolicy":5 => string into Go struct field PodSpec.spec.hostNetwork of type bool
          """)
  void wrongTypesAreSaidInGoWords(String spec, String problem) {
    Decoding.Result result = Decoding.check(Trees.object("{'spec':{" + spec + "}}"), POD);

    assertThat(result.typeError()).contains("json: cannot unmarshal " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          "containers":[null] => ok
          "containers":null => ok
          "containers":[{"resources":{"limits":{"cpu":0.5,"memory":"1Gi"}}}] => ok
          "containers":[{"resources":{"limits":{"cpu":"."}}}] => ok
          "containers":[{"resources":{"limits":{"cpu":" 1"}}}] => ok
          "containers":[{"livenessProbe":{"httpGet":{"port":"http"}}}] => ok
          "containers":[{"resources":{"limits":{"cpu":"x"}}}] => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
          "containers":[{"resources":{"limits":{"cpu":true}}}] => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
          "volumes":[{"emptyDir":{"sizeLimit":"1Zi"}}] => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
          "volumes":[{"emptyDir":{"sizeLimit":"5e5e"}}] => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
          "volumes":[{"emptyDir":{"sizeLimit":"1ki"}}] => unable to parse quantity's suffix
          "volumes":[{"emptyDir":{"sizeLimit":"1mm"}}] => unable to parse quantity's suffix
          """)
  void quantitiesAndNullsAreReadAsTheServerReadsThem(String spec, String problem) {
    Decoding.Result result = Decoding.check(Trees.object("{'spec':{" + spec + "}}"), POD);

    assertThat(result.typeError().orElse("ok")).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          2020-01-01T00:00:00.5Z => ok
          2020-01-01T00:00:00+01:00 => ok
          x => parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"
          2020 => parsing time "2020" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "-"
          2020-13-01T00:00:00Z => parsing time "2020-13-01T00:00:00Z": month out of range
          2020-02-30T00:00:00Z => parsing time "2020-02-30T00:00:00Z": day out of range
          2020-01-01T00:00:00 => parsing time "2020-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"
          2020-01-01T00:00:00ZZ => parsing time "2020-01-01T00:00:00ZZ": extra text: "Z"
          2020-01-01T25:00:00Z => parsing time "2020-01-01T25:00:00Z": hour out of range
          2020-1-01 => parsing time "2020-1-01" as "2006-01-02T15:04:05Z07:00": cannot parse "1-01" as "01"
          """)
  void badTimesAreSaidInGoWords(String time, String problem) {
    Decoding.Result result =
        Decoding.check(
            Trees.object("{'metadata':{'creationTimestamp':'" + time + "'}}"), CONFIG_MAP);

    assertThat(result.typeError().orElse("ok")).isEqualTo(problem);
  }

  @Test
  void microTimesNeedTheirFraction() {
    Decoding.Result result =
        Decoding.check(Trees.object("{'spec':{'renewTime':'2020-01-01T00:00:00Z'}}"), LEASE);

    assertThat(result.typeError())
        .contains(
            "parsing time \"2020-01-01T00:00:00Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"Z\" as \".000000\"");
  }

  @ParameterizedTest
  @CsvSource({
    "A, 0",
    "ABC, 0",
    "ABC=D, 4",
    "A===, 1",
    "AB=, 3",
    "ABCD=, 4",
    "ABCDA, 4",
    "ABCDABC, 4",
    "***, 0"
  })
  void badBase64IsSaidWithItsPlace(String text, int place) {
    Decoding.Result result =
        Decoding.check(Trees.object("{'binaryData':{'a':'" + text + "'}}"), CONFIG_MAP);

    assertThat(result.typeError()).contains("illegal base64 data at input byte " + place);
  }

  @Test
  void unknownAndDuplicateFieldsComeInTheOrderOfTheDocument() {
    String body =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"x":"1","x":"2"}},
         "spec":{"zoo":1,"bar":2,"containers":[{"name":"c","image":"x","image":"y","zz":1},{"name":"d","aa":1}]},"abc":1}""";

    Decoding.Result result = Decoding.check(Bodies.json(bytes(body)), POD);

    assertThat(result.strictErrors())
        .containsExactly(
            "duplicate field \"metadata.labels.x\"",
            "unknown field \"spec.zoo\"",
            "unknown field \"spec.bar\"",
            "duplicate field \"spec.containers[0].image\"",
            "unknown field \"spec.containers[0].zz\"",
            "unknown field \"spec.containers[1].aa\"",
            "unknown field \"abc\"");
    assertThat(result.unknownFields()).contains("spec.zoo", "spec.containers[1].aa");
    assertThat(result.typeError()).isEmpty();
  }

  @Test
  void yamlIsReadWithGoScalarsAndNamesDuplicateKeys() {
    String body =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: a
          name: b
        mode: 0644
        flag: yes
        text: "yes"
        ratio: 1.5
        """;

    Bodies.Body read = Bodies.yaml(bytes(body));

    assertThat(read.warnings()).containsExactly("line 5: key \"name\" already set in map");
    assertThat(read.object())
        .isEqualTo(
            Trees.object(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'b'},'mode':420,'flag':true,'text':'yes','ratio':1.5}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          { => unexpected end of JSON input ({)
          {"a":} => invalid character '}' looking for beginning of value ({"a":})
          x => invalid character 'x' looking for beginning of value (78)
          a: b => invalid character 'a' looking for beginning of value (613a2062)
          {"kind":5} => json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})
          {"kind":"ConfigMap","apiVersion":"v1"} x => invalid character 'x' after top-level value ({"kind":"ConfigMap","apiVersio ...)
          [1] => json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b315d)
          `` => unexpected end of JSON input (<empty>)
          """)
  void unreadableBodiesAreExplained(String body, String problem) {
    assertThatThrownBy(() -> Bodies.json(bytes(body)))
        .isInstanceOf(BodyException.class)
        .hasMessage("couldn't get version/kind; json parse error: " + problem);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
